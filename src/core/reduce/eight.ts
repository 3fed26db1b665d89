import { isCount, type NoCounts } from './no-counts';
import { sumOctet } from './octet';
import { removeRays, type Ray } from './rays';

/** What up to eight frames hold together. */
interface Eight {
  /** Summed counts of each. */
  readonly sums: Float64Array;
  /** Cosmic rays that were taken out of them. */
  readonly rays: readonly Ray[];
}

/**
 * Sums up to eight frames, or strips of them, of whole rows pixel by pixel, without what is no count and without cosmic rays, which are taken out of them.
 * @param group filled with the sums, of the pixels from `above` rows on
 * @param above rows that stand before those that are summed, for cosmic rays to be told by
 * @param first the frame's pixel that is summed first
 */
export function sumEight(
  frames: readonly Float32Array[],
  group: Float32Array,
  cols: number,
  none: NoCounts,
  above = 0,
  first = 0,
): Eight {
  const skipped = above * cols;
  const inner = frames.map((frame) => frame.subarray(skipped, skipped + group.length));
  const { frames: sums, suspects } = sumOctet(inner, group, (from, to) =>
    inner.forEach((counts, n) => none.clean(n, counts, from, to, first)),
  );
  const rays: Ray[] = [];
  for (const start of frames.length > 1 ? suspects : [])
    for (let p = start; p < Math.min(group.length, start + 4); p++)
      group[p]! -= removeRays(frames, skipped + p, cols, rays);
  return { sums, rays };
}

/** Pixels of a frame that are looked at together: of eight frames 16 MB. */
export const STRIP = 2 ** 19;

/** Sums frames of rows x cols strip by strip. */
export interface Strips {
  /**
   * Sums up to eight frames, of each of which there is only a strip at a time.
   * @param fill leaves rows [top, bottom) of the n-th of them
   * @param take given the sums of the pixels from `first` on, strip by strip
   * @returns summed counts of each frame
   */
  sum(
    frames: number,
    fill: (n: number, top: number, bottom: number, into: Float32Array) => void,
    none: NoCounts,
    take: (sums: Float32Array, first: number) => void,
  ): Float64Array;
}

/** @param strip pixels of a frame that are looked at together */
export function createStrips(rows: number, cols: number, strip: number): Strips {
  const height = Math.min(rows, Math.max(1, Math.floor(strip / cols)));
  const group = new Float32Array(height * cols);
  /** Of each frame a row above the strip, the strip and a row below: cosmic rays are told by them. */
  const rooms: Float32Array[] = [];
  return {
    sum(frames, fill, none, take) {
      while (rooms.length < frames) rooms.push(new Float32Array((height + 2) * cols));
      const own = rooms.slice(0, frames);
      const sums = new Float64Array(frames);
      for (let top = 0; top < rows; top += height) {
        const bottom = Math.min(rows, top + height);
        const end = (bottom - top + 1) * cols;
        own.forEach((room, n) => {
          // As cosmic rays left it.
          if (top === 0) room.fill(0, 0, cols);
          else room.copyWithin(0, height * cols, (height + 1) * cols);
          const below = Math.min(rows, bottom + 1);
          fill(n, top, below, room.subarray(cols, (below - top + 1) * cols));
          if (below === bottom) room.fill(0, end, end + cols);
          // What is no count in it is told with the strip that it belongs to.
          else for (let p = end; p < end + cols; p++) if (!isCount(room[p]!)) room[p] = 0;
        });
        const together = group.subarray(0, (bottom - top) * cols);
        const eight = sumEight(own, together, cols, none, 1, top * cols);
        for (let n = 0; n < frames; n++) sums[n]! += eight.sums[n]!;
        take(together, top * cols);
      }
      return sums;
    },
  };
}
