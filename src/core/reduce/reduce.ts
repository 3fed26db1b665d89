import { linearise, qFrame } from '../geometry/affine';
import type { QMap } from '../geometry/q';
import { identity, norm, type Vec3 } from '../math/vector';
import { fillHoles, normaliseMaximum } from './centre';
import { detectorCut, type DetectorCut } from './detector-cut';
import { evenCut } from './even';
import { byAngle, evenExposure } from './even-exposure';
import { resampleGrid, type GridPart } from './grid';
import type { ReductionInput } from './input';
import { inspectPeak, type Peak, type Refusal } from './inspect';
import type { Box, Region } from './region';
import { indexOnAxis, isEven, rockingAxis, type RockingAxis } from './rocking';
import { createSampler } from './sampler';
import { findSteps, type ExposureStep } from './steps';
import { centred, hiddenShare, settleVoxel, shareOutside } from './settle';
import { findDark, findEmpty, findWeak } from './worth';
import type { Cube, Target } from './target';

/** More than this part of a pattern cannot be filled so that any network could judge it: measured, the class is by chance from 40 % on (docs/as-it-comes.md). */
export const MOST_HIDDEN = 0.6;

export interface ReductionOptions {
  readonly method: 'linear' | 'grid';
  readonly frame: 'q' | 'sample';
  /** Also the counts as they were measured, in a cube about the same middle of so many of its voxels along each edge, for phase retrieval. */
  readonly unblurred?: number;
  /** Also what the detector counted about the peak, frame by frame, for programs that retrieve phases there. */
  readonly detector?: boolean;
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
  /** Frames that were not exposed. */
  readonly dark: readonly number[];
  /** Steps of the exposure that nothing recorded, and whether the counts were brought to one exposure by them. */
  readonly steps: readonly ExposureStep[];
  readonly isEvened: boolean;
  /** Part of the pattern (of its amplitudes) that was not measured and is filled. */
  readonly hidden: number;
  /** Where asked for: the same voxels, counts averaged over whole pixels only; its mask says what was measured. */
  readonly unblurred?: Cube;
  /** Where asked for: the counts themselves, on evenly spaced frames. */
  readonly detector?: DetectorCut;
}

/**
 * From the counts about a Bragg peak to the volume that the network sees (paper, 'Validation on experimental data';
 * DESIGN section 4, steps 2 to 5): resampled onto cubic voxels in the Q frame, the voxel such that the crystal's
 * fringes are sampled as in training, centre of mass at index (32, 32, 32), maximum 1.
 */
export function reduceScan(given: ReductionInput, options: ReductionOptions): ReducedScan | Refusal {
  const first = inspected(given);
  if ('refused' in first) return first;
  const exposed = evenExposure(given, first.peak);
  const brought = exposed ? inspected(exposed.input) : first;
  if ('refused' in brought) return brought;
  const { input, empty, peak } = brought;
  const scan = alongRocking(input, peak);
  if ('refused' in scan) return scan;
  const affine = linearise(scan.map, [scan.frame, peak.brightest.row, peak.brightest.col]);
  if (!affine)
    return { refused: 'not-a-rocking-curve', detail: 'the scanned motor does not turn the crystal through Q' };

  const axes = options.frame === 'q' ? qFrame(affine.q) : identity;
  const sampler = createSampler(scan, affine, axes);
  const settling = settleVoxel(sampler, affine, axes);
  if (!settling) return { refused: 'peak-absent', detail: 'no fringes stand out of the noise' };
  const { size } = settling;

  const sample =
    options.method === 'grid'
      ? (t: Target): Cube => resampleGrid(gridParts(input, scan, sampler.box(t)), t)
      : sampler.linear;
  const { target: settled, cube } = centred(settling.target, sample);
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
    measuredOversampling: (2 * Math.PI) / (size * Math.max(...affine.steps)),
    outside: shareOutside(settled, affine, scan.shape),
    ...(scan.axis && { axis: scan.axis }),
    dark: [...empty, ...scan.dark].sort((a, b) => a - b),
    steps: exposed && scan.steps.length === 0 ? exposed.steps : scan.steps,
    isEvened: exposed !== undefined && scan.steps.length === 0,
    hidden,
    ...(options.unblurred && { unblurred: sampler.counts({ ...settled, size: options.unblurred }) }),
    ...(options.detector && {
      detector: detectorCut(scan.shape, sampler.box(settled), asCounted(input, scan), affine, settled),
    }),
  };
}

/** The scan without frames that no beam fell upon, and its peak. */
function inspected(
  given: ReductionInput,
): { readonly input: ReductionInput; readonly empty: readonly number[]; readonly peak: Peak } | Refusal {
  const { input, empty } = withoutEmpty(given);
  const peak = inspectPeak(
    given.statistics,
    input.mask,
    (box) => input.cut(box, false),
    input.saturation,
    input.rocking?.unmeasured,
    input.rocking?.positions,
    input.pedestal,
  );
  return 'refused' in peak ? peak : { input, empty, peak };
}

/** The same scan; frames that no beam fell upon count as not measured, so that the peak is not looked for beside them. */
function withoutEmpty(input: ReductionInput): { readonly input: ReductionInput; readonly empty: readonly number[] } {
  const { rocking } = input;
  if (!rocking) return { input, empty: [] };
  const order = Array.from({ length: input.statistics.frames }, (_, f) => f).filter((f) => !rocking.unmeasured.has(f));
  const empty = findEmpty(rocking.sums, order, rocking.noise);
  if (empty.length === 0) return { input, empty };
  return {
    input: { ...input, rocking: { ...rocking, unmeasured: new Set([...rocking.unmeasured, ...empty]) } },
    empty,
  };
}

/** Counts as they were, where the frames are those of the scan; those made of them are corrected by the monitor. */
const asCounted = (input: ReductionInput, { axis, cut }: EvenScan): ((box: Box) => Region) =>
  axis ? cut : (box) => input.cut(box, false);

/** A scan whose frames are evenly spaced: its own, or those made of them. */
interface EvenScan {
  readonly shape: Vec3;
  readonly map: QMap;
  /** The peak's frame. */
  readonly frame: number;
  readonly axis?: RockingAxis;
  readonly dark: readonly number[];
  readonly steps: readonly ExposureStep[];
  cut(box: Box): Region;
  readonly atOnce?: number | undefined;
}

function alongRocking(
  { statistics, map, rocking, cut, atOnce, offsets }: ReductionInput,
  peak: Peak,
): EvenScan | Refusal {
  const { frames, rows, cols } = statistics;
  const { frame } = peak.brightest;
  const corrected = (box: Box): Region => cut(box, true);
  const { positions, sums } = rocking ?? { positions: [], sums: [] };
  const order = byAngle(frames, rocking ?? { positions: [], unmeasured: new Set() });
  const counted = offsets ? peak.whole.map((all, f) => Math.max(0, all - peak.pixels * offsets[f]!)) : peak.curve;
  const curve = counted.map((counts, f) => counts * (rocking?.exposure?.[f] ?? 1));
  const noise = rocking?.noise ?? 0;
  const black = rocking ? findDark({ curve, sums, order, noise }) : [];
  const beam = (counts: readonly number[]): number[] =>
    counts.map((each, f) => (each * (rocking?.scale?.[f] ?? 1)) / (rocking?.exposure?.[f] ?? 1));
  const seen = order.filter((f) => !black.includes(f));
  const weakBy = (near: readonly number[], whole: readonly number[]): number[] =>
    rocking ? findWeak({ curve: near, sums: whole, order: seen, noise }) : [];
  // What the monitor explains is not weak, nor what a broken monitor makes so.
  const byMonitor = weakBy(beam(curve), beam(sums));
  const dark = [...black, ...weakBy(curve, sums).filter((f) => byMonitor.includes(f))];
  const lit = order.filter((f) => !dark.includes(f));
  const steps = rocking ? findSteps(beam(curve), beam(sums), lit, noise) : [];
  const unmeasured = new Set([...(rocking?.unmeasured ?? []), ...dark]);
  if (!rocking || isEven(positions, unmeasured)) {
    return { shape: [frames, rows, cols], map, frame, dark, steps, cut: corrected, atOnce };
  }
  const axis = rockingAxis(positions, unmeasured, frame);
  if (!axis) return { refused: 'not-a-rocking-curve', detail: 'fewer than four angles were measured' };
  return {
    shape: [axis.frames.length, rows, cols],
    map: rocking.mapOn(axis),
    frame: indexOnAxis(axis, positions[frame]!),
    axis,
    dark,
    steps,
    ...{ cut: evenCut(axis, corrected), atOnce },
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
