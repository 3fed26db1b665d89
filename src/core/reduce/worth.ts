import { median } from '../math/median';

/** What tells whether a frame was exposed. */
export interface Exposure {
  /** Counts about the peak in each frame. */
  readonly curve: ArrayLike<number>;
  /** Counts of each whole frame. */
  readonly sums: ArrayLike<number>;
  /** Frames in the order of their angles, those left out that are known to be worth nothing. */
  readonly order: readonly number[];
}

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

/**
 * Dark frames between bright ones: the shutter was closed, the beam was gone, the file is empty. A minimum between
 * fringes is no dark frame: what lies beside the peak (background, other particles) goes on in it.
 */
export function findDark({ curve, sums, order }: Exposure): number[] {
  const n = order.length;
  const peak = order.map((f) => curve[f]!);
  const beside = order.map((f) => Math.max(0, sums[f]! - curve[f]!));
  const brightest = Math.max(...peak);
  const dark: number[] = [];
  for (let i = 1; i < n - 1; i++) {
    let last = i;
    const low = peak[i - 1]!;
    if (low < BRIGHT * brightest) continue;
    // The shortest run that ends with a bright frame again.
    while (last < n && last - i < LONGEST && peak[last]! < DARK * low) last++;
    const high = peak[last];
    if (last === i || high === undefined || high < BRIGHT * brightest) continue;
    const level = Math.min(low, high);
    const run = Array.from({ length: last - i }, (_, k) => i + k);
    const around = median([...beside.slice(Math.max(0, i - 4), i), ...beside.slice(last, last + 4)]);
    const lost = (k: number): boolean => {
      if (peak[k]! >= DARK * level || level - peak[k]! < 6 * Math.sqrt(level) + 20) return false;
      if (around >= ENOUGH) return beside[k]! < 0.5 * around - 2 * Math.sqrt(around);
      return peak[k]! <= BLACK * level;
    };
    if (run.every(lost)) {
      dark.push(...run.map((k) => order[k]!));
      i = last;
    }
  }
  return dark.sort((a, b) => a - b);
}
