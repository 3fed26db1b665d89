import { indexAt, linearise, qFrame, type AffineQ } from '../geometry/affine';
import type { QMap } from '../geometry/q';
import { identity, norm, type Vec3 } from '../math/vector';
import { centreOfMass, fillHoles, normaliseMaximum } from './centre';
import { evenCut } from './even';
import { resampleGrid, type GridPart } from './grid';
import { inspectPeak, type Peak, type Refusal } from './inspect';
import type { Box, Region } from './region';
import { indexOnAxis, isEven, rockingAxis, type RockingAxis } from './rocking';
import { createSampler } from './sampler';
import { crystalSize } from './size';
import { findDark } from './worth';
import type { FrameStatistics } from './statistics';
import { qOfVoxel, SIZE, type Cube, type Target } from './target';

/** Voxels per fringe aimed at, and the fewest that are made by interpolation: the range of the training sets. */
export const OVERSAMPLING = { target: 3.5, least: 2.5 } as const;
const SIZE_ROUNDS = 3;
/** A voxel this much larger than the one the size was measured with shows the autocorrelation in finer steps: worth another look. */
const FINE_ENOUGH = 1.6;
const CENTRE_ROUNDS = 8;
/** The centre of mass ends up this close to the centre, voxels. */
const CENTRED = 0.02;
const HALF = SIZE / 2;
/** More than this part of a pattern cannot be filled so that any network could judge it. */
const MOST_HIDDEN = 0.6;
/** What is fainter than this part of the maximum, or than a few counts, tells nothing and hides nothing. */
const FAINT = 1e-4;
const FAINT_COUNTS = 4;

export interface ReductionInput {
  readonly statistics: FrameStatistics;
  /** rows x cols, 0 = the pixel counts. */
  readonly mask: Uint8Array;
  readonly map: QMap;
  /** Where each frame was taken; left out, all frames count and their steps are even. */
  readonly rocking?: Rocking;
  readonly saturation: number;
  /** A view of the counts in a box, masked pixels filled; `corrected` = by white field and monitor. */
  cut(box: Box, corrected: boolean): Region;
}

/** The rocking motor's recorded positions, and which frames are worth nothing. */
export interface Rocking {
  /** One per frame; not a number where it is not known. */
  readonly positions: ArrayLike<number>;
  readonly unmeasured: ReadonlySet<number>;
  /** Counts of each frame, without those of hot pixels: a dark frame shows in them. */
  readonly sums: readonly number[];
  /** Q of the frames of an even axis. */
  readonly mapOn: (axis: RockingAxis) => QMap;
}

export interface ReductionOptions {
  readonly method: 'linear' | 'grid';
  readonly frame: 'q' | 'sample';
  /** Also the counts as they were measured, for phase retrieval. */
  readonly unblurred?: boolean;
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
  /** The even axis that the frames were brought to; left out where they were even. */
  readonly axis?: RockingAxis;
  /** Frames among bright ones that were not exposed. */
  readonly dark: readonly number[];
  /** Part of the pattern (of its amplitudes) that was not measured and is filled. */
  readonly hidden: number;
  /** Where asked for: the same voxels, counts averaged over whole pixels only; its mask says what was measured. */
  readonly unblurred?: Cube;
}

/**
 * From the counts about a Bragg peak to the volume that the network sees (paper, 'Validation on experimental data';
 * DESIGN section 4, steps 2 to 5): resampled onto cubic voxels in the Q frame, the voxel such that the crystal's
 * fringes are sampled as in training, centre of mass at index (32, 32, 32), maximum 1.
 */
export function reduceScan(input: ReductionInput, options: ReductionOptions): ReducedScan | Refusal {
  const { statistics } = input;
  const peak = inspectPeak(
    statistics,
    input.mask,
    (box) => input.cut(box, false),
    input.saturation,
    input.rocking?.unmeasured,
  );
  if ('refused' in peak) return peak;
  const scan = alongRocking(input, peak);
  if ('refused' in scan) return scan;
  const affine = linearise(scan.map, [scan.frame, peak.brightest.row, peak.brightest.col]);
  if (!affine)
    return { refused: 'not-a-rocking-curve', detail: 'the scanned motor does not turn the crystal through Q' };

  const axes = options.frame === 'q' ? qFrame(affine.q) : identity;
  const sampler = createSampler(scan, affine, axes);
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
    options.method === 'grid'
      ? (t: Target): Cube => resampleGrid(gridParts(input, scan, sampler.box(t)), t)
      : sampler.linear;
  const { target: settled, cube } = centred(target, sample);
  if (options.method === 'grid') fillHoles(cube.intensity, cube.mask);
  const hidden = hiddenShare(cube, peak.brightest.counts);
  if (hidden > MOST_HIDDEN)
    return { refused: 'peak-hidden', detail: `${(100 * hidden).toFixed(0)} % of the pattern was not measured` };
  return {
    intensity: normaliseMaximum(cube.intensity),
    mask: cube.mask,
    target: settled,
    peak,
    q: norm(affine.q),
    sizeAngstrom: size,
    oversampling: (2 * Math.PI) / (size * settled.voxel),
    measuredOversampling: (2 * Math.PI) / (size * coarsest),
    outside: shareOutside(settled, affine, scan.shape),
    ...(scan.axis && { axis: scan.axis }),
    dark: scan.dark,
    hidden,
    ...(options.unblurred && { unblurred: sampler.counts(settled) }),
  };
}

/** A scan whose frames are evenly spaced: its own, or those made of them. */
interface EvenScan {
  readonly shape: Vec3;
  readonly map: QMap;
  /** The peak's frame. */
  readonly frame: number;
  readonly axis?: RockingAxis;
  readonly dark: readonly number[];
  cut(box: Box): Region;
}

function alongRocking({ statistics, map, rocking, cut }: ReductionInput, peak: Peak): EvenScan | Refusal {
  const { frames, rows, cols } = statistics;
  const { frame } = peak.brightest;
  const corrected = (box: Box): Region => cut(box, true);
  const { positions, sums } = rocking ?? { positions: [], sums: [] };
  const order = Array.from({ length: frames }, (_, f) => f)
    .filter((f) => !rocking?.unmeasured.has(f))
    .sort((a, b) => (positions[a] ?? a) - (positions[b] ?? b));
  const dark = rocking ? findDark({ curve: peak.curve, sums, order }) : [];
  const unmeasured = new Set([...(rocking?.unmeasured ?? []), ...dark]);
  if (!rocking || isEven(positions, unmeasured)) {
    return { shape: [frames, rows, cols], map, frame, dark, cut: corrected };
  }
  const axis = rockingAxis(positions, unmeasured, frame);
  if (!axis) return { refused: 'not-a-rocking-curve', detail: 'fewer than four angles were measured' };
  return {
    shape: [axis.frames.length, rows, cols],
    map: rocking.mapOn(axis),
    frame: indexOnAxis(axis, positions[frame]!),
    axis,
    dark,
    cut: evenCut(axis, corrected),
  };
}

/** The frames as they were taken, and what bridges those that are missing. */
function gridParts({ statistics, map, rocking, cut }: ReductionInput, scan: EvenScan, box: Box): GridPart[] {
  const { axis } = scan;
  if (!axis || !rocking) return [{ region: scan.cut(box), map }];
  const [first, last] = box.frames;
  const own = Array.from({ length: statistics.frames }, (_, f) => f).filter((f) => {
    const at = indexOnAxis(axis, rocking.positions[f]!);
    return !rocking.unmeasured.has(f) && !scan.dark.includes(f) && at >= first - 1 && at <= last;
  });
  const from = Math.min(...own);
  const region = cut({ ...box, frames: [from, Math.max(...own) + 1] }, true);
  const holes = [...axis.bridged.keys()].filter((e) => axis.bridged[e] === 1 && e >= first && e < last);
  return [
    { region, map, frames: own.map((f) => f - from) },
    ...(holes.length > 0 ? [{ region: scan.cut(box), map: scan.map, frames: holes.map((e) => e - first) }] : []),
  ];
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

/** Which part of the amplitudes above the noise lies in voxels that were filled; the network looks at amplitudes. */
function hiddenShare({ intensity, mask }: Cube, counts: number): number {
  const brightest = intensity.reduce((most, value) => Math.max(most, value), 0);
  const noise = Math.sqrt(brightest * Math.max(FAINT, FAINT_COUNTS / counts));
  let hidden = 0;
  let all = 0;
  for (let i = 0; i < intensity.length; i++) {
    const amplitude = Math.max(0, Math.sqrt(intensity[i]!) - noise);
    all += amplitude;
    if (mask[i] === 1) hidden += amplitude;
  }
  return all > 0 ? hidden / all : 0;
}

/** Share of a coarse sample of the voxels whose pixels lie outside the scan. */
function shareOutside(target: Target, affine: AffineQ, shape: Vec3): number {
  let outside = 0;
  let all = 0;
  for (let i = 2; i < SIZE; i += 4) {
    for (let j = 2; j < SIZE; j += 4) {
      for (let k = 2; k < SIZE; k += 4) {
        const index = indexAt(affine, qOfVoxel(target, [i, j, k]));
        all++;
        if (index.some((v, axis) => v < 0 || v > shape[axis]! - 1)) outside++;
      }
    }
  }
  return outside / all;
}
