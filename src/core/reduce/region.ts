import { applyStencils, fillStencils } from './fill';
import type { FrameBlock } from './statistics';

/** A box of a scan: [first, last) along frames, rows, columns. */
export interface Box {
  readonly frames: readonly [number, number];
  readonly rows: readonly [number, number];
  readonly cols: readonly [number, number];
}

/** The counts in a box about the Bragg peak, masked pixels filled, frames normalised to the monitor. */
export interface Region {
  readonly box: Box;
  readonly shape: readonly [number, number, number];
  readonly counts: Float32Array;
  /** rows x cols: 1 where the pixel was measured, 0 where it was filled. */
  readonly measured: Uint8Array;
}

/** A single pixel in a single frame that exceeds everything about it this many times is a cosmic ray, not a fringe. */
const ZINGER_RATIO = 8;
const ZINGER_COUNTS = 20;

/** What the counts of a region are multiplied with; raw counts where absent. */
export interface Correction {
  /** Per frame of the block: monitor normalisation. */
  readonly frames?: Float64Array | undefined;
  /** Per pixel of the block, rows x cols: white field. */
  readonly pixels?: Float32Array | undefined;
}

/** A box about `centre`, reaching `reach` to every side, within the scan. */
export function boxAbout(
  centre: readonly [number, number, number],
  reach: readonly [number, number, number],
  shape: readonly [number, number, number],
): Box {
  const along = (axis: 0 | 1 | 2): [number, number] => {
    const low = Math.max(0, Math.floor(centre[axis] - reach[axis]));
    return [low, Math.max(low, Math.min(shape[axis], Math.ceil(centre[axis] + reach[axis]) + 1))];
  };
  return { frames: along(0), rows: along(1), cols: along(2) };
}

/**
 * Cuts a box out of a block of whole frames.
 * @param mask rows x cols of the block, 0 = the pixel counts
 */
export function cutRegion(block: FrameBlock, mask: Uint8Array, box: Box, correction: Correction = {}): Region {
  const frames = box.frames[1] - box.frames[0];
  const rows = box.rows[1] - box.rows[0];
  const cols = box.cols[1] - box.cols[0];
  const counts = new Float32Array(frames * rows * cols);
  const measured = new Uint8Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      measured[r * cols + c] = mask[(box.rows[0] + r) * block.cols + box.cols[0] + c] === 0 ? 1 : 0;
    }
  }
  for (let f = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      const from = ((box.frames[0] + f) * block.rows + box.rows[0] + r) * block.cols + box.cols[0];
      counts.set(block.counts.subarray(from, from + cols), (f * rows + r) * cols);
    }
  }
  const region: Region = { box, shape: [frames, rows, cols], counts, measured };
  if (correction.pixels) scalePixels(region, correction.pixels, block.cols);
  const stencils = fillStencils((pixel) => measured[pixel] === 0, rows, cols);
  for (let f = 0; f < frames; f++) applyStencils(stencils, counts, f * rows * cols);
  removeZingers(region);
  if (correction.frames) scaleFrames(region, correction.frames);
  return region;
}

function scaleFrames({ box, shape, counts }: Region, frameScale: Float64Array): void {
  const pixels = shape[1] * shape[2];
  for (let f = 0; f < shape[0]; f++) {
    const factor = frameScale[box.frames[0] + f] ?? 1;
    if (factor === 1) continue;
    for (let i = f * pixels; i < (f + 1) * pixels; i++) counts[i]! *= factor;
  }
}

function scalePixels(
  { box, shape: [frames, rows, cols], counts }: Region,
  factors: Float32Array,
  stride: number,
): void {
  for (let f = 0, i = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      const from = (box.rows[0] + r) * stride + box.cols[0];
      for (let c = 0; c < cols; c++, i++) counts[i]! *= factors[from + c]!;
    }
  }
}

function removeZingers({ shape: [frames, rows, cols], counts }: Region): void {
  const pixels = rows * cols;
  for (let f = 1; f < frames - 1; f++) {
    for (let r = 1; r < rows - 1; r++) {
      for (let c = 1, i = f * pixels + r * cols + 1; c < cols - 1; c++, i++) {
        const value = counts[i]!;
        if (value <= ZINGER_COUNTS) continue;
        const before = counts[i - pixels]!;
        const after = counts[i + pixels]!;
        // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
        if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
        let brightest = 0;
        for (const n of [i - cols - 1, i - cols, i - cols + 1, i - 1, i + 1, i + cols - 1, i + cols, i + cols + 1]) {
          if (counts[n]! > brightest) brightest = counts[n]!;
        }
        if (value > ZINGER_RATIO * brightest + ZINGER_COUNTS) counts[i] = (before + after) / 2;
      }
    }
  }
}
