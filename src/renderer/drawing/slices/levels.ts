import { scaler, type Range, type ScaleName } from './scale';

/** Bits of a float32 below those that address the table: sign, exponent and seven bits of the mantissa are left. */
export const leadingShift = 16;
/** Positive floats, by their leading bits. */
const tableSize = 0x8000;

/**
 * Which colour an intensity gets, looked up instead of computed: a picture of 256 x 256 needs 65536 logarithms otherwise. Exact: the
 * table tells the level where a value's leading bits begin, and the few ends of levels in between are compared with.
 */
export interface Levels {
  /** Level of the smallest float with these leading bits. */
  readonly first: Uint8Array;
  /** Smallest float of the level after each; not a number after the last, which nothing reaches. */
  readonly next: Float32Array;
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);
const floatOf = (bits: number): number => {
  word[0] = bits;
  return float[0]!;
};
const infinityBits = 0x7f800000;

/**
 * Tabulates a scale.
 * @param position of an intensity on the colour bar, 0..1, never falling
 * @param count of colours, 256 at most
 */
export function levelsOf(position: (value: number) => number, count: number): Levels {
  const first = new Uint8Array(tableSize);
  const next = new Float32Array(count).fill(NaN);
  let from = 0;
  for (let level = 0; level < count; level++) {
    const start = smallestAbove(position, (level + 0.5) / (count - 1), from);
    if (level < count - 1) next[level] = floatOf(start);
    // Table entries at or after this level's first float, up to the next one's.
    first.fill(level, Math.ceil(from / 2 ** leadingShift), Math.ceil(start / 2 ** leadingShift));
    from = start;
  }
  return { first, next };
}

/** Bits of the smallest positive float that lies at or above a position; ordered like the floats themselves. */
function smallestAbove(position: (value: number) => number, least: number, from: number): number {
  let [low, high] = [from, infinityBits];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (position(floatOf(middle)) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

let kept: { readonly key: string; readonly levels: Levels } | undefined;

/** The table of one of the scales; the three cuts ask for the same one after another. */
export function scaleLevels(scale: ScaleName, range: Range, count: number): Levels {
  const key = [scale, range.low, range.high, range.knee, count].join(' ');
  if (kept?.key !== key) kept = { key, levels: levelsOf(scaler(scale, range), count) };
  return kept.levels;
}
