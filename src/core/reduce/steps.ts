import { median } from '../math/median';

/** A part of a scan that was exposed otherwise than the rest, as far as the counts alone tell. */
export interface ExposureStep {
  /** The frame from which on. */
  readonly frame: number;
  /** Counts behind it over those before it. */
  readonly ratio: number;
  /** What lies beside the peak and the peak itself change alike: by so much, and by nothing else, the exposure did. */
  readonly plain: boolean;
}

/** Frames on either side by which a level is told. */
const SIDE = 4;
/** Counts beside the peak a frame that tell a level. */
const ENOUGH = 100;
/** A level drifts by less than this share of it, and so many standard deviations of its counts. */
const DRIFT = 0.1;
const SPREAD = 4;
/** By more frames of one level it is told how large a step is. */
const LONG = 12;
/** The peak changes as what lies beside it does within this much, in natural logarithms and as a share: the curve bends between two frames. */
const ALIKE = 0.4;
const ALIKE_SHARE = 0.5;
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
  const found = levels(beside, near, noise);
  if (found.length === 0) return dip(near).map(({ at, ratio }) => ({ frame: order[at]!, ratio, plain: false }));
  const bounds = [0, ...found.map(({ at }) => at), order.length];
  return found.map(({ at }, i) => {
    const before = beside.slice(Math.max(bounds[i]!, at - LONG), at).toReversed();
    const ratio = levelAt(beside.slice(at, Math.min(bounds[i + 2]!, at + LONG))) / levelAt(before);
    const most = Math.min(ALIKE, ALIKE_SHARE * Math.abs(Math.log(ratio)));
    return { frame: order[at]!, ratio, plain: Math.abs(ownStep(near, at) - Math.log(ratio)) < most };
  });
}

/**
 * What each frame's counts are multiplied with to be those of one exposure: the one that most frames had.
 * @param order frames that were measured, by their angles; the others stay as they are
 * @returns undefined where a step is not plain, or there is none
 */
export function evenedBy(
  steps: readonly ExposureStep[],
  order: readonly number[],
  frames: number,
): Float64Array | undefined {
  if (steps.length === 0 || !steps.every(({ plain }) => plain)) return undefined;
  let part = 1;
  const parts = order.map((f) => (part *= steps.find(({ frame }) => frame === f)?.ratio ?? 1));
  const usual = median(parts);
  const factors = new Float64Array(frames).fill(1);
  order.forEach((f, k) => (factors[f] = usual / parts[k]!));
  return factors;
}

interface Step {
  readonly at: number;
  readonly ratio: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Level of counts at a step's edge: their mean where they keep one level, else where the nearest of them point to, as on the flank of a
 * peak whose tails lie beside it.
 * @param counts from the step away
 */
function levelAt(counts: readonly number[]): number {
  const half = Math.ceil(counts.length / 2);
  const [near, far] = [mean(counts.slice(0, half)), mean(counts.slice(-half))];
  if (Math.abs(near - far) < DRIFT * Math.min(near, far) + SPREAD * Math.sqrt((near + far) / half)) return mean(counts);
  const logs = counts.slice(0, SIDE).map((each) => Math.log(each + 1));
  const middle = (logs.length - 1) / 2;
  const squares = logs.reduce((sum, _, k) => sum + (k - middle) ** 2, 0);
  const slope = logs.reduce((sum, log, k) => sum + (k - middle) * log, 0) / squares;
  return Math.exp(mean(logs) - slope * (middle + 0.5)) - 1;
}

/** How much a curve changes at a frame beyond how it changes beside it, natural logarithms. */
function ownStep(curve: readonly number[], k: number): number {
  const slope = (at: number): number => Math.log(((curve[at] ?? 0) + 1) / ((curve[at - 1] ?? 0) + 1));
  return slope(k) - (slope(k - 1) + slope(k + 1)) / 2;
}

/** Whether the peak takes part in a step beside it: counts that some pixels have on top, such as a row of hot ones, are no exposure. */
const takesPart = (curve: readonly number[], k: number, ratio: number): boolean =>
  ownStep(curve, k) * Math.sign(Math.log(ratio)) > 0.5 * Math.abs(Math.log(ratio));

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
