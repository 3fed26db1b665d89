import { byFrame, foldFrames, QUIET_FRAMES, type FrameFold, type FrameStatistics } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';
import type { KeptBoxes } from './boxes';
import { commonRoom, framesPerBlock, readFloats, readInto, type Room } from './read-into';
import { readHalf, type Half } from './second-reader';

/** From this many counts on a second thread pays. */
const WORTH_A_THREAD = 4e6;

/** What is known of the frames to be read, and where they go. */
export interface Gathering {
  readonly masks?: FrameMasks | undefined;
  /** Frames that count as if they held nothing. */
  readonly empty?: readonly number[];
  /** Shared memory, float32, where the frames are kept. */
  readonly counts?: Float32Array<SharedArrayBuffer>;
  /** What is kept of them where they are not. */
  readonly boxes?: KeptBoxes | undefined;
  /** The frames in the order in which they are read, see `readingOrder`; as they were recorded when left out. */
  readonly order?: readonly number[] | undefined;
}

/** One pass over the first `frames` frames of a scan. */
export function gatherStatistics(source: ScanSource, frames: number, gathering: Gathering): FrameStatistics {
  const fold = foldFrames(...source.facts.frameShape, gathering);
  gatherOn(fold, source, frames, { ...gathering, room: commonRoom, ends: true });
  return byFrame(fold.statistics(), gathering.order);
}

/**
 * Statistics without frames that turned out to be spoilt: those of a scan in which they hold nothing, for which it is read again. What was
 * no count before stays none.
 */
export function withoutFrames(
  source: ScanSource,
  first: FrameStatistics,
  spoilt: readonly number[],
  gathering: Omit<Gathering, 'empty'>,
): FrameStatistics {
  if (spoilt.length === 0) return first;
  const { frames, uncounted, belowZero } = first;
  return { ...gatherStatistics(source, frames, { ...gathering, empty: spoilt }), uncounted, belowZero };
}

/**
 * Reads on from where the fold is, to `frames` frames, by two threads where that pays: the second takes the later half of what is left
 * as soon as it is up.
 */
export function gatherOn(
  fold: FrameFold,
  source: ScanSource,
  frames: number,
  { empty, ...places }: Omit<Gathering, 'masks'> & { readonly room: Room; readonly ends?: boolean },
): void {
  const [rows, cols] = source.facts.frameShape;
  const step = framesPerBlock(rows * cols);
  /** The second thread takes eights only: of fewer frames nobody else can go on. */
  const eights = frames - (frames % QUIET_FRAMES);
  const { counts, boxes, order } = places;
  if (boxes && !boxes.area && fold.frames === 0 && frames > step) {
    // Where the peak is, the first frames of a rocking curve hardly tell.
    const middle = order?.[frames >> 1] ?? frames >> 1;
    boxes.aim(() => readFloats(source, middle, middle + 1));
  }
  let other: Half | undefined;
  let end = frames;
  while (fold.frames < end) {
    const from = fold.frames;
    const half = Math.ceil((from + eights) / 2 / QUIET_FRAMES) * QUIET_FRAMES;
    if (!other && (end - from) * rows * cols >= WORTH_A_THREAD && half > from && half < eights) {
      const part = { ref: source.facts.ref, from: half, to: eights, shape: [rows, cols], empty, order } as const;
      other = readHalf(part, counts?.buffer, boxes);
      if (other) end = half;
    }
    readInto(source, from, Math.min(end, from - (from % step) + step), fold, places);
  }
  if (other && !other.join(fold)) readInto(source, end, eights, fold, places);
  if (other) readInto(source, eights, frames, fold, places);
}
