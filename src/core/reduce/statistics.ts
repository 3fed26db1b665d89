/** A block of frames: frames x rows x cols, first axis slowest. */
export interface FrameBlock {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly counts: Float32Array;
}

/** Frames summed before their minimum is taken: few enough to see the background between two fringes. */
const QUIET_FRAMES = 8;
/** A single pixel in a single frame that exceeds everything about it this many times is a cosmic ray, not a fringe. */
const ZINGER_RATIO = 8;
const ZINGER_COUNTS = 20;
/** No detector counts so far in one frame. */
const INVALID = 4e9;

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
 * so that no later step meets them, and their pixels are remembered; cosmic rays are taken out of the block.
 */
export function addFrames(statistics: FrameStatistics, block: FrameBlock): void {
  const pixels = statistics.rows * statistics.cols;
  let frame = 0;
  while (frame < block.frames) {
    const grouped = statistics.pendingFrames === 0 && block.frames - frame >= QUIET_FRAMES;
    if (grouped && addGroup(statistics, block.counts, frame * pixels)) {
      frame += QUIET_FRAMES;
      continue;
    }
    const end = grouped ? frame + QUIET_FRAMES : frame + 1;
    for (; frame < end; frame++) addFrame(statistics, block.counts, frame * pixels);
  }
}

/**
 * Eight frames in one pass over the sums, which halves the memory traffic that bounds this step.
 * @returns false, with nothing changed, when a count is invalid and has to be looked for
 */
function addGroup(statistics: FrameStatistics, counts: Float32Array, start: number): boolean {
  const { sum, quiet, pending } = statistics;
  const n = sum.length;
  let [t0, t1, t2, t3, t4, t5, t6, t7] = [0, 0, 0, 0, 0, 0, 0, 0];
  let invalid = 0;
  for (let p = 0, i = start; p < n; p++, i++) {
    const a = counts[i]!;
    const b = counts[i + n]!;
    const c = counts[i + 2 * n]!;
    const d = counts[i + 3 * n]!;
    const e = counts[i + 4 * n]!;
    const f = counts[i + 5 * n]!;
    const g = counts[i + 6 * n]!;
    const h = counts[i + 7 * n]!;
    const value = a + b + c + d + e + f + g + h;
    if (value > ZINGER_COUNTS && removeZinger(counts, i, n, statistics.cols)) {
      p--;
      i--;
      continue;
    }
    // False for NaN too. A sum below the limit has no summand above it.
    if (!(a >= 0 && b >= 0 && c >= 0 && d >= 0 && e >= 0 && f >= 0 && g >= 0 && h >= 0 && value < INVALID)) invalid++;
    t0 += a;
    t1 += b;
    t2 += c;
    t3 += d;
    t4 += e;
    t5 += f;
    t6 += g;
    t7 += h;
    pending[p] = value;
  }
  if (invalid > 0) {
    pending.fill(0);
    return false;
  }
  statistics.frameSums.push(t0, t1, t2, t3, t4, t5, t6, t7);
  statistics.frames += QUIET_FRAMES;
  fold(statistics, sum, pending, quiet);
  return true;
}

function addFrame(statistics: FrameStatistics, counts: Float32Array, start: number): void {
  const { sum, quiet, pending, invalid } = statistics;
  let total = 0;
  for (let p = 0, i = start; p < sum.length; p++, i++) {
    const value = counts[i]!;
    // One comparison finds NaN, infinity, negative counts and the 2^32 - 1 that Dectris writes into gaps.
    if (value >= 0 && value < INVALID) {
      total += value;
      pending[p]! += value;
    } else {
      counts[i] = 0;
      if (invalid[p] === 0) statistics.invalidPixels++;
      invalid[p] = 1;
    }
  }
  statistics.frameSums.push(total);
  statistics.frames++;
  statistics.pendingFrames++;
  if (statistics.pendingFrames === QUIET_FRAMES) fold(statistics, sum, pending, quiet);
}

/**
 * Looks at one pixel in eight frames for a cosmic ray: counts that its neighbours in the frame and in the frames
 * before and after all lack. It is replaced by the mean of the latter.
 * @returns whether one was found
 */
function removeZinger(counts: Float32Array, first: number, pixels: number, cols: number): boolean {
  for (let k = 0; k < QUIET_FRAMES; k++) {
    const i = first + k * pixels;
    const value = counts[i]!;
    if (!(value > ZINGER_COUNTS && value < INVALID)) continue;
    const before = k > 0 ? counts[i - pixels]! : counts[i + pixels]!;
    const after = k < QUIET_FRAMES - 1 ? counts[i + pixels]! : before;
    // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
    if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
    let brightest = 0;
    for (const n of [i - cols - 1, i - cols, i - cols + 1, i - 1, i + 1, i + cols - 1, i + cols, i + cols + 1]) {
      brightest = Math.max(brightest, counts[n] ?? 0);
    }
    if (value <= ZINGER_RATIO * brightest + ZINGER_COUNTS) continue;
    counts[i] = (before + after) / 2;
    return true;
  }
  return false;
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

function fold(statistics: FrameStatistics, sum: Float32Array, pending: Float32Array, quiet: Float32Array): void {
  for (let p = 0; p < pending.length; p++) {
    const value = pending[p]!;
    sum[p]! += value;
    if (value < quiet[p]!) quiet[p] = value;
    pending[p] = 0;
  }
  statistics.pendingFrames = 0;
}
