import type { Picture } from './png';

/** A snapshot's pixel is the mean of so many of the screen's, either way: text becomes a grey that hardly depends on its font. */
const SHRINK = 8;
/** Levels of a channel that a snapshot tells apart; fewer make smaller files. */
const STEP = 4;
/** Snapshot pixels along the side of a block, by whose means pictures are compared. */
const BLOCK = 4;
/** Snapshot pixels that a block may have moved: a wider font pushes what stands behind it. */
const SLACK = 2;

/** @returns the picture by means of 8 x 8 pixels, in levels of four */
export function shrink({ width, height, rgb }: Picture): Picture {
  const small = { width: Math.floor(width / SHRINK), height: Math.floor(height / SHRINK) };
  const out = new Uint8Array(small.width * small.height * 3);
  for (let y = 0, n = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 3; channel++, n++) {
        const mean = meanOf({ width, height, rgb }, x * SHRINK, y * SHRINK, SHRINK, channel);
        out[n] = Math.min(255, STEP * Math.round(mean / STEP));
      }
  return { ...small, rgb: out };
}

function meanOf({ width, rgb }: Picture, left: number, top: number, side: number, channel: number): number {
  let sum = 0;
  for (let y = top; y < top + side; y++)
    for (let x = left; x < left + side; x++) sum += rgb[3 * (y * width + x) + channel]!;
  return sum / side ** 2;
}

/** How far two pictures are from each other, in levels of 0 to 255. */
export interface Difference {
  /** Mean over all blocks. */
  readonly mean: number;
  readonly worst: number;
  /** Share of the blocks that differ by more than anybody overlooks. */
  readonly share: number;
  /** Screen pixels of the worst block's upper left corner. */
  readonly at: readonly [x: number, y: number];
}

/** A block's difference that is seen. */
const SEEN = 12;

/** What another font may make of the same screen; beyond it something is wrong. */
export const limits = { mean: 2, worst: 48, share: 0.04 } as const;

export const alike = ({ mean, worst, share }: Difference): boolean =>
  mean <= limits.mean && worst <= limits.worst && share <= limits.share;

/**
 * Compares two snapshots block by block, each block with the best place for it near its own in the other picture, and
 * both ways round: what is there in one only has no such place.
 */
export function compare(a: Picture, b: Picture): Difference {
  if (a.width !== b.width || a.height !== b.height) return { mean: 255, worst: 255, share: 1, at: [0, 0] };
  const [means, others] = [blockMeans(a), blockMeans(b)];
  let [sum, blocks, seen, worst] = [0, 0, 0, 0];
  let at: [number, number] = [0, 0];
  for (let y = 0; y + BLOCK <= a.height; y += BLOCK)
    for (let x = 0; x + BLOCK <= a.width; x += BLOCK) {
      const off = Math.max(nearest(means, others, x, y), nearest(others, means, x, y));
      blocks += 1;
      sum += off;
      if (off > SEEN) seen += 1;
      if (off > worst) [worst, at] = [off, [x * SHRINK, y * SHRINK]];
    }
  return { mean: sum / blocks, worst, share: seen / blocks, at };
}

interface Means {
  readonly columns: number;
  readonly rows: number;
  /** Of the block that begins at each pixel, three channels. */
  readonly values: Float32Array;
}

function blockMeans(picture: Picture): Means {
  const [columns, rows] = [picture.width - BLOCK + 1, picture.height - BLOCK + 1];
  const values = new Float32Array(columns * rows * 3);
  for (let y = 0, n = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let channel = 0; channel < 3; channel++) values[n++] = meanOf(picture, x, y, BLOCK, channel);
  return { columns, rows, values };
}

/** The least difference, in the channel that differs most, of one picture's block from those about its place in the other. */
function nearest(of: Means, among: Means, x: number, y: number): number {
  let least = Infinity;
  for (let v = Math.max(0, y - SLACK); v <= Math.min(among.rows - 1, y + SLACK); v++)
    for (let u = Math.max(0, x - SLACK); u <= Math.min(among.columns - 1, x + SLACK); u++) {
      let off = 0;
      for (let channel = 0; channel < 3; channel++) {
        const [here, there] = [3 * (y * of.columns + x) + channel, 3 * (v * among.columns + u) + channel];
        off = Math.max(off, Math.abs(of.values[here]! - among.values[there]!));
      }
      least = Math.min(least, off);
    }
  return least;
}
