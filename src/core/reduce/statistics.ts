import { createStrips, STRIP, sumEight, type Strips } from './eight';
import { zeroMasked, type FrameMasks } from './frame-masks';
import { findNoCounts } from './no-counts';
import { QUIET_FRAMES } from './octet-program';
import type { Ray } from './rays';
import { foldUncounted, type Uncounted } from './uncounted';

export { QUIET_FRAMES };

/** A block of frames: frames x rows x cols, first axis slowest. */
export interface FrameBlock {
  readonly frames: number;
  readonly rows: number;
  readonly cols: number;
  readonly counts: Float32Array;
}

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
  /**
   * Adds the next eight frames some rows at a time, of frames so large that eight of them take more memory than there may be: what they hold together
   * is as of {@link add}, and nothing of them has to stay. Fewer than eight may only be the last ones.
   * @param frames how many, eight at most
   * @param rowsOf rows [top, bottom) of one of them, as they were read
   * @throws RangeError where frames before are not yet eight, or were the last ones
   */
  addByRows(frames: number, rowsOf: (frame: number, top: number, bottom: number) => Float32Array): void;
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
  /** Where the statistics of each pixel are kept; in memory of their own when left out. */
  readonly place?: Pick<FrameStatistics, 'sum' | 'quiet'>;
  /** Pixels of a frame that are looked at together where there are only some rows at a time. */
  readonly strip?: number;
}

/** Begins the statistics of frames of rows x cols. */
export function foldFrames(
  rows: number,
  cols: number,
  { masks, empty = [], first = 0, order, place, strip = STRIP }: FoldOptions = {},
): FrameFold {
  const pixels = rows * cols;
  const { sum, quiet } = place ?? { sum: new Float32Array(pixels), quiet: new Float32Array(pixels) };
  sum.fill(0);
  quiet.fill(Infinity);
  const frameSums: number[] = [];
  const uncounted = foldUncounted();
  const none = findNoCounts();
  /** Of the frames that were joined. */
  let joined = 0;
  /** Room for the sum over eight frames, kept from one to the next: fresh memory costs as much as the summing. */
  let group: Float32Array | undefined;
  let strips: Strips | undefined;
  /** Frames of which there are not eight yet. */
  let begun: Float32Array[] = [];
  /** What they have added to the last statistics; taken back before further frames come. */
  let provisional: { readonly statistics: FrameStatistics; readonly rays: readonly Ray[] } | undefined;

  /** What a frame's own mask leaves out, and frames that hold nothing. @param from the frame's pixel that the counts begin with */
  const blank = (nth: number, counts: Float32Array, from = 0): void => {
    const frame = order?.[first + nth] ?? first + nth;
    if (empty.includes(frame)) counts.fill(0);
    else if (masks) zeroMasked(masks, frame, counts, from);
  };
  const sumBegun = (): { readonly together: Float32Array } & ReturnType<typeof sumEight> => {
    group ??= new Float32Array(pixels);
    return { together: group, ...sumEight(begun, group, cols, none) };
  };
  /** Adds what some pixels of eight frames hold together. @param from the first of them */
  const addSums = (together: Float32Array, from = 0): void => {
    for (let p = 0, at = from; p < together.length; p++, at++) {
      sum[at]! += together[p]!;
      if (together[p]! < quiet[at]!) quiet[at] = together[p]!;
    }
  };
  const takeNoCounts = (frames: number): void => {
    for (let n = 0; n < frames; n++) uncounted.add(none.of(n));
    none.clear();
  };
  const addEight = (): void => {
    const { sums, together } = sumBegun();
    addSums(together);
    frameSums.push(...sums);
    begun = [];
    takeNoCounts(QUIET_FRAMES);
  };
  const soFar = (): FrameStatistics => {
    const whole = frameSums.length;
    if (begun.length === 0 && whole > 0)
      return {
        ...{ rows, cols, frames: whole, frameSums: [...frameSums], sum, quiet },
        ...{ uncounted: [...uncounted.lists], belowZero: none.belowZero + joined },
      };
    const { sums, rays, together } = sumBegun();
    const total = Float32Array.from(sum);
    for (let p = 0; p < pixels; p++) total[p]! += together[p]!;
    const statistics = {
      ...{ rows, cols, frames: whole + begun.length, frameSums: [...frameSums, ...sums] },
      ...{ sum: total, quiet: whole === 0 ? total : quiet },
      ...{
        uncounted: [...uncounted.lists, ...begun.map((_, n) => none.of(n).slice())],
        belowZero: none.belowZero + joined,
      },
    };
    provisional = { statistics, rays };
    return statistics;
  };
  /** @throws RangeError */
  const assertEights = (more = 0): void => {
    if ((frameSums.length % QUIET_FRAMES) + begun.length + (more % QUIET_FRAMES) > 0)
      throw new RangeError(`not a multiple of ${QUIET_FRAMES} frames`);
  };

  return {
    get frames() {
      return frameSums.length + begun.length;
    },
    add(counts) {
      for (const { counts: frame, pixel, value } of provisional?.rays ?? []) frame[pixel] = value;
      provisional = undefined;
      for (let at = 0; at < counts.length; at += pixels) {
        if (begun.length === 0) assertEights();
        const own = counts.subarray(at, at + pixels);
        blank(frameSums.length + begun.length, own);
        begun.push(own);
        if (begun.length === QUIET_FRAMES) addEight();
      }
    },
    addByRows(frames, rowsOf) {
      assertEights();
      provisional = undefined;
      strips ??= createStrips(rows, cols, strip);
      const before = frameSums.length;
      const fill = (n: number, top: number, bottom: number, into: Float32Array): void => {
        into.set(rowsOf(n, top, bottom));
        blank(before + n, into, top * cols);
      };
      // The last few tell what is steady only where nothing else does.
      const take =
        frames === QUIET_FRAMES || before === 0
          ? addSums
          : (together: Float32Array, from: number): void => {
              for (let p = 0, at = from; p < together.length; p++, at++) sum[at]! += together[p]!;
            };
      frameSums.push(...strips.sum(frames, fill, none, take));
      takeNoCounts(frames);
    },
    join(later) {
      assertEights(later.frames);
      provisional = undefined;
      frameSums.push(...later.frameSums);
      for (let p = 0; p < pixels; p++) {
        sum[p]! += later.sum[p]!;
        if (later.quiet[p]! < quiet[p]!) quiet[p] = later.quiet[p]!;
      }
      for (const list of later.uncounted) uncounted.add(list);
      joined += later.belowZero;
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
