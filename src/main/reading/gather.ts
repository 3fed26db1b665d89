import { createStatistics, finishStatistics, QUIET_FRAMES, type FrameStatistics } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';
import { framesPerBlock, readInto } from './read-into';
import { readHalf, type Half } from './second-reader';

/** From this many counts on a second thread pays. */
const WORTH_A_THREAD = 4e6;

/**
 * One pass over the first `frames` frames of a scan, by two threads where that pays: the second takes the later half of what is
 * left as soon as it is up.
 * @param counts shared memory, float32, where the frames are kept
 */
export function gatherStatistics(
  source: ScanSource,
  frames: number,
  masks: FrameMasks | undefined,
  counts?: Float32Array<SharedArrayBuffer>,
): FrameStatistics {
  const [rows, cols] = source.facts.frameShape;
  const statistics = createStatistics(rows, cols);
  const step = framesPerBlock(rows * cols);
  let other: Half | undefined;
  let end = frames;
  for (let from = 0, to = 0; from < end; from = to) {
    const left = end - from;
    const half = from + Math.ceil(left / 2 / QUIET_FRAMES) * QUIET_FRAMES;
    if (!other && left * rows * cols >= WORTH_A_THREAD && half < end) {
      other = readHalf(source.facts.ref, half, end, [rows, cols], counts?.buffer);
      if (other) end = half;
    }
    to = Math.min(end, from + step);
    readInto(source, from, to, counts, statistics, masks);
  }
  if (other && !other.join(statistics)) readInto(source, end, frames, counts, statistics, masks);
  return finishStatistics(statistics);
}
