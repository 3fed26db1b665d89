import {
  addFrames,
  createStatistics,
  finishStatistics,
  QUIET_FRAMES,
  type FrameBlock,
  type FrameStatistics,
} from '@core/reduce/statistics';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import { framesPerBlock, readBlock, readInto } from './read-into';
import { readHalf } from './second-reader';
import type { ScanSource } from '@main/scan/types';

/** Frames are kept in memory up to this size, so that most scans are read once; a larger one is read again where the peak is. */
const KEEP_BYTES = 1 << 30;
/** From this many counts on a second thread pays. */
const WORTH_A_THREAD = 4e6;
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
  return frames * rows * cols * 4 <= KEEP_BYTES ? readWhole(source, frames) : readPiecewise(source, frames);
}

/** Keeps all frames in memory. */
function readWhole(source: ScanSource, frames: number): ScanFrames {
  const start = performance.now();
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const counts = borrow(frames * pixels);
  const statistics = createStatistics(rows, cols);
  const half = Math.ceil(frames / 2 / QUIET_FRAMES) * QUIET_FRAMES;
  const other =
    frames * pixels >= WORTH_A_THREAD
      ? readHalf(source.facts.ref, half, frames, [rows, cols], counts.buffer)
      : undefined;
  readInto(source, 0, other ? half : frames, counts, statistics);
  if (other && !other.join(statistics)) readInto(source, half, frames, counts, statistics);
  finishStatistics(statistics);
  const readMs = performance.now() - start;

  const corrupt = findCorrupt(statistics.frameSums);
  for (const frame of corrupt) replaceFrame(counts, frame, pixels);
  const block: FrameBlock = { frames, rows, cols, counts };
  return {
    statistics: corrupt.length > 0 ? summedAgain(block, statistics) : statistics,
    corrupt,
    readMs: () => readMs,
    open(mask, correction) {
      fillMasked(block, mask);
      return (box, corrected) => cutRegion(block, mask, box, corrected ? correction : {});
    },
  };
}

/** Keeps no frame: what is needed of them is read again. */
function readPiecewise(source: ScanSource, frames: number): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const statistics = createStatistics(rows, cols);
  const step = framesPerBlock(rows * cols);
  let readMs = 0;
  const read = (from: number, to: number): FrameBlock => {
    const start = performance.now();
    const block = readBlock(source, from, to);
    readMs += performance.now() - start;
    return block;
  };
  for (let from = 0; from < frames; from += step) addFrames(statistics, read(from, Math.min(frames, from + step)));
  return {
    statistics: finishStatistics(statistics),
    corrupt: [],
    readMs: () => readMs,
    open: (mask, correction) => (box, corrected) => readRegion(read, mask, box, corrected ? correction : {}, step),
  };
}

/** Statistics once corrupt frames were replaced; what was invalid before stays so. */
function summedAgain(block: FrameBlock, former: FrameStatistics): FrameStatistics {
  const statistics = createStatistics(block.rows, block.cols);
  addFrames(statistics, block);
  statistics.invalid.set(former.invalid);
  statistics.invalidPixels = former.invalidPixels;
  return finishStatistics(statistics);
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

/**
 * The frames' memory, kept from scan to scan: 100 MB of fresh pages cost as much time as summing them. Shared, because
 * two threads fill it.
 */
let spare = new SharedArrayBuffer(0);

/** Room for so many counts; valid until the next scan is read, which the worker never does at the same time. */
function borrow(length: number): Float32Array<SharedArrayBuffer> {
  if (spare.byteLength < 4 * length) spare = new SharedArrayBuffer(4 * length);
  return new Float32Array(spare, 0, length);
}

/** Frames whose sum exceeds both neighbours' a hundredfold (FORMATS section 3: seen at SixS). */
function findCorrupt(sums: readonly number[]): number[] {
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
