import { foldFrames, isCount, QUIET_FRAMES, type FrameBlock } from '@core/reduce/statistics';
import { masksOfRows, zeroMasked, type FrameMasks } from '@core/reduce/frame-masks';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import type { ScanSource } from '@main/scan/types';
import { gatherStatistics } from './gather';
import type { ScanFrames } from './scan-frames';
import { framesPerBlock, readFloats } from './read-into';
import { findCorrupt, findDoubled } from './spoiled';

/** Rows read on either side of a box: what fills a masked pixel lies within 24 rows of it, and a cosmic ray is told by its neighbours. */
const AROUND = 32;

/** Reads frames [from, to), rows [top, bottom) of each. */
type ReadRows = (from: number, to: number, top: number, bottom: number) => FrameBlock;

/** Reads a scan that is too large to be kept: a pass over all frames, and again the rows about the peak. */
export function readPiecewise(
  source: ScanSource,
  frames: number,
  masks: FrameMasks | undefined,
  order?: readonly number[],
): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  let readMs = 0;
  const timed = <T>(step: () => T): T => {
    const start = performance.now();
    const result = step();
    readMs += performance.now() - start;
    return result;
  };
  const first = timed(() => gatherStatistics(source, frames, { masks }));
  const corrupt = findCorrupt(first.frameSums, order);
  // Without them the statistics are those of a scan in which they hold nothing; what was invalid before stays so.
  const { invalid, invalidPixels } = first;
  const statistics =
    corrupt.length === 0
      ? first
      : { ...timed(() => gatherStatistics(source, frames, { masks, empty: corrupt })), invalid, invalidPixels };
  const doubled = findDoubled(first.frameSums, (a, b) => {
    const counts = timed(() => readFloats(source, a, b + 1));
    const [one, other] = [counts.subarray(0, rows * cols), counts.subarray(rows * cols)];
    if (masks)
      for (const [frame, of] of [
        [a, one],
        [b, other],
      ] as const)
        zeroMasked(masks, frame, of);
    return one.every((value, p) => value === other[p] || !(isCount(value) || isCount(other[p]!)));
  });
  const readRows: ReadRows = (from, to, top, bottom) => timed(() => rowsOf(source, from, to, top, bottom, corrupt));
  return {
    statistics,
    corrupt,
    doubled,
    readMs: () => readMs,
    open: (mask, correction) => ({
      cut: (box, corrected) =>
        readRegion(readRows, { mask, masks, frames, rows, cols }, box, corrected ? correction : {}),
      sums: statistics.frameSums,
    }),
  };
}

function rowsOf(
  source: ScanSource,
  from: number,
  to: number,
  top: number,
  bottom: number,
  corrupt: readonly number[],
): FrameBlock {
  const [, cols] = source.facts.frameShape;
  const pixels = (bottom - top) * cols;
  const counts = new Float32Array((to - from) * pixels);
  for (let frame = from; frame < to; frame++) {
    if (corrupt.includes(frame)) continue;
    const rows =
      source.readRows?.(frame, top, bottom) ?? readFloats(source, frame, frame + 1).subarray(top * cols, bottom * cols);
    counts.set(rows, (frame - from) * pixels);
  }
  return { frames: to - from, rows: bottom - top, cols, counts };
}

interface Kept {
  readonly mask: Uint8Array;
  readonly masks: FrameMasks | undefined;
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
}

/** Reads the rows about a box again, frame by frame, and keeps the box of each. */
function readRegion(
  read: ReadRows,
  { mask, masks, frames, rows: allRows, cols: width }: Kept,
  box: Box,
  correction: Correction,
): Region {
  const [first, last] = box.frames;
  const [top, bottom] = [Math.max(0, box.rows[0] - AROUND), Math.min(allRows, box.rows[1] + AROUND)];
  const [rows, cols] = [box.rows[1] - box.rows[0], box.cols[1] - box.cols[0]];
  const counts = new Float32Array((last - first) * rows * cols);
  const voxels = masks && new Uint8Array(counts.length);
  const seen = mask.subarray(top * width, bottom * width);
  const seenMasks = masks && masksOfRows(masks, top, bottom, width);
  const step = framesPerBlock((bottom - top) * width);
  // From the beginning of a block of eight frames on, so that cosmic rays have the neighbours that they had in the first pass.
  for (let from = Math.floor(first / QUIET_FRAMES) * QUIET_FRAMES, to = from; from < last; from = to) {
    to = Math.min(frames, from + step, Math.ceil(last / QUIET_FRAMES) * QUIET_FRAMES);
    const block = read(from, to, top, bottom);
    const fold = foldFrames(block.rows, width, { masks: seenMasks, first: from });
    fold.add(block.counts);
    fold.statistics();
    const own = fillMasked(block, seen, seenMasks, from);
    for (let f = Math.max(first, from); f < Math.min(last, to); f++) {
      for (let r = 0; r < rows; r++) {
        const at = ((f - from) * block.rows + box.rows[0] - top + r) * width + box.cols[0];
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
