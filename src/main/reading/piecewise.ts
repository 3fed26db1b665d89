import {
  addFrames,
  createStatistics,
  finishStatistics,
  QUIET_FRAMES,
  type FrameBlock,
  type FrameStatistics,
} from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import type { ScanSource } from '@main/scan/types';
import type { ScanFrames } from './scan-frames';
import { framesPerBlock, readBlock } from './read-into';
import { findCorrupt, findDoubled } from './spoiled';

/** Reads a scan that is too large to be kept: a pass over all frames, and another over those about the peak. */
export function readPiecewise(source: ScanSource, frames: number, masks: FrameMasks | undefined): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const step = framesPerBlock(rows * cols);
  let readMs = 0;
  let left: readonly number[] = [];
  const read = (from: number, to: number): FrameBlock => {
    const start = performance.now();
    const block = readBlock(source, from, to, masks);
    for (const f of left) {
      if (f >= from && f < to) block.counts.fill(0, (f - from) * rows * cols, (f - from + 1) * rows * cols);
    }
    readMs += performance.now() - start;
    return block;
  };
  const gather = (): FrameStatistics => {
    const statistics = createStatistics(rows, cols);
    for (let from = 0; from < frames; from += step) addFrames(statistics, read(from, Math.min(frames, from + step)));
    return finishStatistics(statistics);
  };
  const first = gather();
  const corrupt = findCorrupt(first.frameSums);
  left = corrupt;
  const statistics = corrupt.length > 0 ? gather() : first;
  const doubled = findDoubled(first.frameSums, (a) => {
    const { counts } = read(a, a + 2);
    return counts.subarray(0, rows * cols).every((value, p) => value === counts[rows * cols + p]);
  });
  if (statistics !== first) {
    statistics.invalid.set(first.invalid);
    statistics.invalidPixels = first.invalidPixels;
  }
  return {
    statistics,
    corrupt,
    doubled,
    readMs: () => readMs,
    open: (mask, correction) => ({
      cut: (box, corrected) => readRegion(read, { mask, masks, step, frames }, box, corrected ? correction : {}),
      sums: statistics.frameSums,
    }),
  };
}

interface Kept {
  readonly mask: Uint8Array;
  readonly masks: FrameMasks | undefined;
  readonly step: number;
  readonly frames: number;
}

/** Reads the frames of a box again, in the same blocks as before, and keeps the box of each. */
function readRegion(
  read: (from: number, to: number) => FrameBlock,
  { mask, masks, step, frames }: Kept,
  box: Box,
  correction: Correction,
): Region {
  const [first, last] = box.frames;
  const [rows, cols] = [box.rows[1] - box.rows[0], box.cols[1] - box.cols[0]];
  const counts = new Float32Array((last - first) * rows * cols);
  const voxels = masks && new Uint8Array(counts.length);
  let width = 0;
  // From the beginning of a block of eight frames on, so that cosmic rays have the neighbours that they had in the first pass.
  for (let from = Math.floor(first / QUIET_FRAMES) * QUIET_FRAMES, to = from; from < last; from = to) {
    to = Math.min(frames, from + step, Math.ceil(last / QUIET_FRAMES) * QUIET_FRAMES);
    const block = read(from, to);
    width = block.cols;
    addFrames(createStatistics(block.rows, block.cols), block);
    const own = fillMasked(block, mask, masks, from);
    for (let f = Math.max(first, from); f < Math.min(last, from + block.frames); f++) {
      for (let r = 0; r < rows; r++) {
        const at = ((f - from) * block.rows + box.rows[0] + r) * width + box.cols[0];
        counts.set(block.counts.subarray(at, at + cols), ((f - first) * rows + r) * cols);
        if (own) voxels?.set(own.subarray(at, at + cols), ((f - first) * rows + r) * cols);
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
  const origin = [first, box.rows[0], box.cols[0]] as const;
  return cutRegion(block, crop(mask, new Uint8Array(rows * cols)), box, own, origin, voxels);
}
