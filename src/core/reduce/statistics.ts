/** A block of frames: frames x rows x cols, first axis slowest. */
export interface FrameBlock {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly counts: Float32Array;
}

/** Frames summed before their minimum is taken: few enough to see the background between two fringes. */
export const QUIET_FRAMES = 8;
/** No detector counts so far in one frame; the 2^32 - 1 that Dectris writes into gaps lies above. */
const INVALID = 4e9;
/** A single pixel in a single frame that exceeds everything about it this many times is a cosmic ray, not a fringe. */
const ZINGER_RATIO = 8;
const ZINGER_COUNTS = 20;

/** What one pass over the frames leaves behind. With it the mask and the peak are found without a second pass. */
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
  };
}

/**
 * Folds a block of frames in, eight at a time. Counts that no detector records are set to 0 in the block itself,
 * so that no later step meets them, and their pixels are remembered; cosmic rays are taken out of the block.
 */
export function addFrames(statistics: FrameStatistics, block: FrameBlock): void {
  const pixels = statistics.rows * statistics.cols;
  const group = new Float64Array(pixels);
  for (let first = 0; first < block.frames; first += QUIET_FRAMES) {
    const last = Math.min(block.frames, first + QUIET_FRAMES);
    const frames = Array.from({ length: last - first }, (_, k) =>
      block.counts.subarray((first + k) * pixels, (first + k + 1) * pixels),
    );
    let sums = sumFrames(frames, group);
    if (!sums) {
      for (const frame of frames) clean(statistics, frame);
      sums = sumFrames(frames, group) ?? [];
    }
    statistics.frameSums.push(...sums);
    removeZingers(block.counts, first, last, statistics.cols, group);
    fold(statistics, group, frames.length === QUIET_FRAMES);
    statistics.frames += frames.length;
  }
}

/** Closes the pass: a scan of fewer than eight frames has no quieter part than all of it. */
export function finishStatistics(statistics: FrameStatistics): FrameStatistics {
  if (statistics.frames < QUIET_FRAMES) statistics.quiet.set(statistics.sum);
  return statistics;
}

/**
 * Sums frames into `group`, and each by itself.
 * @returns undefined when a count is invalid: then the sum of the counts differs from that of their sizes, or is too large
 */
function sumFrames(frames: readonly Float32Array[], group: Float64Array): number[] | undefined {
  group.fill(0);
  const sums: number[] = [];
  for (const counts of frames) {
    const sum = accumulate(counts, group);
    if (!(sum < INVALID)) return undefined;
    sums.push(sum);
  }
  return sums;
}

/**
 * The innermost loop of reading: kept free of branches, so that memory is what bounds it.
 * @returns the sum; not a number when a count is negative or not a number
 */
function accumulate(counts: Float32Array, group: Float64Array): number {
  let sum = 0;
  let size = 0;
  for (let p = 0; p < counts.length; p++) {
    const value = counts[p]!;
    sum += value;
    size += Math.abs(value);
    group[p]! += value;
  }
  return sum === size ? sum : NaN;
}

function clean(statistics: FrameStatistics, counts: Float32Array): void {
  const { invalid } = statistics;
  for (let p = 0; p < counts.length; p++) {
    const value = counts[p]!;
    // False for NaN too.
    if (value >= 0 && value < INVALID) continue;
    counts[p] = 0;
    if (invalid[p] === 0) statistics.invalidPixels++;
    invalid[p] = 1;
  }
}

function fold({ sum, quiet }: FrameStatistics, group: Float64Array, whole: boolean): void {
  for (let p = 0; p < group.length; p++) {
    const value = group[p]!;
    sum[p]! += value;
    if (whole && value < quiet[p]!) quiet[p] = value;
  }
}

/**
 * Replaces cosmic rays by the mean of the frames before and after: counts that the neighbours in the frame and
 * those frames all lack.
 * @param group sums over frames [first, last), corrected along
 */
function removeZingers(counts: Float32Array, first: number, last: number, cols: number, group: Float64Array): void {
  const pixels = group.length;
  if (last - first < 2) return;
  for (let p = 0; p < pixels; p++) {
    if (!(group[p]! > ZINGER_COUNTS)) continue;
    for (let f = first; f < last; f++) {
      const i = f * pixels + p;
      const value = counts[i]!;
      if (value <= ZINGER_COUNTS) continue;
      const before = counts[f > first ? i - pixels : i + pixels]!;
      const after = counts[f < last - 1 ? i + pixels : i - pixels]!;
      // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
      if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
      if (value <= ZINGER_RATIO * brightestNeighbour(counts, i, cols) + ZINGER_COUNTS) continue;
      counts[i] = (before + after) / 2;
      group[p]! += counts[i]! - value;
    }
  }
}

function brightestNeighbour(counts: Float32Array, i: number, cols: number): number {
  let brightest = 0;
  for (const n of [i - cols - 1, i - cols, i - cols + 1, i - 1, i + 1, i + cols - 1, i + cols, i + cols + 1]) {
    brightest = Math.max(brightest, counts[n] ?? 0);
  }
  return brightest;
}
