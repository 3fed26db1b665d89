import { rowStart, type Region } from './region';
import type { FrameStatistics } from './statistics';

/** Half width of the box in which a Bragg peak is looked for and weighed, pixels. */
const BOX = 3;
/** The box must stand this many standard deviations of the background above it. */
const SIGNIFICANCE = 12;

/** Where the Bragg peak is on the detector, from the sum over all frames. */
export interface CoarsePeak {
  readonly row: number;
  readonly col: number;
  /** Counts above the background in the box, in units of the background's scatter between such boxes. */
  readonly significance: number;
}

/** The brightest pixel of a scan. */
export interface BrightestPixel {
  readonly frame: number;
  readonly row: number;
  readonly col: number;
  readonly counts: number;
  /** Pixels that hold exactly the same counts: more than a few mean that the detector was saturated. */
  readonly equals: number;
}

/**
 * The brightest 7x7 box of the summed frames, masked pixels left out.
 * @returns undefined where nothing stands out of the background
 */
export function findCoarsePeak(
  { rows, cols, sum }: Pick<FrameStatistics, 'rows' | 'cols' | 'sum'>,
  mask: Uint8Array,
): CoarsePeak | undefined {
  const means: number[] = [];
  let best = { row: 0, col: 0, mean: -1, valid: 0 };
  // Of each column, over the rows of the boxes.
  const totals = new Float64Array(cols);
  const valids = new Int32Array(cols);
  const take = (row: number, sign: 1 | -1): void => {
    for (let col = 0, p = row * cols; col < cols; col++, p++) {
      if (mask[p] !== 0) continue;
      totals[col]! += sign * sum[p]!;
      valids[col]! += sign;
    }
  };
  for (let row = 0; row < Math.min(BOX, rows); row++) take(row, 1);
  for (let row = 0; row < rows; row++) {
    if (row + BOX < rows) take(row + BOX, 1);
    if (row > BOX) take(row - BOX - 1, -1);
    let [total, valid] = [0, 0];
    for (let col = -BOX; col < cols; col++) {
      if (col + BOX < cols) {
        total += totals[col + BOX]!;
        valid += valids[col + BOX]!;
      }
      if (col > BOX) {
        total -= totals[col - BOX - 1]!;
        valid -= valids[col - BOX - 1]!;
      }
      if (col < 0 || valid < 9) continue;
      const mean = total / valid;
      if (mean > best.mean) best = { row, col, mean, valid };
      // Boxes that do not overlap sample the background.
      if (row % (2 * BOX + 1) === BOX && col % (2 * BOX + 1) === BOX) means.push(mean);
    }
  }
  if (!(best.mean > 0) || means.length < 4) return undefined;
  means.sort((a, b) => a - b);
  const background = means[means.length >> 1]!;
  // Half the interquartile range scaled to a standard deviation, but never below counting statistics.
  const spread = (means[Math.floor(means.length * 0.75)]! - means[Math.floor(means.length * 0.25)]!) / 1.35;
  const scatter = Math.max(spread, Math.sqrt((background + 1) / best.valid));
  const significance = (best.mean - background) / scatter;
  return significance >= SIGNIFICANCE ? { row: best.row, col: best.col, significance } : undefined;
}

/**
 * The brightest measured pixel of a region, raw counts, ties counted; indices of the scan.
 * @param mask of the whole frames, with what was passed over besides
 * @param width columns of a whole frame
 */
export function findBrightest(region: Region, mask: Uint8Array, width: number): BrightestPixel {
  const [frames, rows, cols] = region.shape;
  const { counts } = region.block;
  let best: BrightestPixel = { frame: 0, row: 0, col: 0, counts: -1, equals: 0 };
  for (let f = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      const from = rowStart(region, f, r);
      const pixel = (region.box.rows[0] + r) * width + region.box.cols[0];
      for (let c = 0; c < cols; c++) {
        const value = counts[from + c]!;
        if (value < best.counts || mask[pixel + c] !== 0 || region.voxels?.[from + c]) continue;
        if (value === best.counts) best = { ...best, equals: best.equals + 1 };
        else {
          const { box } = region;
          best = { frame: box.frames[0] + f, row: box.rows[0] + r, col: box.cols[0] + c, counts: value, equals: 1 };
        }
      }
    }
  }
  return best;
}
