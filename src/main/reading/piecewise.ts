import { addFrames, createStatistics, QUIET_FRAMES, type FrameBlock } from '@core/reduce/statistics';
import { masksOfRows, zeroMasked, type FrameMasks } from '@core/reduce/frame-masks';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import type { ScanSource } from '@main/scan/types';
import { gatherStatistics } from './gather';
import type { ScanFrames } from './scan-frames';
import { framesPerBlock, readBlock } from './read-into';
import { findCorrupt, findDoubled } from './spoiled';

/** Rows read on either side of a box: what fills a masked pixel lies within 24 rows of it, and a cosmic ray is told by its neighbours. */
const AROUND = 32;

/** Reads frames [from, to), rows [top, bottom) of each, as they count. */
type ReadRows = (from: number, to: number, top: number, bottom: number) => FrameBlock;

/** Reads a scan that is too large to be kept: a pass over all frames, and again the rows about the peak. */
export function readPiecewise(source: ScanSource, frames: number, masks: FrameMasks | undefined): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  let readMs = 0;
  const timed = <T>(step: () => T): T => {
    const start = performance.now();
    const result = step();
    readMs += performance.now() - start;
    return result;
  };
  const first = timed(() => gatherStatistics(source, frames, masks));
  const corrupt = findCorrupt(first.frameSums);
  // Without them the statistics are those of a scan in which they hold nothing.
  const statistics =
    corrupt.length > 0 ? timed(() => gatherStatistics(withoutFrames(source, corrupt), frames, masks)) : first;
  if (statistics !== first) {
    statistics.invalid.set(first.invalid);
    statistics.invalidPixels = first.invalidPixels;
  }
  const doubled = findDoubled(first.frameSums, (a) => {
    const { counts } = timed(() => readBlock(source, a, a + 2, masks));
    return counts.subarray(0, rows * cols).every((value, p) => value === counts[rows * cols + p]);
  });
  const readRows: ReadRows = (from, to, top, bottom) =>
    timed(() => rowsOf(source, from, to, top, bottom, masks, corrupt));
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

/** A source in which some frames hold nothing. */
function withoutFrames(source: ScanSource, left: readonly number[]): ScanSource {
  const [rows, cols] = source.facts.frameShape;
  return {
    ...source,
    read: (from, to, into) => {
      const counts = source.read(from, to, into);
      for (const f of left)
        if (f >= from && f < to) counts.fill(0, (f - from) * rows * cols, (f - from + 1) * rows * cols);
      return counts;
    },
  };
}

function rowsOf(
  source: ScanSource,
  from: number,
  to: number,
  top: number,
  bottom: number,
  masks: FrameMasks | undefined,
  corrupt: readonly number[],
): FrameBlock {
  const [, cols] = source.facts.frameShape;
  const pixels = (bottom - top) * cols;
  const counts = new Float32Array((to - from) * pixels);
  const own = masks && masksOfRows(masks, top, bottom, cols);
  for (let frame = from; frame < to; frame++) {
    const place = counts.subarray((frame - from) * pixels, (frame - from + 1) * pixels);
    if (corrupt.includes(frame)) continue;
    place.set(
      source.readRows?.(frame, top, bottom) ??
        readBlock(source, frame, frame + 1).counts.subarray(top * cols, bottom * cols),
    );
    if (own) zeroMasked(own, frame, place);
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
    addFrames(createStatistics(block.rows, block.cols), block);
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
