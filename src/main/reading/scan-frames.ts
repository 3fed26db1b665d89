import type { Box, Correction, Region } from '@core/reduce/region';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { FrameStatistics } from '@core/reduce/statistics';
import type { UncountedParts } from '@core/reduce/uncounted';

/** A scan's frames after one pass over them. */
export interface ScanFrames {
  readonly statistics: FrameStatistics;
  /** What is no count in all frames, and in single ones. */
  readonly uncounted: UncountedParts;
  /** What the file masks, and what single frames did not count besides; undefined where there is neither. */
  readonly masks: FrameMasks | undefined;
  /** Frames far brighter than those beside them: transmission errors. Their counts are left out. */
  readonly corrupt: readonly number[];
  /** Frames that hold the same counts as the one before. */
  readonly doubled: readonly number[];
  /** Spent in reading so far. */
  readMs(): number;
  /** Fills what was not measured and gives access to the counts in any box, raw or corrected. */
  open(mask: Uint8Array, correction: Correction): ScanCounts;
}

interface ScanCounts {
  cut(box: Box, corrected: boolean): Region;
  /** Counts that are best cut at once; left out where a cut takes no memory, or as much whatever is cut. */
  readonly atOnce?: number;
}
