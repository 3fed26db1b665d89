import { foldFrames, type FrameStatistics } from '@core/reduce/statistics';
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

/**
 * @param room its own where other scans are read between two calls
 * @param bytes that may be kept
 */
export function beginPass(
  source: ScanSource,
  masks: FrameMasks | undefined,
  room: Room = createRoom(),
  bytes = KEPT_BYTES,
): Pass {
  const { frameShape, framesPresent, framesExpected } = source.facts;
  const fold = foldFrames(...frameShape, { masks });
  const boxes = createKeptBoxes(frameShape, Math.max(framesPresent, framesExpected), bytes, source.typeMaximum);
  return {
    get frames() {
      return fold.frames;
    },
    boxes,
    readOn: (opened, frames) => gatherOn(fold, opened, frames, { boxes, room }),
    statistics: () => fold.statistics(),
  };
}
