import { addFrames, QUIET_FRAMES, type FrameBlock, type FrameStatistics } from '@core/reduce/statistics';
import { splitMask, zeroMasked, type FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';

/** Small enough to stay in the processor's cache between decompression and summing. */
const BLOCK_BYTES = 8 << 20;

/** Frames read at once, a multiple of those that statistics are gathered over. */
export const framesPerBlock = (pixels: number): number =>
  Math.max(1, Math.floor(BLOCK_BYTES / (pixels * 4 * QUIET_FRAMES))) * QUIET_FRAMES;

/** A source's mask frame by frame; undefined where it has none, or one of another size. */
export const frameMasks = (source: ScanSource): FrameMasks | undefined =>
  source.mask &&
  splitMask(source.mask, source.facts.frameShape[0] * source.facts.frameShape[1], source.facts.framesPresent);

/** Frames [from, to) as float32; what a frame's own mask leaves out is 0. */
export function readBlock(
  source: ScanSource,
  from: number,
  to: number,
  masks?: FrameMasks,
  into?: Float32Array,
): FrameBlock {
  const [rows, cols] = source.facts.frameShape;
  const counts = into ?? new Float32Array((to - from) * rows * cols);
  const raw = source.read(from, to, counts);
  if (raw !== counts) counts.set(raw);
  if (masks) {
    for (let f = from; f < to; f++) {
      zeroMasked(masks, f, counts.subarray((f - from) * rows * cols, (f - from + 1) * rows * cols));
    }
  }
  return { frames: to - from, rows, cols, counts };
}

/** Where frames are read that are not kept, from block to block: fresh memory costs as much as summing. */
let spare = new Float32Array(0);

/**
 * Reads frames [from, to) and gathers their statistics.
 * @param counts all frames of the scan, float32, into whose places they are read; where it is left out they are not kept
 */
export function readInto(
  source: ScanSource,
  from: number,
  to: number,
  counts: Float32Array | undefined,
  statistics: FrameStatistics,
  masks?: FrameMasks,
): void {
  const pixels = statistics.rows * statistics.cols;
  const step = framesPerBlock(pixels);
  if (!counts && spare.length < Math.min(step, to - from) * pixels)
    spare = new Float32Array(Math.min(step, to - from) * pixels);
  for (let first = from; first < to; first += step) {
    const last = Math.min(to, first + step);
    const place = counts?.subarray(first * pixels, last * pixels) ?? spare.subarray(0, (last - first) * pixels);
    addFrames(statistics, readBlock(source, first, last, masks, place));
  }
}
