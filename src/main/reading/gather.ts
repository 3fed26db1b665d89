import { foldFrames, QUIET_FRAMES, type FrameFold, type FrameStatistics } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';
import { framesPerBlock, readInto } from './read-into';
import { readHalf, type Half } from './second-reader';

/** From this many counts on a second thread pays. */
const WORTH_A_THREAD = 4e6;

/** What is known of the frames to be read. */
export interface Gathering {
  readonly masks?: FrameMasks | undefined;
  /** Frames that count as if they held nothing. */
  readonly empty?: readonly number[];
  /** Shared memory, float32, where the frames are kept. */
  readonly counts?: Float32Array<SharedArrayBuffer>;
}

/**
 * One pass over the first `frames` frames of a scan, by two threads where that pays: the second takes the later half of what is
 * left as soon as it is up.
 */
export function gatherStatistics(source: ScanSource, frames: number, gathering: Gathering): FrameStatistics {
  const [rows, cols] = source.facts.frameShape;
  const fold = foldFrames(rows, cols, gathering);
  gatherOn(fold, source, frames, gathering);
  return fold.statistics();
}

/** Reads on from where the fold is, to `frames` frames. */
function gatherOn(fold: FrameFold, source: ScanSource, frames: number, { empty, counts }: Gathering): void {
  const [rows, cols] = source.facts.frameShape;
  const step = framesPerBlock(rows * cols);
  /** The second thread takes eights only: of fewer frames nobody else can go on. */
  const eights = frames - (frames % QUIET_FRAMES);
  let other: Half | undefined;
  let end = frames;
  while (fold.frames < end) {
    const from = fold.frames;
    const half = Math.ceil((from + eights) / 2 / QUIET_FRAMES) * QUIET_FRAMES;
    if (!other && (end - from) * rows * cols >= WORTH_A_THREAD && half < eights) {
      other = readHalf({ ref: source.facts.ref, from: half, to: eights, shape: [rows, cols], empty }, counts?.buffer);
      if (other) end = half;
    }
    readInto(source, from, Math.min(end, from + step), fold, counts);
  }
  if (other && !other.join(fold)) readInto(source, end, eights, fold, counts);
  if (other) readInto(source, eights, frames, fold, counts);
}
