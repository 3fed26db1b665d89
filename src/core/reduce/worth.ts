import { median } from '../math/median';

/** What tells whether a frame was exposed. */
export interface Exposure {
  /** Counts about the peak in each frame. */
  readonly curve: ArrayLike<number>;
  /** Counts of each whole frame. */
  readonly sums: ArrayLike<number>;
  /** Frames in the order of their angles, those left out that are known to be worth nothing. */
  readonly order: readonly number[];
  /** Standard deviation of a whole frame's counts beyond that of counting them: what a pedestal leaves that was taken off. */
  readonly noise?: number;
}

/** A level is told where it stands so many standard deviations out of the noise. */
const SIGMAS = 8;

/** A frame with less than this part of what both neighbours have about the peak was not exposed as they were. */
const DARK = 0.2;
/** The same where nothing beside the peak says whether it is a minimum between fringes. */
const BLACK = 0.01;
/** Beside the peak, so many counts a frame are enough to tell. */
const ENOUGH = 40;
/** More frames in a row are a part of the curve that is empty. */
const LONGEST = 12;
/** The neighbours must be brighter than this part of the maximum: far out nothing is lost. */
const BRIGHT = 0.005;

/** Between the frames without beam and the faintest with it lies at least this ratio. */
const EMPTY = 0.05;

/**
 * Frames that hold next to nothing where all others hold the counts of a background at least: wherever they are, before the first bright
 * one and behind the last, too. A rocking curve falls off too slowly for that.
 * @param sums counts of each whole frame
 * @param order frames that may be worth something
 * @param noise standard deviation of the sums beyond that of counting
 */
export function findEmpty(sums: ArrayLike<number>, order: readonly number[], noise = 0): number[] {
  const sorted = order.map((f) => sums[f]!).sort((a, b) => a - b);
  const faintest = sorted.findIndex(
    (sum, k) => k > 0 && sum >= Math.max(ENOUGH, SIGMAS * noise) && sorted[k - 1]! <= EMPTY * sum,
  );
  if (faintest < 0 || faintest > sorted.length / 2) return [];
  return order.filter((f) => sums[f]! < sorted[faintest]!).sort((a, b) => a - b);
}

/**
 * Dark frames between bright ones: the shutter was closed, the beam was gone, the file is empty. A minimum between
 * fringes is no dark frame: what lies beside the peak (background, other particles) goes on in it.
 */
export function findDark({ curve, sums, order, noise = 0 }: Exposure): number[] {
  const n = order.length;
  const peak = order.map((f) => curve[f]!);
  const beside = order.map((f) => Math.max(0, sums[f]! - curve[f]!));
  const brightest = Math.max(...peak);
  const dark: number[] = [];
  const isLost = (k: number, level: number, around: number): boolean => {
    if (peak[k]! >= DARK * level || level - peak[k]! < 6 * Math.hypot(Math.sqrt(level), noise) + 20) return false;
    if (around >= Math.max(ENOUGH, SIGMAS * noise)) return beside[k]! < 0.5 * around - 2 * Math.sqrt(around);
    return peak[k]! <= BLACK * level;
  };
  for (let i = 1; i < n - 1; i++) {
    const low = peak[i - 1]!;
    if (low < BRIGHT * brightest || peak[i]! >= DARK * low) continue;
    // The shortest run behind which it is as bright again as the flank of a peak or a fringe may be there.
    for (let last = i + 1; last < n && last - i <= LONGEST; last++) {
      const high = peak[last]!;
      if (high < BRIGHT * brightest) continue;
      const run = Array.from({ length: last - i }, (_, k) => i + k);
      const around = median([...beside.slice(Math.max(0, i - 4), i), ...beside.slice(last, last + 4)]);
      if (!run.every((k) => isLost(k, Math.min(low, high), around))) continue;
      dark.push(...run.map((k) => order[k]!));
      i = last;
      break;
    }
  }
  return dark.sort((a, b) => a - b);
}

/** Frames with less than this part of the background about them were exposed for a part of their time. */
const WEAK = 0.75;
/** More frames in a row are another exposure, see `findSteps`. */
const FEW = 3;
/** The background about such frames is that of the whole scan within this ratio: it is no tail of the peak. */
const LEVEL = 1.3;
/** The peak is as much weaker as the background within this share, of natural logarithms. */
const ALIKE_SHARE = 0.5;

/**
 * Single frames that were exposed for a part of their time: a shutter that opened late, a beam that was gone for a moment. Background and
 * peak are weaker by the same, and what lies about the frames is not.
 */
export function findWeak({ curve, sums, order, noise = 0 }: Exposure): number[] {
  const n = order.length;
  const peak = order.map((f) => curve[f]!);
  const beside = order.map((f) => Math.max(0, sums[f]! - curve[f]!));
  const usual = median(beside);
  const weak: number[] = [];
  const isWeak = (k: number, around: number, level: number): boolean => {
    const share = Math.log((beside[k]! + 1) / (around + 1));
    const own = Math.log((peak[k]! + 1) / (level + 1));
    return (
      beside[k]! < WEAK * around &&
      around - beside[k]! > SIGMAS * Math.hypot(Math.sqrt(around), noise) &&
      Math.abs(own - share) < ALIKE_SHARE * Math.abs(share)
    );
  };
  for (let i = 1; i < n - 1; i++) {
    for (let last = i + 1; last < n && last - i <= FEW; last++) {
      const around = median([...beside.slice(Math.max(0, i - 4), i), ...beside.slice(last, last + 4)]);
      if (around < ENOUGH || around > LEVEL * usual || usual > LEVEL * around) continue;
      const level = Math.sqrt((peak[i - 1]! + 1) * (peak[last]! + 1));
      const run = Array.from({ length: last - i }, (_, k) => i + k);
      if (!run.every((k) => isWeak(k, around, level)) || Math.min(beside[i - 1]!, beside[last]!) < WEAK * around)
        continue;
      weak.push(...run.map((k) => order[k]!));
      i = last;
      break;
    }
  }
  return weak.sort((a, b) => a - b);
}
