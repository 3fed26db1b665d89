import { median } from '../math/median';
import type { ReductionInput, Rocking } from './input';
import type { Peak } from './inspect';
import type { Region } from './region';
import { evenedBy, findSteps, type ExposureStep } from './steps';

/** A scan whose frames were exposed differently without a record, and what shows of it. */
export interface EvenExposure {
  /** Its counts brought to one exposure. */
  readonly input: ReductionInput;
  readonly steps: readonly ExposureStep[];
}

/** Frames with less than this part of the usual counts beside the peak had no beam. */
const LOST = 0.05;

/** Frames that count, by their angles. */
export function byAngle(
  frames: number,
  { positions, unmeasured }: Pick<Rocking, 'positions' | 'unmeasured'>,
): number[] {
  return Array.from({ length: frames }, (_, f) => f)
    .filter((f) => !unmeasured.has(f))
    .sort((a, b) => (positions[a] ?? a) - (positions[b] ?? b));
}

/**
 * Brings a scan to one exposure where its counts alone tell how its frames differ: before the pedestal is taken off, since what looks like
 * one may be a background that is weakened with the beam.
 * @returns undefined where they do not tell plainly
 */
export function evenExposure(input: ReductionInput, peak: Peak): EvenExposure | undefined {
  const { rocking, statistics } = input;
  if (!rocking?.beam) return undefined;
  const { whole, pedestal } = rocking.beam;
  const scaled = (counts: readonly number[]): number[] => counts.map((each, f) => each * (rocking.scale?.[f] ?? 1));
  const [curve, sums] = [scaled(peak.whole), scaled(whole)];
  const measured = byAngle(statistics.frames, rocking);
  const beside = (f: number): number => sums[f]! - curve[f]!;
  const usual = median(measured.map(beside));
  const order = measured.filter((f) => beside(f) > LOST * usual);
  const steps = findSteps(curve, sums, order, rocking.noise);
  const factors = evenedBy(steps, order, statistics.frames);
  if (!factors) return undefined;
  const times = (own: ArrayLike<number> | undefined): Float64Array =>
    factors.map((factor, f) => factor * (own?.[f] ?? 1));
  // The pedestal is the mean of a background that the frames have parts of.
  const parts = order.reduce((sum, f) => sum + 1 / factors[f]!, 0) / order.length;
  const offsets = (offset: number): Float64Array => factors.map((factor) => offset / parts / factor);
  const exposure = times(rocking.exposure);
  const own = offsets(pedestal);
  return {
    steps,
    input: {
      ...input,
      offsets: offsets(input.pedestal ?? 0),
      cut: (box, corrected) => (corrected ? brought(input.cut(box, true), times, offsets) : input.cut(box, false)),
      rocking: {
        ...rocking,
        sums: whole.map((counts, f) => Math.max(0, counts - own[f]!) * exposure[f]!),
        exposure,
        scale: times(rocking.scale),
      },
    },
  };
}

/** A view of the same counts, each frame multiplied with its own factor. */
function brought(
  region: Region,
  times: (own: ArrayLike<number> | undefined) => Float64Array,
  offsets: (offset: number) => Float64Array,
): Region {
  const { frames, offset = 0, ...rest } = region.correction;
  const offsetOf = typeof offset === 'number' ? offsets(offset) : offset;
  return { ...region, correction: { ...rest, frames: times(frames), offset: offsetOf } };
}
