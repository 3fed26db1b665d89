/** A part of a scan that was exposed otherwise than the rest, as far as the counts alone tell. */
export interface ExposureStep {
  /** The frame from which on. */
  readonly frame: number;
  /** Counts behind it over those before it. */
  readonly ratio: number;
}

/** Frames on either side by which a level is told. */
const SIDE = 4;
/** Counts beside the peak a frame that tell a level. */
const ENOUGH = 100;
/** A smaller change of a level may be the background's own. */
const LEAST = 1.5;
/** Counts about the peak that fall by so much towards its maximum, and rise as much behind it. */
const DROP = 2.5;
const SIGMAS = 8;

/**
 * Steps in a scan's exposure that nothing recorded: an attenuator that was moved, another counting time. Two things tell them. What lies
 * beside the peak goes from one level to another from one frame to the next, which no rocking curve does; or the curve rises to a flank,
 * falls at once, and behind its maximum rises at once to the other flank.
 * @param curve counts about the peak in each frame
 * @param sums counts of each whole frame
 * @param order frames that were measured, by their angles
 * @param noise standard deviation of the sums beyond that of counting
 */
export function findSteps(
  curve: ArrayLike<number>,
  sums: ArrayLike<number>,
  order: readonly number[],
  noise = 0,
): readonly ExposureStep[] {
  const beside = order.map((f) => Math.max(0, sums[f]! - curve[f]!));
  const near = order.map((f) => curve[f]!);
  const found = levels(beside, near, noise).map(({ at, ratio }) => ({ frame: order[at]!, ratio }));
  if (found.length > 0) return found;
  return dip(near).map(({ at, ratio }) => ({ frame: order[at]!, ratio }));
}

interface Step {
  readonly at: number;
  readonly ratio: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Whether the peak takes part in a step beside it: counts that some pixels have on top, such as a row of hot ones, are no exposure. */
function takesPart(curve: readonly number[], k: number, ratio: number): boolean {
  const slope = (at: number): number => Math.log(((curve[at] ?? 0) + 1) / ((curve[at - 1] ?? 0) + 1));
  const own = slope(k) - (slope(k - 1) + slope(k + 1)) / 2;
  return own * Math.sign(Math.log(ratio)) > 0.5 * Math.abs(Math.log(ratio));
}

function levels(beside: readonly number[], curve: readonly number[], noise: number): Step[] {
  const found: Step[] = [];
  for (let k = SIDE; k <= beside.length - SIDE; k++) {
    const [before, behind] = [beside.slice(k - SIDE, k), beside.slice(k, k + SIDE)];
    const [low, high] = [mean(before), mean(behind)].sort((a, b) => a - b) as [number, number];
    const ratio = mean(behind) / mean(before);
    if (high < ENOUGH || high < LEAST * low || high - low < SIGMAS * Math.sqrt((high + low + 2 * noise * noise) / SIDE))
      continue;
    // Each side keeps its own level, and the change is all in one frame.
    const steady = (side: readonly number[]): boolean =>
      Math.max(...side) - Math.min(...side) < 0.3 * (high - low) + 4 * Math.sqrt(mean(side));
    if (steady(before) && steady(behind) && takesPart(curve, k, ratio)) found.push({ at: k, ratio });
  }
  return found;
}

function dip(curve: readonly number[]): Step[] {
  const change = (k: number): number => (curve[k]! + 1) / (curve[k - 1]! + 1);
  const brightest = Math.max(...curve);
  const falls = curve.flatMap((_, k) =>
    k > 1 && change(k) < 1 / DROP && change(k - 1) > 1 && curve[k - 1]! > 0.1 * brightest ? [k] : [],
  );
  for (const from of falls) {
    for (let to = from + 3; to < curve.length - 1; to++) {
      if (change(to) < DROP || change(to + 1) > 1) continue;
      const [fall, rise] = [1 / change(from), change(to)];
      if (Math.max(fall, rise) > 2 * Math.min(fall, rise)) continue;
      const inside = curve.slice(from, to);
      const top = inside.indexOf(Math.max(...inside));
      // What was weakened is the maximum itself: it rises from both ends, and above the flanks once it is brought back.
      const humped = top > 0 && top < inside.length - 1;
      if (humped && inside[top]! * Math.sqrt(fall * rise) > Math.max(curve[from - 1]!, curve[to]!))
        return [
          { at: from, ratio: 1 / fall },
          { at: to, ratio: rise },
        ];
    }
  }
  return [];
}
