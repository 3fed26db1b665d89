import { indexAt, linearise, qFrame, type AffineQ } from '../geometry/affine';
import type { QMap } from '../geometry/q';
import { apply, identity, multiply, norm, subtract, transpose, type Mat3, type Vec3 } from '../math/vector';
import { centreOfMass, fillHoles, normaliseMaximum } from './centre';
import { resampleGrid } from './grid';
import { inspectPeak, type Peak, type Refusal } from './inspect';
import { binRegion, binsFor, columnsInside, resampleLinear, smoothToVoxel, type BinnedRegion } from './linear';
import { boxAbout, type Box, type Region } from './region';
import { crystalSize } from './size';
import type { FrameStatistics } from './statistics';
import { qOfVoxel, SIZE, type Cube, type Target } from './target';

/** Voxels per fringe aimed at, and the fewest that are made by interpolation: the range of the training sets. */
export const OVERSAMPLING = { target: 3.5, least: 2.5 } as const;
const SIZE_ROUNDS = 3;
/** A voxel this much larger than the one the size was measured with shows the autocorrelation in finer steps: worth another look. */
const FINE_ENOUGH = 1.6;
/** Room left around the region that is binned, so that centring does not bin it again. */
const ROOM = 1.08;
/** Voxels beyond the volume's faces that interpolation and smoothing look at. */
const EDGE = 3;
const CENTRE_ROUNDS = 8;
/** The centre of mass ends up this close to the centre, voxels. */
const CENTRED = 0.02;
const HALF = SIZE / 2;

export interface ReductionInput {
  readonly statistics: FrameStatistics;
  /** rows x cols, 0 = the pixel counts. */
  readonly mask: Uint8Array;
  readonly map: QMap;
  readonly saturation: number;
  /** A view of the counts in a box, masked pixels filled; `corrected` = by white field and monitor. */
  cut(box: Box, corrected: boolean): Region;
}

export interface ReductionOptions {
  readonly method: 'linear' | 'grid';
  readonly frame: 'q' | 'sample';
}

export interface ReducedScan extends Cube {
  readonly target: Target;
  readonly peak: Peak;
  /** |Q| at the brightest pixel, 1/angstrom. */
  readonly q: number;
  /** D = V^(1/3) from the autocorrelation, angstrom. */
  readonly sizeAngstrom: number;
  /** 2 pi / (D voxel). */
  readonly oversampling: number;
  /** 2 pi / (D step) of the coarsest step of the scan: frames, rows or columns. */
  readonly measuredOversampling: number;
  /** Share of the voxels that lie outside the measured region. */
  readonly outside: number;
}

/**
 * From the counts about a Bragg peak to the volume that the network sees (paper, 'Validation on experimental data';
 * DESIGN section 4, steps 2 to 5): resampled onto cubic voxels in the Q frame, the voxel such that the crystal's
 * fringes are sampled as in training, centre of mass at index (32, 32, 32), maximum 1.
 */
export function reduceScan(input: ReductionInput, options: ReductionOptions): ReducedScan | Refusal {
  const { statistics, map } = input;
  const peak = inspectPeak(statistics, input.mask, (box) => input.cut(box, false), input.saturation);
  if ('refused' in peak) return peak;
  const { frame, row, col } = peak.brightest;
  const affine = linearise(map, [frame, row, col]);
  if (!affine)
    return { refused: 'not-a-rocking-curve', detail: 'the scanned motor does not turn the crystal through Q' };

  const axes = options.frame === 'q' ? qFrame(affine.q) : identity;
  const sampler = createSampler(input, affine, axes);
  const coarsest = Math.max(...affine.steps);
  let target: Target = { centre: affine.q, frame: axes, voxel: coarsest };
  let size: number | undefined;
  for (let round = 0; round < SIZE_ROUNDS; round++) {
    const { intensity } = sampler.sharp(target);
    const measured = crystalSize(intensity, target.voxel);
    if (!measured) break;
    size = measured;
    const voxel = voxelFor(size, coarsest);
    const zoom = voxel / target.voxel;
    target = { ...target, voxel, centre: qOfVoxel(target, centreOfMass(intensity)) };
    if (zoom < FINE_ENOUGH) break;
  }
  if (!size) return { refused: 'peak-absent', detail: 'no fringes stand out of the noise' };

  const sample =
    options.method === 'grid' ? (t: Target): Cube => resampleGrid(sampler.region(t), map, t) : sampler.linear;
  const { target: settled, cube } = centred(target, sample);
  if (options.method === 'grid') fillHoles(cube.intensity, cube.mask);
  return {
    intensity: normaliseMaximum(cube.intensity),
    mask: cube.mask,
    target: settled,
    peak,
    q: norm(affine.q),
    sizeAngstrom: size,
    oversampling: (2 * Math.PI) / (size * settled.voxel),
    measuredOversampling: (2 * Math.PI) / (size * coarsest),
    outside: shareOutside(settled, affine, statistics),
  };
}

/** Never finer than the scan itself, unless that would leave fewer voxels per fringe than any training set has. */
function voxelFor(size: number, coarsestStep: number): number {
  const measured = (2 * Math.PI) / (size * coarsestStep);
  const oversampling = Math.min(OVERSAMPLING.target, Math.max(OVERSAMPLING.least, measured));
  return (2 * Math.PI) / (size * oversampling);
}

/** Moves the target until the centre of mass lies at its centre. */
function centred(start: Target, sample: (target: Target) => Cube): { target: Target; cube: Cube } {
  let target = start;
  let cube = sample(target);
  for (let round = 0; round < CENTRE_ROUNDS; round++) {
    const centre = centreOfMass(cube.intensity);
    const off = Math.max(...centre.map((c) => Math.abs(c - HALF)));
    if (off < CENTRED) break;
    target = { ...target, centre: qOfVoxel(target, centre) };
    cube = sample(target);
  }
  return { target, cube };
}

interface Sampler {
  /** Fast and unblurred, for the crystal's size. */
  sharp(target: Target): Cube;
  linear(target: Target): Cube;
  region(target: Target): Region;
}

/** Resamples again and again while the target settles; bins the counts anew only when it must. */
function createSampler(input: ReductionInput, affine: AffineQ, axes: Mat3): Sampler {
  const { frames, rows, cols } = input.statistics;
  const perVoxel = multiply(affine.inverse, transpose(axes));
  let binned: { counts: BinnedRegion; target: Target } | undefined;

  /** Pixels from the target's centre to its faces, or with `corners` to its corners. */
  const boxOf = (target: Target, corners: boolean, room = 1): Box => {
    const bins = binsFor(affine, target.voxel);
    const reach = perVoxel.map((row, axis) => {
      const sizes = row.map(Math.abs);
      const far = corners ? sizes.reduce((sum, v) => sum + v, 0) : Math.hypot(...sizes);
      return HALF * target.voxel * far * room + 2 * bins[axis]!;
    }) as unknown as Vec3;
    return boxAbout(indexAt(affine, target.centre), reach, [frames, rows, cols]);
  };

  return {
    region: (target) => input.cut(boxOf(target, true), true),
    sharp(target) {
      const region = input.cut(boxOf(target, false), true);
      const inside = columnsInside(affine, target, HALF + EDGE);
      return resampleLinear(binRegion(region, binsFor(affine, target.voxel), inside), affine, target);
    },
    linear(target) {
      if (!binned || !coversCube(binned.target, target)) {
        // Some room, so that centring does not bin again each time.
        const box = boxOf(target, true, ROOM);
        const inside = columnsInside(affine, target, HALF * ROOM + EDGE);
        const whole = binRegion(input.cut(box, true), binsFor(affine, target.voxel), inside);
        binned = { counts: smoothToVoxel(whole, affine, target.voxel), target };
      }
      return resampleLinear(binned.counts, affine, target);
    },
  };
}

/** Whether what was binned for one target holds another's cube: the same voxel, and moved by less than the room left. */
const coversCube = (binned: Target, target: Target): boolean =>
  binned.voxel === target.voxel &&
  apply(target.frame, subtract(target.centre, binned.centre)).every(
    (d) => Math.abs(d) <= HALF * (ROOM - 1) * target.voxel,
  );

/** Share of a coarse sample of the voxels whose pixels lie outside the scan. */
function shareOutside(target: Target, affine: AffineQ, { frames, rows, cols }: FrameStatistics): number {
  let outside = 0;
  let all = 0;
  for (let i = 2; i < SIZE; i += 4) {
    for (let j = 2; j < SIZE; j += 4) {
      for (let k = 2; k < SIZE; k += 4) {
        const index = indexAt(affine, qOfVoxel(target, [i, j, k]));
        all++;
        if (index.some((v, axis) => v < 0 || v > [frames, rows, cols][axis]! - 1)) outside++;
      }
    }
  }
  return outside / all;
}
