import type { QMap } from '../geometry/q';
import type { Box, Region } from './region';
import type { RockingAxis } from './rocking';
import type { FrameStatistics } from './statistics';

/** What a volume is made of. */
export interface ReductionInput {
  readonly statistics: FrameStatistics;
  /** rows x cols, 0 = the pixel counts. */
  readonly mask: Uint8Array;
  readonly map: QMap;
  /** Where each frame was taken; left out, all frames count and their steps are even. */
  readonly rocking?: Rocking;
  readonly saturation: number;
  /** Counts that every pixel has on top; the sums of frames are without them, and so are corrected counts. */
  readonly pedestal?: number;
  /** The same for each frame, where they differ. */
  readonly offsets?: Float64Array;
  /** A view of the counts in a box, masked pixels filled; `corrected` = by white field and monitor. */
  cut(box: Box, corrected: boolean): Region;
  /** Counts that are best cut at once, of scans that are not kept as a whole; left out, all of a box at once. */
  readonly atOnce?: number | undefined;
}

/** The rocking motor's recorded positions, and which frames are worth nothing. */
export interface Rocking {
  /** One per frame; not a number where it is not known. */
  readonly positions: ArrayLike<number>;
  readonly unmeasured: ReadonlySet<number>;
  /** Counts of each frame, without those of hot pixels, brought to one exposure: a dark frame shows in them. */
  readonly sums: readonly number[];
  /** Standard deviation of the sums beyond that of counting them. */
  readonly noise?: number;
  /** The same sums as they were counted, without those of hot pixels alone, and what the pedestal takes off each. */
  readonly beam?: { readonly whole: readonly number[]; readonly pedestal: number };
  /** What brings each frame's counts to one exposure, as far as anything recorded says that they differ. */
  readonly exposure?: ArrayLike<number> | undefined;
  /** The same, and to the monitor. */
  readonly scale?: ArrayLike<number> | undefined;
  /** Q of the frames of an even axis. */
  readonly mapOn: (axis: RockingAxis) => QMap;
}
