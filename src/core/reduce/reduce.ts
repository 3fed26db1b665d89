import { indexAt, linearise, qFrame, type AffineQ } from '../geometry/affine';
import type { QMap } from '../geometry/q';
import { identity, multiply, norm, transpose, type Mat3, type Vec3 } from '../math/vector';
import { centreOfMass, fillHoles, normaliseMaximum } from './centre';
import { resampleGrid } from './grid';
import { inspectPeak, type Peak, type Refusal } from './inspect';
import { binRegion, binsFor, resampleLinear, smoothToVoxel, type BinnedRegion } from './linear';
import { boxAbout, type Box, type Region } from './region';
import { crystalSize } from './size';
import type { FrameStatistics } from './statistics';
import { qOfVoxel, SIZE, type Cube, type Target } from './target';

/** Voxels per fringe aimed at, and the fewest that are made by interpolation: the range of the training sets. */
export const OVERSAMPLING = { target: 3.5, least: 2.5 } as const;
const SIZE_ROUNDS = 3;
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
  /** Counts in a box, masked pixels filled; `corrected` = by white field and monitor. */
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
    const settling = centred(target, sampler.linear);
    const measured = crystalSize(settling.cube.intensity, target.voxel);
    if (!measured) break;
    const stable = size !== undefined && Math.abs(measured / size - 1) < 0.03;
    size = measured;
    target = { ...settling.target, voxel: voxelFor(size, coarsest) };
    if (stable) break;
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
  linear(target: Target): Cube;
  region(target: Target): Region;
}

/** Resamples again and again while the target settles; cuts and bins the region anew only when it must. */
function createSampler(input: ReductionInput, affine: AffineQ, axes: Mat3): Sampler {
  const { frames, rows, cols } = input.statistics;
  let region: Region | undefined;
  let binned: BinnedRegion | undefined;
  let smoothed: BinnedRegion | undefined;
  let smoothedFor = 0;
  const perVoxel = multiply(affine.inverse, transpose(axes));

  const regionFor = (target: Target): Region => {
    const reach = perVoxel.map(
      (row, axis) =>
        HALF * target.voxel * (Math.abs(row[0]) + Math.abs(row[1]) + Math.abs(row[2])) +
        2 * binsFor(affine, target.voxel)[axis]!,
    ) as unknown as Vec3;
    const centre = indexAt(affine, target.centre);
    const needed = boxAbout(centre, reach, [frames, rows, cols]);
    if (!region || !contains(region.box, needed)) {
      // Some room to move, so that centring does not cut again each time.
      const roomy = reach.map((r) => r * 1.1 + 2) as unknown as Vec3;
      region = input.cut(boxAbout(centre, roomy, [frames, rows, cols]), true);
      binned = undefined;
    }
    return region;
  };

  return {
    region: regionFor,
    linear(target) {
      const current = regionFor(target);
      const bins = binsFor(affine, target.voxel);
      if (!binned?.bins.every((b, axis) => b === bins[axis])) {
        binned = binRegion(current, bins);
        smoothed = undefined;
      }
      if (!smoothed || smoothedFor !== target.voxel) {
        smoothed = smoothToVoxel(binned, affine, target.voxel);
        smoothedFor = target.voxel;
      }
      return resampleLinear(smoothed, affine, target);
    },
  };
}

const contains = (outer: Box, inner: Box): boolean =>
  (['frames', 'rows', 'cols'] as const).every((k) => outer[k][0] <= inner[k][0] && outer[k][1] >= inner[k][1]);

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
