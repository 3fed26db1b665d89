import {
  addFrames,
  createStatistics,
  finishStatistics,
  type FrameBlock,
  type FrameStatistics,
} from '@core/reduce/statistics';
import { cutRegion, type Box, type Correction, type Region } from '@core/reduce/region';
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
  readonly readMs: number;
  cut(mask: Uint8Array, box: Box, correction?: Correction): Region;
}

/**
 * Reads `frames` frames of an open scan, gathering their statistics on the way.
 * @throws BraggwatchError those of {@link ScanSource.read}
 */
export function readFrames(source: ScanSource, frames: number): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const kept = frames * pixels * 4 <= KEEP_BYTES ? new Float32Array(frames * pixels) : undefined;
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

  const corrupt = findCorrupt(statistics.frameSums);
  if (corrupt.length > 0 && kept) {
    for (const frame of corrupt) replaceFrame(kept, frame, pixels);
    const again = createStatistics(rows, cols);
    addFrames(again, { frames, rows, cols, counts: kept });
    again.invalid.set(statistics.invalid);
    again.invalidPixels = statistics.invalidPixels;
    return { statistics: finishStatistics(again), corrupt, readMs, cut: cutFrom(kept) };
  }
  return { statistics, corrupt: [], readMs, cut: kept ? cutFrom(kept) : cutAgain };

  function cutFrom(counts: Float32Array): ScanFrames['cut'] {
    return (mask, box, correction) => cutRegion({ frames, rows, cols, counts }, mask, box, correction);
  }
  function cutAgain(mask: Uint8Array, box: Box, correction: Correction = {}): Region {
    const [first, last] = box.frames;
    const depth = last - first;
    const shape: [number, number, number] = [depth, box.rows[1] - box.rows[0], box.cols[1] - box.cols[0]];
    const counts = new Float32Array(shape[0] * shape[1] * shape[2]);
    let measured: Uint8Array = new Uint8Array(shape[1] * shape[2]);
    for (let from = first; from < last; from += perBlock) {
      const to = Math.min(last, from + perBlock);
      const block = readBlock(from, to);
      addFrames(createStatistics(rows, cols), block);
      const own = { ...correction, frames: correction.frames?.subarray(from, to) };
      const part = cutRegion(block, mask, { ...box, frames: [0, to - from] }, own);
      counts.set(part.counts, (from - first) * shape[1] * shape[2]);
      measured = part.measured;
    }
    return { box, shape, counts, measured };
  }
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
