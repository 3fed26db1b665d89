import { zeroMasked, type FrameMasks } from './frame-masks';
import { sumOctet } from './octet';
import { INVALID, QUIET_FRAMES, ZINGER_COUNTS, ZINGER_RATIO } from './octet-program';
import { foldUncounted, type Uncounted } from './uncounted';

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

/** What the frames of a scan hold together. With it the mask and the peak are found without a second pass. */
export interface FrameStatistics {
  readonly rows: number;
  readonly cols: number;
  readonly frames: number;
  /** Summed counts of each frame; of a fold in the order in which they were added. */
  readonly frameSums: readonly number[];
  /** Per pixel: counts summed over all frames. */
  readonly sum: Float32Array;
  /** Per pixel: the smallest sum over eight frames in a row, where a hot pixel stays bright and the Bragg peak does not; of fewer frames, the sum of all. */
  readonly quiet: Float32Array;
  /** Pixels of each frame that were not a number, infinite or negative. */
  readonly uncounted: Uncounted;
  /** Fractions below zero, of all frames together: noise of a background that was subtracted. They count as nothing. */
  readonly belowZero: number;
}

/** The statistics of frames that come one after the other, in pieces of any size. */
export interface FrameFold {
  /** Frames so far. */
  readonly frames: number;
  /**
   * Adds the next frames, frames x rows x cols. They are cleaned where they are, so that no later step meets it: what a frame's own mask
   * leaves out and what no detector counts becomes 0, cosmic rays the mean of the frames before and after. Frames are looked at eight
   * at a time: until eight of them are together, the last ones have to stay where they are.
   */
  add(counts: Float32Array): void;
  /** Adds what was gathered elsewhere of the frames behind. @throws RangeError unless both are multiples of eight */
  join(later: FrameStatistics): void;
  /** Of all frames so far; valid until more are added. */
  statistics(): FrameStatistics;
}

export interface FoldOptions {
  /** What the file says that does not count, frame by frame. */
  readonly masks?: FrameMasks | undefined;
  /** Frames of the scan that count as if they held nothing. */
  readonly empty?: readonly number[] | undefined;
  /** Where in the order of the scan's frames the one stands that is added first. */
  readonly first?: number;
  /** The scan's frames in the order in which they are added; as they were recorded when left out. */
  readonly order?: readonly number[] | undefined;
}

/** A count that was taken for a cosmic ray. */
interface Ray {
  readonly counts: Float32Array;
  readonly pixel: number;
  readonly value: number;
}

/** Pixels in the order in which they are found. */
interface PixelList {
  pixels: Int32Array;
  length: number;
}

const emptyLists = (): PixelList[] =>
  Array.from({ length: QUIET_FRAMES }, () => ({ pixels: new Int32Array(0), length: 0 }));

const grown = (pixels: Int32Array): Int32Array => {
  const more = new Int32Array(Math.max(1024, 2 * pixels.length));
  more.set(pixels);
  return more;
};

const foundIn = ({ pixels, length }: PixelList): Int32Array => pixels.subarray(0, length);

/** Begins the statistics of frames of rows x cols. */
export function foldFrames(
  rows: number,
  cols: number,
  { masks, empty = [], first = 0, order }: FoldOptions = {},
): FrameFold {
  const pixels = rows * cols;
  const sum = new Float32Array(pixels);
  const quiet = new Float32Array(pixels).fill(Infinity);
  const frameSums: number[] = [];
  const uncounted = foldUncounted();
  let belowZero = 0;
  /** Room for the sum over eight frames, kept from one to the next: fresh memory costs as much as the summing. */
  const group = new Float32Array(pixels);
  /** Frames of which there are not eight yet, and which of their pixels held no count: that is seen once, since they are set to 0. */
  let begun: Float32Array[] = [];
  const found = emptyLists();
  /** What `begun` has added to the last statistics; taken back before further frames come. */
  let provisional: { readonly statistics: FrameStatistics; readonly rays: readonly Ray[] } | undefined;

  /** Sets to 0 what is no count among pixels [from, to), and remembers where it was. */
  const clean = (frames: readonly Float32Array[]) => (from: number, to: number) => {
    frames.forEach((counts, f) => {
      const list = found[f]!;
      for (let p = from; p < to; p++) {
        const value = counts[p]!;
        if (isCount(value)) continue;
        counts[p] = 0;
        if (value < 0 && value % 1 !== 0 && value !== -Infinity) {
          belowZero++;
          continue;
        }
        if (list.length === list.pixels.length) list.pixels = grown(list.pixels);
        list.pixels[list.length++] = p;
      }
    });
  };
  /** Sums up to eight frames into `group`, without their cosmic rays. */
  const sumUp = (frames: readonly Float32Array[]): { readonly sums: Float64Array; readonly rays: Ray[] } => {
    const { frames: sums, suspects } = sumOctet(frames, group, clean(frames));
    const rays: Ray[] = [];
    for (const start of frames.length > 1 ? suspects : [])
      for (let p = start; p < Math.min(pixels, start + 4); p++) group[p]! -= removeRays(frames, p, cols, rays);
    return { sums, rays };
  };
  const addEight = (): void => {
    frameSums.push(...sumUp(begun).sums);
    begun = [];
    for (const list of found) {
      uncounted.add(foundIn(list));
      list.length = 0;
    }
    for (let p = 0; p < pixels; p++) {
      sum[p]! += group[p]!;
      if (group[p]! < quiet[p]!) quiet[p] = group[p]!;
    }
  };
  const soFar = (): FrameStatistics => {
    const whole = frameSums.length;
    if (begun.length === 0 && whole > 0)
      return {
        ...{ rows, cols, frames: whole, frameSums: [...frameSums], sum, quiet },
        ...{ uncounted: [...uncounted.lists], belowZero },
      };
    const { sums, rays } = sumUp(begun);
    const total = Float32Array.from(sum);
    for (let p = 0; p < pixels; p++) total[p]! += group[p]!;
    const statistics = {
      ...{ rows, cols, frames: whole + begun.length, frameSums: [...frameSums, ...sums] },
      ...{ sum: total, quiet: whole === 0 ? total : quiet },
      ...{ uncounted: [...uncounted.lists, ...begun.map((_, f) => foundIn(found[f]!).slice())], belowZero },
    };
    provisional = { statistics, rays };
    return statistics;
  };

  return {
    get frames() {
      return frameSums.length + begun.length;
    },
    add(counts) {
      for (const { counts: frame, pixel, value } of provisional?.rays ?? []) frame[pixel] = value;
      provisional = undefined;
      for (let at = 0; at < counts.length; at += pixels) {
        const own = counts.subarray(at, at + pixels);
        const place = first + frameSums.length + begun.length;
        const frame = order?.[place] ?? place;
        if (empty.includes(frame)) own.fill(0);
        else if (masks) zeroMasked(masks, frame, own);
        begun.push(own);
        if (begun.length === QUIET_FRAMES) addEight();
      }
    },
    join(later) {
      if (begun.length + (later.frames % QUIET_FRAMES) > 0)
        throw new RangeError(`not a multiple of ${QUIET_FRAMES} frames`);
      frameSums.push(...later.frameSums);
      for (let p = 0; p < pixels; p++) {
        sum[p]! += later.sum[p]!;
        if (later.quiet[p]! < quiet[p]!) quiet[p] = later.quiet[p]!;
      }
      for (const list of later.uncounted) uncounted.add(list);
      belowZero += later.belowZero;
    },
    statistics: () => provisional?.statistics ?? soFar(),
  };
}

/** Statistics of frames that were added in another order than they were recorded in, with what is of single frames by their numbers. */
export function byFrame(statistics: FrameStatistics, order: readonly number[] | undefined): FrameStatistics {
  if (!order) return statistics;
  const [frameSums, uncounted] = [statistics.frameSums.slice(), statistics.uncounted.slice()];
  for (let place = 0; place < statistics.frames; place++) {
    const frame = order[place]!;
    frameSums[frame] = statistics.frameSums[place]!;
    uncounted[frame] = statistics.uncounted[place]!;
  }
  return { ...statistics, frameSums, uncounted };
}

/**
 * Replaces a pixel's cosmic rays by the mean of the frames before and after: counts that the neighbours in the frame and
 * those frames all lack.
 * @param rays told of each
 * @returns the counts taken away
 */
function removeRays(frames: readonly Float32Array[], pixel: number, cols: number, rays: Ray[]): number {
  let removed = 0;
  for (let f = 0; f < frames.length; f++) {
    const counts = frames[f]!;
    const value = counts[pixel]!;
    if (value <= ZINGER_COUNTS) continue;
    const before = (frames[f - 1] ?? frames[f + 1]!)[pixel]!;
    const after = (frames[f + 1] ?? frames[f - 1]!)[pixel]!;
    // A fringe lasts several frames; only what both neighbouring frames lack is worth a closer look.
    if (value <= ZINGER_RATIO * Math.max(before, after) + ZINGER_COUNTS) continue;
    if (value <= ZINGER_RATIO * brightestNeighbour(counts, pixel, cols) + ZINGER_COUNTS) continue;
    counts[pixel] = (before + after) / 2;
    rays.push({ counts, pixel, value });
    removed += value - counts[pixel];
  }
  return removed;
}

function brightestNeighbour(counts: Float32Array, i: number, cols: number): number {
  let brightest = 0;
  const col = i % cols;
  for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
    for (const n of [i - cols - col + c, i - col + c, i + cols - col + c])
      if (n !== i) brightest = Math.max(brightest, counts[n] ?? 0);
  }
  return brightest;
}
