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
/** Whether a detector records such a count; false for what is not a number, too. */
export const isCount = (value: number): boolean => value >= 0 && value < INVALID;
/** A single pixel in a single frame that exceeds everything about it this many times is a cosmic ray, not a fringe. */
const ZINGER_RATIO = 8;
const ZINGER_COUNTS = 20;

type OctetOf<T> = readonly [T, T, T, T, T, T, T, T];
const { abs } = Math;

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
  readonly group: Float64Array;
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
    group: new Float64Array(pixels),
  };
}

/**
 * Folds a block of frames in, eight at a time. Counts that no detector records are set to 0 in the block itself,
 * so that no later step meets them, and their pixels are remembered; cosmic rays are taken out of the block.
 */
export function addFrames(statistics: FrameStatistics, block: FrameBlock): void {
  const pixels = statistics.rows * statistics.cols;
  const { group } = statistics;
  for (let first = 0; first < block.frames; first += QUIET_FRAMES) {
    const last = Math.min(block.frames, first + QUIET_FRAMES);
    const frames = Array.from({ length: last - first }, (_, k) =>
      block.counts.subarray((first + k) * pixels, (first + k + 1) * pixels),
    );
    const whole = frames.length === QUIET_FRAMES;
    // A short last group is made up with frames of nothing.
    const nothing = new Float32Array(whole ? 0 : pixels);
    const octet = Array.from({ length: QUIET_FRAMES }, (_, k) => frames[k] ?? nothing);
    let sums = sumOctet(octet, group);
    if (!sums) {
      for (const frame of frames) clean(statistics, frame);
      sums = sumOctet(octet, group) ?? [];
    }
    statistics.frameSums.push(...sums.slice(0, frames.length));
    fold(statistics, frames, group, whole);
    statistics.frames += frames.length;
  }
}

/** Closes the pass: a scan of fewer than eight frames has no quieter part than all of it. */
export function finishStatistics(statistics: FrameStatistics): FrameStatistics {
  if (statistics.frames < QUIET_FRAMES) statistics.quiet.set(statistics.sum);
  return statistics;
}

/**
 * The innermost loop of reading: eight frames pixel by pixel, so that each sum over them is written once and no long
 * chain of additions holds the processor up.
 * @param group filled with the sums over the frames
 * @returns each frame's sum; undefined when a count is invalid: then the pixel's sum differs from that of its counts' sizes
 */
function sumOctet(octet: readonly Float32Array[], group: Float64Array): number[] | undefined {
  const [a, b, c, d, e, f, g, h] = octet as unknown as OctetOf<Float32Array>;
  let [a1, b1, c1, d1, e1, f1, g1, h1] = [0, 0, 0, 0, 0, 0, 0, 0];
  let valid = true;
  for (let p = 0; p < group.length; p++) {
    const a0 = a[p]!;
    const b0 = b[p]!;
    const c0 = c[p]!;
    const d0 = d[p]!;
    const e0 = e[p]!;
    const f0 = f[p]!;
    const g0 = g[p]!;
    const h0 = h[p]!;
    a1 += a0;
    b1 += b0;
    c1 += c0;
    d1 += d0;
    e1 += e0;
    f1 += f0;
    g1 += g0;
    h1 += h0;
    const sum = a0 + b0 + (c0 + d0) + (e0 + f0 + (g0 + h0));
    const size = abs(a0) + abs(b0) + (abs(c0) + abs(d0)) + (abs(e0) + abs(f0) + (abs(g0) + abs(h0)));
    // Not a number differs from itself.
    if (sum !== size) valid = false;
    group[p] = sum;
  }
  const frameSums = [a1, b1, c1, d1, e1, f1, g1, h1];
  return valid && frameSums.every((sum) => sum < INVALID) ? frameSums : undefined;
}

/** Takes cosmic rays out of eight frames and adds their sums to what is known of each pixel. */
function fold(statistics: FrameStatistics, frames: readonly Float32Array[], group: Float64Array, whole: boolean): void {
  const { sum, quiet, cols } = statistics;
  for (let p = 0; p < group.length; p++) {
    let value = group[p]!;
    if (value > ZINGER_COUNTS && frames.length > 1) value -= removeZingers(frames, p, cols);
    sum[p]! += value;
    if (whole && value < quiet[p]!) quiet[p] = value;
  }
}

function clean(statistics: FrameStatistics, counts: Float32Array): void {
  const { invalid } = statistics;
  for (let p = 0; p < counts.length; p++) {
    const value = counts[p]!;
    if (isCount(value)) continue;
    counts[p] = 0;
    if (invalid[p] === 0) statistics.invalidPixels++;
    invalid[p] = 1;
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
