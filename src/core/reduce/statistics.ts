import { sumOctet } from './octet';
import { INVALID, QUIET_FRAMES, ZINGER_COUNTS, ZINGER_RATIO } from './octet-program';

export { QUIET_FRAMES };

/** A block of frames: frames x rows x cols, first axis slowest. */
export interface FrameBlock {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly counts: Float32Array;
}

/** Whether a detector records such a count; false for what is not a number, too. */
export const isCount = (value: number): boolean => value >= 0 && value < INVALID;

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
  /** Room for the sum over eight frames, kept from block to block: fresh memory costs as much as the summing. */
  readonly group: Float32Array;
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
    group: new Float32Array(pixels),
  };
}

/**
 * Folds a block of frames in, eight at a time. Counts that no detector records are set to 0 in the block itself,
 * so that no later step meets them, and their pixels are remembered; cosmic rays are taken out of the block.
 */
export function addFrames(statistics: FrameStatistics, block: FrameBlock): void {
  const pixels = statistics.rows * statistics.cols;
  for (let first = 0; first < block.frames; first += QUIET_FRAMES) {
    const last = Math.min(block.frames, first + QUIET_FRAMES);
    const frames = Array.from({ length: last - first }, (_, k) =>
      block.counts.subarray((first + k) * pixels, (first + k + 1) * pixels),
    );
    const sums = sumOctet(frames, statistics.group, (from, to) => clean(statistics, frames, from, to));
    statistics.frameSums.push(...sums.frames);
    fold(statistics, frames, sums.suspects, frames.length === QUIET_FRAMES);
    statistics.frames += frames.length;
  }
}

/** Closes the pass: a scan of fewer than eight frames has no quieter part than all of it. */
export function finishStatistics(statistics: FrameStatistics): FrameStatistics {
  if (statistics.frames < QUIET_FRAMES) statistics.quiet.set(statistics.sum);
  return statistics;
}

/** Takes cosmic rays out of eight frames and adds their sums to what is known of each pixel. */
function fold(
  { sum, quiet, cols, group }: FrameStatistics,
  frames: readonly Float32Array[],
  suspects: Int32Array,
  whole: boolean,
): void {
  for (const first of frames.length > 1 ? suspects : []) {
    for (let p = first; p < Math.min(group.length, first + 4); p++) group[p]! -= removeZingers(frames, p, cols);
  }
  for (let p = 0; p < group.length; p++) sum[p]! += group[p]!;
  if (!whole) return;
  for (let p = 0; p < group.length; p++) if (group[p]! < quiet[p]!) quiet[p] = group[p]!;
}

/** Sets to 0 what is no count among pixels [from, to), and remembers where it was. */
function clean(statistics: FrameStatistics, frames: readonly Float32Array[], from: number, to: number): void {
  const { invalid } = statistics;
  for (const counts of frames) {
    for (let p = from; p < to; p++) {
      if (isCount(counts[p]!)) continue;
      counts[p] = 0;
      if (invalid[p] === 0) statistics.invalidPixels++;
      invalid[p] = 1;
    }
  }
}

/**
 * Replaces a pixel's cosmic rays by the mean of the frames before and after: counts that the neighbours in the frame and
 * those frames all lack.
 * @returns the counts taken away
 */
function removeZingers(frames: readonly Float32Array[], p: number, cols: number): number {
  let removed = 0;
  for (let f = 0; f < frames.length; f++) {
    const counts = frames[f]!;
    const value = counts[p]!;
    if (value <= ZINGER_COUNTS) continue;
    const before = (frames[f - 1] ?? frames[f + 1]!)[p]!;
    const after = (frames[f + 1] ?? frames[f - 1]!)[p]!;
    // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
    if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
    if (value <= ZINGER_RATIO * brightestNeighbour(counts, p, cols) + ZINGER_COUNTS) continue;
    counts[p] = (before + after) / 2;
    removed += value - counts[p];
  }
  return removed;
}

function brightestNeighbour(counts: Float32Array, i: number, cols: number): number {
  let brightest = 0;
  for (const n of [i - cols - 1, i - cols, i - cols + 1, i - 1, i + 1, i + cols - 1, i + cols, i + cols + 1]) {
    brightest = Math.max(brightest, counts[n] ?? 0);
  }
  return brightest;
}
