import { byFrame, foldFrames, type FrameStatistics } from '@core/reduce/statistics';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';
import { createKeptBoxes, KEPT_BYTES, type KeptBoxes } from './boxes';
import { gatherOn } from './gather';
import { createRoom, type Room } from './read-into';

/** One pass over the frames of a scan, which goes on as frames come: none of them is read twice. */
export interface Pass {
  /** Frames read so far. */
  readonly frames: number;
  /** What is kept of them. */
  readonly boxes: KeptBoxes;
  /**
   * Reads on, to `frames` frames. The source may be opened anew from one call to the next.
   * @throws BraggwatchError those of {@link ScanSource.read}; the pass is spoilt then
   */
  readOn(source: ScanSource, frames: number): void;
  /** Of all frames so far; valid until more are read. */
  statistics(): FrameStatistics;
}

interface PassOptions {
  readonly masks: FrameMasks | undefined;
  /** Its own where other scans are read between two calls. */
  readonly room?: Room;
  /** All of its frames are read at one call. */
  readonly ends?: boolean;
  /** That may be kept. */
  readonly bytes?: number;
  /** The frames in the order in which they are read, see `readingOrder`; as they were recorded when left out. */
  readonly order?: readonly number[] | undefined;
}

export function beginPass(
  source: ScanSource,
  { masks, room = createRoom(), ends = false, bytes = KEPT_BYTES, order }: PassOptions,
): Pass {
  const { frameShape, framesPresent, framesExpected } = source.facts;
  const fold = foldFrames(...frameShape, { masks, order });
  const boxes = createKeptBoxes(frameShape, Math.max(framesPresent, framesExpected), bytes, source.typeMaximum);
  return {
    get frames() {
      return fold.frames;
    },
    boxes,
    readOn: (opened, frames) => gatherOn(fold, opened, frames, { boxes, room, order, ends }),
    statistics: () => byFrame(fold.statistics(), order),
  };
}
