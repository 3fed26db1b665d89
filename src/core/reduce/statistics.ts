/** A block of frames: frames x rows x cols, first axis slowest. */
export interface FrameBlock {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly counts: Float32Array;
}

/** Frames summed before their minimum is taken: few enough to see the background between two fringes. */
const QUIET_FRAMES = 8;

/**
 * What one pass over the frames leaves behind. With it the mask and the peak are found without a second pass.
 */
export interface FrameStatistics {
  readonly rows: number;
  readonly cols: number;
  /** Frames seen so far. */
  frames: number;
  /** Summed counts of each frame. */
  readonly frameSums: number[];
  /** Per pixel: counts summed over all frames. */
  readonly sum: Float32Array;
  /** Per pixel: the smallest sum over eight frames in a row, where a hot pixel stays bright and the Bragg peak does not. */
  readonly quiet: Float32Array;
  /** Per pixel: 1 where a count was not a number, infinite or negative in any frame. */
  readonly invalid: Uint8Array;
  invalidPixels: number;
  /** Running sum of the eight frames not yet folded into `quiet`. */
  readonly pending: Float32Array;
  pendingFrames: number;
}

/** Empty statistics for frames of rows x cols. */
export function createStatistics(rows: number, cols: number): FrameStatistics {
  const pixels = rows * cols;
  return {
    rows,
    cols,
    frames: 0,
    frameSums: [],
    sum: new Float32Array(pixels),
    quiet: new Float32Array(pixels).fill(Infinity),
    invalid: new Uint8Array(pixels),
    invalidPixels: 0,
    pending: new Float32Array(pixels),
    pendingFrames: 0,
  };
}

/**
 * Folds a block of frames in. Counts that no detector records are set to 0 in the block itself,
 * so that no later step meets them, and their pixels are remembered.
 */
export function addFrames(statistics: FrameStatistics, block: FrameBlock): void {
  const { counts } = block;
  const { sum, pending, invalid } = statistics;
  const pixels = statistics.rows * statistics.cols;
  for (let frame = 0; frame < block.frames; frame++) {
    const start = frame * pixels;
    let total = 0;
    for (let p = 0; p < pixels; p++) {
      const value = counts[start + p]!;
      // One comparison finds NaN, infinity, negative counts and the 2^32 - 1 that Dectris writes into gaps.
      if (value >= 0 && value < 4e9) {
        total += value;
        pending[p]! += value;
      } else {
        counts[start + p] = 0;
        if (invalid[p] === 0) statistics.invalidPixels++;
        invalid[p] = 1;
      }
    }
    statistics.frameSums.push(total);
    statistics.frames++;
    statistics.pendingFrames++;
    if (statistics.pendingFrames === QUIET_FRAMES) fold(statistics, sum, pending);
  }
}

/** Closes the pass; a last group of fewer than eight frames counts for the sum only. */
export function finishStatistics(statistics: FrameStatistics): FrameStatistics {
  const alone = statistics.frames < QUIET_FRAMES;
  if (statistics.pendingFrames > 0) {
    const { pending, sum, quiet } = statistics;
    for (let p = 0; p < pending.length; p++) {
      sum[p]! += pending[p]!;
      if (alone) quiet[p] = pending[p]!;
    }
    pending.fill(0);
    statistics.pendingFrames = 0;
  }
  return statistics;
}

function fold(statistics: FrameStatistics, sum: Float32Array, pending: Float32Array): void {
  const { quiet } = statistics;
  for (let p = 0; p < pending.length; p++) {
    const value = pending[p]!;
    sum[p]! += value;
    if (value < quiet[p]!) quiet[p] = value;
    pending[p] = 0;
  }
  statistics.pendingFrames = 0;
}
