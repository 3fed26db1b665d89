import { isCount } from '@core/reduce/no-counts';
import { foldFrames, QUIET_FRAMES, type FrameBlock } from '@core/reduce/statistics';
import { uncountedParts, withUncounted } from '@core/reduce/uncounted';
import { masksOfArea, zeroMasked, type FrameMasks } from '@core/reduce/frame-masks';
import { cutRegion, fillMasked, type Box, type Correction, type Region } from '@core/reduce/region';
import type { ScanSource } from '@main/scan/types';
import { copyPart, pixelsOf, type Area, type KeptBoxes } from './boxes';
import { withoutFrames } from './gather';
import type { Pass } from './pass';
import { readingOrder } from './plan';
import type { ScanFrames } from './scan-frames';
import { readFloats } from './read-into';
import { findCorrupt, findDoubled } from './spoiled';

/** Pixels taken on every side of a box: what fills a masked pixel lies within 24 of it, and a cosmic ray is told by its neighbours. */
const AROUND = 32;

/** Counts that are cut at once, 64 MB: what lies about them is read besides. */
const AT_ONCE = 2 ** 24;

/** Frames [from, to), a part of each. */
type ReadArea = (from: number, to: number, area: Area) => FrameBlock;

/**
 * Reads a scan of which whole frames are not kept: a pass over those that were not read yet. What a region needs beyond what the pass
 * has kept is read again.
 */
export function readPiecewise(
  source: ScanSource,
  frames: number,
  masks: FrameMasks | undefined,
  pass: Pass,
  order?: readonly number[],
): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const inOrder = readingOrder(order);
  let readMs = 0;
  const timed = <T>(step: () => T): T => {
    const start = performance.now();
    const result = step();
    readMs += performance.now() - start;
    return result;
  };
  timed(() => pass.readOn(source, frames));
  const first = pass.statistics();
  const corrupt = findCorrupt(first.frameSums, order);
  const statistics = timed(() => withoutFrames(source, first, corrupt, { masks, order: inOrder }));
  const uncounted = uncountedParts(statistics.uncounted, rows * cols);
  const all = withUncounted(masks, uncounted);
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
  const readArea: ReadArea = (from, to, area) =>
    timed(() => readParts(source, pass.boxes, from, to, area, new Set(corrupt)));
  return {
    statistics,
    uncounted,
    masks: all,
    corrupt,
    doubled,
    readMs: () => readMs,
    open: (mask, correction) => ({
      ...(!inOrder && { atOnce: AT_ONCE }),
      cut: (box, corrected) =>
        readRegion(
          readArea,
          { mask, masks: all, frames, rows, cols, order: inOrder },
          box,
          corrected ? correction : {},
        ),
    }),
  };
}

/** Parts of frames, kept or read again; of frames that count as if they held nothing they are empty. */
function readParts(
  source: ScanSource,
  boxes: KeptBoxes,
  from: number,
  to: number,
  area: Area,
  empty: ReadonlySet<number>,
): FrameBlock {
  const [, width] = source.facts.frameShape;
  const pixels = pixelsOf(area);
  const counts = new Float32Array((to - from) * pixels);
  for (let frame = from; frame < to; frame++) {
    const part = counts.subarray((frame - from) * pixels, (frame - from + 1) * pixels);
    if (empty.has(frame) || boxes.copy(frame, area, part)) continue;
    const around = boxes.around(area);
    const [top, bottom] = around.rows;
    const rows =
      source.readRows?.(frame, top, bottom) ??
      readFloats(source, frame, frame + 1).subarray(top * width, bottom * width);
    const own = new Float32Array(pixelsOf(around));
    copyPart(rows, { rows: around.rows, cols: [0, width] }, around, own);
    boxes.put(frame, around, own);
    copyPart(own, around, area, part);
  }
  return { frames: to - from, rows: area.rows[1] - area.rows[0], cols: area.cols[1] - area.cols[0], counts };
}

interface Whole {
  readonly mask: Uint8Array;
  readonly masks: FrameMasks | undefined;
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  /** In which its frames were read; as they were recorded where there is none. */
  readonly order: readonly number[] | undefined;
}

/** What lies about a box, cleaned and filled frame by frame as if all of the frames were there. */
function readRegion(
  read: ReadArea,
  { mask, masks, frames, rows, cols, order }: Whole,
  box: Box,
  correction: Correction,
): Region {
  const [first, last] = box.frames;
  const around = ([from, to]: readonly [number, number], size: number): readonly [number, number] => [
    Math.max(0, from - AROUND),
    Math.min(size, to + AROUND),
  ];
  const area: Area = { rows: around(box.rows, rows), cols: around(box.cols, cols) };
  const crop = <T extends Uint8Array | Float32Array>(of: T, to: T): T => {
    const [width, own] = [area.cols[1] - area.cols[0], to.length / (area.rows[1] - area.rows[0])];
    for (let at = 0, row = area.rows[0]; at < to.length; at += own, row++)
      to.set(of.subarray(row * cols + area.cols[0], row * cols + area.cols[0] + width), at);
    return to;
  };
  const pixels = pixelsOf(area);
  const seen = crop(mask, new Uint8Array(pixels));
  const seenMasks = masks && masksOfArea(masks, area, cols);
  // From the beginning of eight frames that were read one after the other on, so that cosmic rays have the neighbours that they had in the first pass.
  const from = order ? 0 : Math.floor(first / QUIET_FRAMES) * QUIET_FRAMES;
  const to = order ? frames : Math.min(frames, Math.ceil(last / QUIET_FRAMES) * QUIET_FRAMES);
  const block = read(from, Math.max(from, to), area);
  const fold = foldFrames(block.rows, block.cols, { masks: seenMasks, first: from, order });
  for (const frame of order ?? []) fold.add(block.counts.subarray(frame * pixels, (frame + 1) * pixels));
  if (!order) fold.add(block.counts);
  fold.statistics();
  const voxels = fillMasked(block, seen, seenMasks, from);
  const own = { ...correction, pixels: correction.pixels && crop(correction.pixels, new Float32Array(pixels)) };
  return cutRegion(block, seen, box, own, [from, area.rows[0], area.cols[0]], voxels);
}
