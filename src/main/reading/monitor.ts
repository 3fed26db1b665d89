import { median } from '@core/math/median';

/** What the monitor says of each frame. */
export interface Monitored {
  /** Factors that bring every frame to the scan's mean monitor counts; absent where the monitor cannot be relied on. */
  readonly scale?: Float64Array;
  /** Frames during which the beam was gone. */
  readonly lost: readonly number[];
  /** Frames whose own entry is no count: they are not normalised. */
  readonly unread: readonly number[];
  /** Why it was not used, where there is one. */
  readonly unreliable?: string;
}

/** Beyond this ratio among the frames with beam the monitor is broken, and dividing by it would do harm. */
const PLAUSIBLE_RATIO = 20;
/** Less than this part of the usual counts: the beam was gone, or the monitor did not count. */
const GONE = 0.05;
/** A monitor must have counted in so many of the frames. */
const MOST = 0.7;

/** A single count that is off from both beside it by more than this ratio, where the frame's own counts are not, was read wrongly. */
const STRAY = 3;

/** Whether frame k of those listed has a count of the monitor that neither its neighbours have nor its own counts follow. */
function isStray(frames: readonly number[], k: number, counts: ArrayLike<number>, sums: ArrayLike<number>): boolean {
  const [before, own, behind] = [frames[k - 1], frames[k]!, frames[k + 1]];
  if (before === undefined || behind === undefined) return false;
  // On a flank the counts beside differ: their mean by logarithm lies on it.
  const off = (of: ArrayLike<number>): number =>
    Math.log((of[own]! + 1) / Math.sqrt((of[before]! + 1) * (of[behind]! + 1)));
  const steps = [before, behind].map((f) => Math.log(counts[own]! / counts[f]!));
  const alone = steps.every((step) => Math.sign(step) === Math.sign(steps[0]!) && Math.abs(step) > Math.log(STRAY));
  return alone && off(sums) / off(counts) < 0.5;
}

/**
 * Reads the monitor frame by frame. An entry that is zero or no number tells nothing by itself: the frame is lost if it
 * is dark too, and not normalised otherwise.
 * @param sums counts of each frame
 * @param points that the scan has; one of more counts, as a counter that is read faster has, belongs to other points
 */
export function readMonitor(
  counts: ArrayLike<number> | undefined,
  sums: ArrayLike<number>,
  points = sums.length,
): Monitored {
  const frames = sums.length;
  const nothing = { lost: [], unread: [] };
  if (!counts) return nothing;
  if (counts.length < frames || counts.length > Math.max(points, frames))
    return { ...nothing, unreliable: `${counts.length} counts for ${frames} frames` };
  const all = Array.from({ length: frames }, (_, f) => f);
  const usual = median(all.map((f) => counts[f]!).filter((value) => value > 0 && Number.isFinite(value)));
  const counted = all.filter((f) => Number.isFinite(counts[f]) && counts[f]! >= GONE * usual && counts[f]! > 0);
  const good = counted.filter((_, k) => !isStray(counted, k, counts, sums));
  if (good.length < MOST * frames || good.length === 0)
    return { ...nothing, unreliable: `it counted in ${good.length} of ${frames} frames` };
  const values = good.map((f) => counts[f]!);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high / low < PLAUSIBLE_RATIO)) return { ...nothing, unreliable: `from ${low} to ${high} counts` };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scale = Float64Array.from(all, () => 1);
  for (const f of good) scale[f] = mean / counts[f]!;
  const rest = all.filter((f) => !good.includes(f));
  const dark = (f: number): boolean => {
    const around = good.toSorted((a, b) => Math.abs(a - f) - Math.abs(b - f)).slice(0, 4);
    return sums[f]! <= 0.3 * median(around.map((g) => sums[g]!));
  };
  const lost = rest.filter(dark);
  return { scale, lost, unread: rest.filter((f) => !lost.includes(f)) };
}
