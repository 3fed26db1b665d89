import type { FrameBlock } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { uncountedParts, withUncounted } from '@core/reduce/uncounted';
import { cutRegion, fillMasked } from '@core/reduce/region';
import { KEPT_BYTES } from './boxes';
import { gatherStatistics, withoutFrames } from './gather';
import { beginPass, type Pass } from './pass';
import { readPiecewise } from './piecewise';
import { readingOrder } from './plan';
import { commonRoom } from './read-into';
import type { ScanFrames } from './scan-frames';
import { findCorrupt, findDoubled } from './spoiled';
import type { ScanSource } from '@main/scan/types';

/** Scans up to this size are kept in memory as a whole. */
const KEEP_BYTES = 2 ** 28;

interface FrameReading {
  /** What the file itself says does not count. */
  readonly masks?: FrameMasks | undefined;
  /** The frames by their angles; as they were recorded when left out. */
  readonly order?: readonly number[];
  /** Largest scan that is kept in memory as a whole, bytes; of larger ones no more than that. */
  readonly keepBytes?: number;
  /** A pass over its frames that was begun before, and goes on. */
  readonly pass?: Pass | undefined;
}

/**
 * Reads `frames` frames of an open scan, gathering their statistics on the way.
 * @throws BraggwatchError those of {@link ScanSource.read}
 */
export function readFrames(source: ScanSource, frames: number, reading: FrameReading = {}): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const { masks, order, pass, keepBytes = KEEP_BYTES } = reading;
  return pass === undefined && frames * rows * cols * 4 <= keepBytes
    ? readWhole(source, frames, masks, order)
    : readPiecewise(
        source,
        frames,
        masks,
        pass ??
          beginPass(source, {
            masks,
            ...{ room: commonRoom, ends: true },
            bytes: Math.min(KEPT_BYTES, keepBytes),
            order: readingOrder(order),
          }),
        order,
      );
}

/** Keeps all frames in memory. */
function readWhole(
  source: ScanSource,
  frames: number,
  masks: FrameMasks | undefined,
  order?: readonly number[],
): ScanFrames {
  const start = performance.now();
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const counts = borrow(frames * pixels);
  const first = gatherStatistics(source, frames, { masks, counts, order: readingOrder(order) });
  const corrupt = findCorrupt(first.frameSums, order);
  const statistics = withoutFrames(source, first, corrupt, { masks, counts, order: readingOrder(order) });
  const uncounted = uncountedParts(statistics.uncounted, pixels);
  const all = withUncounted(masks, uncounted);
  const readMs = performance.now() - start;

  const frame = (f: number): Float32Array => counts.subarray(f * pixels, (f + 1) * pixels);
  const block: FrameBlock = { frames, rows, cols, counts };
  return {
    statistics,
    uncounted,
    masks: all,
    corrupt,
    doubled: findDoubled(first.frameSums, (a, b) => same(frame(a), frame(b))),
    readMs: () => readMs,
    open(mask, correction) {
      const voxels = fillMasked(block, mask, all);
      return {
        cut: (box, corrected) => cutRegion(block, mask, box, corrected ? correction : {}, [0, 0, 0], voxels),
      };
    },
  };
}

const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i]);

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
