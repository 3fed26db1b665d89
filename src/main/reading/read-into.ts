import { addFrames, QUIET_FRAMES, type FrameBlock, type FrameStatistics } from '@core/reduce/statistics';
import type { ScanSource } from '@main/scan/types';

/** Small enough to stay in the processor's cache between decompression and summing. */
const BLOCK_BYTES = 8 << 20;

/** Frames read at once, a multiple of those that statistics are gathered over. */
export const framesPerBlock = (pixels: number): number =>
  Math.max(1, Math.floor(BLOCK_BYTES / (pixels * 4 * QUIET_FRAMES))) * QUIET_FRAMES;

/** Frames [from, to) as float32. */
export function readBlock(source: ScanSource, from: number, to: number, into?: Float32Array): FrameBlock {
  const [rows, cols] = source.facts.frameShape;
  const counts = into ?? new Float32Array((to - from) * rows * cols);
  const raw = source.read(from, to, counts);
  if (raw !== counts) counts.set(raw);
  return { frames: to - from, rows, cols, counts };
}

/**
 * Reads frames [from, to) into their places of a whole scan's memory, and gathers their statistics.
 * @param counts all frames of the scan, float32
 */
export function readInto(
  source: ScanSource,
  from: number,
  to: number,
  counts: Float32Array,
  statistics: FrameStatistics,
): void {
  const pixels = statistics.rows * statistics.cols;
  const step = framesPerBlock(pixels);
  for (let first = from; first < to; first += step) {
    const last = Math.min(to, first + step);
    addFrames(statistics, readBlock(source, first, last, counts.subarray(first * pixels, last * pixels)));
  }
}
