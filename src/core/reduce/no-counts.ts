import { INVALID, QUIET_FRAMES } from './octet-program';

/** Whether a detector records such a count; false for what is not a number, too. */
export const isCount = (value: number): boolean => value >= 0 && value < INVALID;

/** What up to eight frames hold that is no count: it is set to 0, so that it is seen once. */
export interface NoCounts {
  /** Fractions below zero so far: noise of a background that was subtracted. They count as nothing. */
  readonly belowZero: number;
  /** Sets it to 0 in pixels [from, to) of the n-th frame and remembers where it was. @param first the frame's pixel that the values begin with */
  clean(n: number, values: Float32Array, from: number, to: number, first?: number): void;
  /** Pixels of the n-th frame, in the order in which they were found; valid until the next `clean`. */
  of(n: number): Int32Array;
  /** Begins with further frames. */
  clear(): void;
}

/** Pixels in the order in which they are found. */
interface PixelList {
  pixels: Int32Array;
  length: number;
}

const grown = (pixels: Int32Array): Int32Array => {
  const more = new Int32Array(Math.max(1024, 2 * pixels.length));
  more.set(pixels);
  return more;
};

const isBelowZero = (value: number): boolean => value < 0 && value % 1 !== 0 && value !== -Infinity;

export function findNoCounts(): NoCounts {
  const found: PixelList[] = Array.from({ length: QUIET_FRAMES }, () => ({ pixels: new Int32Array(0), length: 0 }));
  let belowZero = 0;
  return {
    get belowZero() {
      return belowZero;
    },
    clean(n, values, from, to, first = 0) {
      const list = found[n]!;
      for (let p = from; p < to; p++) {
        const value = values[p]!;
        if (isCount(value)) continue;
        values[p] = 0;
        if (isBelowZero(value)) {
          belowZero++;
          continue;
        }
        if (list.length === list.pixels.length) list.pixels = grown(list.pixels);
        list.pixels[list.length++] = first + p;
      }
    },
    of: (n) => found[n]!.pixels.subarray(0, found[n]!.length),
    clear() {
      for (const list of found) list.length = 0;
    },
  };
}
