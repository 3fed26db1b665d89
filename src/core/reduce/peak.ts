import type { FrameBlock, FrameStatistics } from './statistics';

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
export function findCoarsePeak(statistics: FrameStatistics, mask: Uint8Array): CoarsePeak | undefined {
  const { rows, cols, sum } = statistics;
  const table = integralImages(sum, mask, rows, cols);
  const means: number[] = [];
  let best = { row: 0, col: 0, mean: -1, valid: 0 };
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const { total, valid } = boxOf(table, rows, cols, row, col);
      if (valid < 9) continue;
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

/** The brightest unmasked pixel of a block, ties counted. */
export function findBrightest(block: FrameBlock, mask: Uint8Array): BrightestPixel {
  const pixels = block.rows * block.cols;
  let at = -1;
  let counts = -1;
  let equals = 0;
  for (let frame = 0; frame < block.frames; frame++) {
    for (let p = 0, i = frame * pixels; p < pixels; p++, i++) {
      const value = block.counts[i]!;
      if (value < counts || mask[p] !== 0) continue;
      if (value > counts) {
        counts = value;
        at = i;
        equals = 1;
      } else equals++;
    }
  }
  const frame = Math.floor(at / pixels);
  const row = Math.floor((at - frame * pixels) / block.cols);
  return { frame, row, col: at - frame * pixels - row * block.cols, counts, equals };
}

interface Integrals {
  readonly total: Float64Array;
  readonly valid: Float64Array;
}

/** Summed-area tables of the counts and of the number of unmasked pixels, (rows + 1) x (cols + 1). */
function integralImages(image: Float32Array, mask: Uint8Array, rows: number, cols: number): Integrals {
  const width = cols + 1;
  const total = new Float64Array((rows + 1) * width);
  const valid = new Float64Array((rows + 1) * width);
  for (let row = 0; row < rows; row++) {
    let rowTotal = 0;
    let rowValid = 0;
    for (let col = 0; col < cols; col++) {
      const p = row * cols + col;
      if (mask[p] === 0) {
        rowTotal += image[p]!;
        rowValid++;
      }
      const i = (row + 1) * width + col + 1;
      total[i] = total[i - width]! + rowTotal;
      valid[i] = valid[i - width]! + rowValid;
    }
  }
  return { total, valid };
}

function boxOf(
  table: Integrals,
  rows: number,
  cols: number,
  row: number,
  col: number,
): { total: number; valid: number } {
  const width = cols + 1;
  const top = Math.max(0, row - BOX) * width;
  const bottom = Math.min(rows, row + BOX + 1) * width;
  const left = Math.max(0, col - BOX);
  const right = Math.min(cols, col + BOX + 1);
  const over = (t: Float64Array): number => t[bottom + right]! - t[top + right]! - t[bottom + left]! + t[top + left]!;
  return { total: over(table.total), valid: over(table.valid) };
}
