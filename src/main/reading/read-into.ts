import { QUIET_FRAMES, type FrameFold } from '@core/reduce/statistics';
import { splitMask, type FrameMasks } from '@core/reduce/frame-masks';
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

/** Frames [from, to) as float32. */
export function readFloats(source: ScanSource, from: number, to: number, into?: Float32Array): Float32Array {
  const [rows, cols] = source.facts.frameShape;
  const counts = into ?? new Float32Array((to - from) * rows * cols);
  const raw = source.read(from, to, counts);
  if (raw !== counts) counts.set(raw);
  return counts;
}

/** Where frames are read that are not kept, from block to block: fresh memory costs as much as summing. */
let spare = new Float32Array(0);

/**
 * Reads frames [from, to) and gathers their statistics.
 * @param counts all frames of the scan, float32, into whose places they are read; where it is left out they are not kept, and statistics
 *   are to be asked for before anything else is read
 */
export function readInto(
  source: ScanSource,
  from: number,
  to: number,
  fold: FrameFold,
  counts: Float32Array | undefined,
): void {
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const step = framesPerBlock(pixels);
  if (!counts && spare.length < Math.min(step, to - from) * pixels)
    spare = new Float32Array(Math.min(step, to - from) * pixels);
  for (let first = from; first < to; first += step) {
    const last = Math.min(to, first + step);
    const place = counts?.subarray(first * pixels, last * pixels) ?? spare.subarray(0, (last - first) * pixels);
    fold.add(readFloats(source, first, last, place));
  }
}
