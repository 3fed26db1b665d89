import {
  addFrames,
  createStatistics,
  finishStatistics,
  type FrameBlock,
  type FrameStatistics,
} from '@core/reduce/statistics';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import type { ScanSource } from '@main/scan/types';

/** Frames are kept in memory up to this size, so that most scans are read once; a larger one is read again where the peak is. */
const KEEP_BYTES = 1 << 30;
/** Small enough to stay in the processor's cache between decompression and summing. */
const BLOCK_BYTES = 8 << 20;
/** Statistics are gathered over so many frames at once. */
const GROUP = 8;
/** A frame this much brighter than both its neighbours is a transmission error, not diffraction. */
const CORRUPT_RATIO = 100;

/** A scan's frames after one pass over them. */
export interface ScanFrames {
  readonly statistics: FrameStatistics;
  /** Frames that were replaced by the mean of their neighbours. */
  readonly corrupt: readonly number[];
  /** Spent in reading so far. */
  readMs(): number;
  /** Fills the masked pixels and gives access to the counts in any box, raw or corrected. */
  open(mask: Uint8Array, correction: Correction): (box: Box, corrected: boolean) => Region;
}

/**
 * Reads `frames` frames of an open scan, gathering their statistics on the way.
 * @throws BraggwatchError those of {@link ScanSource.read}
 */
export function readFrames(source: ScanSource, frames: number): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const kept = frames * pixels * 4 <= KEEP_BYTES ? borrow(frames * pixels) : undefined;
  const perBlock = Math.max(1, Math.floor(BLOCK_BYTES / (pixels * 4 * GROUP))) * GROUP;
  const statistics = createStatistics(rows, cols);
  let readMs = 0;

  const readBlock = (from: number, to: number): FrameBlock => {
    const start = performance.now();
    const raw = source.read(from, to);
    readMs += performance.now() - start;
    const counts = kept ? kept.subarray(from * pixels, to * pixels) : new Float32Array(raw.length);
    counts.set(raw);
    return { frames: to - from, rows, cols, counts };
  };
  for (let from = 0; from < frames; from += perBlock) {
    addFrames(statistics, readBlock(from, Math.min(frames, from + perBlock)));
  }
  finishStatistics(statistics);

  const corrupt = kept ? findCorrupt(statistics.frameSums) : [];
  const open: ScanFrames['open'] = kept
    ? (mask, correction) => {
        const block = { frames, rows, cols, counts: kept };
        fillMasked(block, mask);
        return (box, corrected) => cutRegion(block, mask, box, corrected ? correction : {});
      }
    : (mask, correction) => (box, corrected) => readRegion(readBlock, mask, box, corrected ? correction : {}, perBlock);
  if (!kept || corrupt.length === 0) return { statistics, corrupt, readMs: () => readMs, open };

  for (const frame of corrupt) replaceFrame(kept, frame, pixels);
  const again = createStatistics(rows, cols);
  addFrames(again, { frames, rows, cols, counts: kept });
  again.invalid.set(statistics.invalid);
  again.invalidPixels = statistics.invalidPixels;
  return { statistics: finishStatistics(again), corrupt, readMs: () => readMs, open };
}

/** The same from a scan too large to be kept: the frames are read again, and only the box of each is. */
function readRegion(
  readBlock: (from: number, to: number) => FrameBlock,
  mask: Uint8Array,
  box: Box,
  correction: Correction,
  perBlock: number,
): Region {
  const [first, last] = box.frames;
  const [rows, cols] = [box.rows[1] - box.rows[0], box.cols[1] - box.cols[0]];
  const counts = new Float32Array((last - first) * rows * cols);
  let width = 0;
  for (let from = first, to = first; from < last; from = to) {
    to = Math.min(last, from + perBlock);
    const block = readBlock(from, to);
    width = block.cols;
    addFrames(createStatistics(block.rows, block.cols), block);
    fillMasked(block, mask);
    for (let f = from; f < to; f++) {
      for (let r = 0; r < rows; r++) {
        const at = ((f - from) * block.rows + box.rows[0] + r) * width + box.cols[0];
        counts.set(block.counts.subarray(at, at + cols), ((f - first) * rows + r) * cols);
      }
    }
  }
  const crop = <T extends Uint8Array | Float32Array>(of: T, to: T): T => {
    for (let r = 0; r < rows; r++) {
      const at = (box.rows[0] + r) * width + box.cols[0];
      to.set(of.subarray(at, at + cols), r * cols);
    }
    return to;
  };
  const own = { ...correction, pixels: correction.pixels && crop(correction.pixels, new Float32Array(rows * cols)) };
  const block = { frames: last - first, rows, cols, counts };
  return cutRegion(block, crop(mask, new Uint8Array(rows * cols)), box, own, [first, box.rows[0], box.cols[0]]);
}

/** The frames' memory, kept from scan to scan: 100 MB of fresh pages cost as much time as summing them. */
let spare = new Float32Array(0);

/** Room for so many counts; valid until the next scan is read, which the worker never does at the same time. */
function borrow(length: number): Float32Array {
  if (spare.length < length) spare = new Float32Array(length);
  return spare.subarray(0, length);
}

/** Frames whose sum exceeds both neighbours' a hundredfold (FORMATS section 3: seen at SixS). */
export function findCorrupt(sums: readonly number[]): number[] {
  return sums.flatMap((sum, i) => {
    const before = sums[i - 1];
    const after = sums[i + 1];
    if (before === undefined || after === undefined) return [];
    return sum > CORRUPT_RATIO * (Math.max(before, after) + 1) ? [i] : [];
  });
}

function replaceFrame(counts: Float32Array, frame: number, pixels: number): void {
  const start = frame * pixels;
  for (let p = start; p < start + pixels; p++) counts[p] = (counts[p - pixels]! + counts[p + pixels]!) / 2;
}
