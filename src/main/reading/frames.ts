import { foldFrames, type FrameBlock, type FrameStatistics } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { MASK_HOT } from '@core/reduce/mask';
import { cutRegion, fillMasked } from '@core/reduce/region';
import { gatherStatistics } from './gather';
import { readPiecewise } from './piecewise';
import type { ScanFrames } from './scan-frames';
import { findCorrupt, findDoubled } from './spoiled';
import type { ScanSource } from '@main/scan/types';

/** Frames are kept in memory up to this size, so that most scans are read once; a larger one is read again where the peak is. */
const KEEP_BYTES = 2 ** 30;
/** Less is kept where to read again costs little: the rows about the peak, not whole frames. */
const KEEP_ROWS_BYTES = 2 ** 28;

interface FrameReading {
  /** What the file itself says does not count. */
  readonly masks?: FrameMasks | undefined;
  /** The frames by their angles; as they were recorded when left out. */
  readonly order?: readonly number[];
  /** Largest scan that is kept in memory, bytes. */
  readonly keepBytes?: number;
}

/**
 * Reads `frames` frames of an open scan, gathering their statistics on the way.
 * @throws BraggwatchError those of {@link ScanSource.read}
 */
export function readFrames(source: ScanSource, frames: number, reading: FrameReading = {}): ScanFrames {
  const [rows, cols] = source.facts.frameShape;
  const { masks, order, keepBytes = source.readRows?.(0, 0, 1) ? KEEP_ROWS_BYTES : KEEP_BYTES } = reading;
  return frames * rows * cols * 4 <= keepBytes
    ? readWhole(source, frames, masks, order)
    : readPiecewise(source, frames, masks, order);
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
  const statistics = gatherStatistics(source, frames, { masks, counts });
  const readMs = performance.now() - start;

  const frame = (f: number): Float32Array => counts.subarray(f * pixels, (f + 1) * pixels);
  const corrupt = findCorrupt(statistics.frameSums, order);
  for (const f of corrupt) frame(f).fill(0);
  const block: FrameBlock = { frames, rows, cols, counts };
  return {
    statistics: corrupt.length > 0 ? summedAgain(block, statistics) : statistics,
    corrupt,
    doubled: findDoubled(statistics.frameSums, (a, b) => same(frame(a), frame(b))),
    readMs: () => readMs,
    open(mask, correction) {
      // A detector has millions of pixels, and few of them are hot: no list of all.
      const hot: number[] = [];
      for (let p = 0; p < mask.length; p++) if (mask[p] === MASK_HOT) hot.push(p);
      const sums = statistics.frameSums.map((sum, f) => sum - hot.reduce((all, p) => all + frame(f)[p]!, 0));
      const voxels = fillMasked(block, mask, masks);
      return {
        cut: (box, corrected) => cutRegion(block, mask, box, corrected ? correction : {}, [0, 0, 0], voxels),
        sums,
      };
    },
  };
}

const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i]);

/** Statistics without corrupt frames; what was invalid before stays so. */
function summedAgain({ rows, cols, counts }: FrameBlock, { invalid, invalidPixels }: FrameStatistics): FrameStatistics {
  const fold = foldFrames(rows, cols);
  fold.add(counts);
  return { ...fold.statistics(), invalid, invalidPixels };
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
