import { findCoarsePeak } from '@core/reduce/peak';
import type { Box } from '@core/reduce/region';
import { isCount } from '@core/reduce/no-counts';

/** Rows and columns of a frame. */
export type Area = Pick<Box, 'rows' | 'cols'>;

/** What is kept of all frames together, bytes: several times what a volume is made of, whatever the detector's size. */
export const KEPT_BYTES = 2 ** 27;
/** Longest edge of what is kept of a large frame. */
const LONGEST = 512;

/** What is kept of the frames of a scan that were read: the counts about the peak as they were measured, float32. */
export interface KeptBoxes {
  /** What is kept of the frames that are read next; undefined as long as nobody knows where the peak is, or where there is no room. */
  readonly area: Area | undefined;
  /** Looks for the peak where it is not known yet. @param read gives some frames as they were read, and is asked only then */
  aim(read: () => Float32Array): void;
  /** What is to be read of frames that are wanted again: more than was asked for, where there is room for it. */
  around(wanted: Area): Area;
  /** Keeps what of a frame's rows lies in its box, where there is room for it. @param counts rows [top, bottom) of the frame, all of its columns */
  keep(frame: number, counts: Float32Array, rows: readonly [number, number]): void;
  /** Keeps a part of a frame that was read alone, where there is room for it. */
  put(frame: number, area: Area, counts: Float32Array): void;
  /** Copies a part of a frame into `out`. @returns false where not all of it is kept */
  copy(frame: number, wanted: Area, out: Float32Array): boolean;
}

const length = ([first, last]: readonly [number, number]): number => last - first;
export const pixelsOf = ({ rows, cols }: Area): number => length(rows) * length(cols);

const within = (inner: readonly [number, number], outer: readonly [number, number]): boolean =>
  inner[0] >= outer[0] && inner[1] <= outer[1];
const holds = (outer: Area, inner: Area): boolean => within(inner.rows, outer.rows) && within(inner.cols, outer.cols);

/** Copies what the part `wanted` has in common with one as wide or wider. @param into has the shape of `wanted` */
export function copyPart(from: Float32Array, area: Area, wanted: Area, into: Float32Array): void {
  const [width, cols] = [length(area.cols), length(wanted.cols)];
  const [top, bottom] = [Math.max(wanted.rows[0], area.rows[0]), Math.min(wanted.rows[1], area.rows[1])];
  for (let row = top; row < bottom; row++) {
    const at = (row - area.rows[0]) * width + wanted.cols[0] - area.cols[0];
    into.set(from.subarray(at, at + cols), (row - wanted.rows[0]) * cols);
  }
}

/**
 * @param shape rows and columns of a frame
 * @param frames as many as the scan will have: the more, the less is kept of each
 * @param bytes that all of them may take
 * @param typeMaximum largest value of the frames' type, which no detector counts
 */
export function createKeptBoxes(
  [rows, cols]: readonly [number, number],
  frames: number,
  bytes = KEPT_BYTES,
  typeMaximum = Infinity,
): KeptBoxes {
  const room = Math.floor(bytes / 4 / Math.max(1, frames));
  const whole: Area = { rows: [0, rows], cols: [0, cols] };
  const boxes = new Map<number, { readonly area: Area; readonly counts: Float32Array }>();
  let area: Area | undefined = rows * cols <= room ? whole : undefined;
  /** Looking for the peak costs as much as reading some frames: where there is none, it is done ever more seldom. */
  let looks = 0;

  /** As large as there is room for, about the middle of what was asked for. */
  const about = (row: number, col: number): Area => {
    const edge = Math.min(LONGEST, Math.floor(Math.sqrt(room)));
    const along = (at: number, size: number): [number, number] => {
      const first = Math.max(0, Math.min(size - edge, Math.round(at - edge / 2)));
      return [first, Math.min(size, first + edge)];
    };
    return { rows: along(row, rows), cols: along(col, cols) };
  };

  return {
    get area() {
      return area;
    },
    aim(read) {
      if (area || (++looks & (looks - 1)) !== 0) return;
      const peak = peakIn(read(), rows, cols, typeMaximum);
      if (peak) area = about(peak.row, peak.col);
    },
    around(wanted) {
      if (area && holds(area, wanted)) return area;
      const middle = ([first, last]: readonly [number, number]): number => (first + last) / 2;
      const wide = about(middle(wanted.rows), middle(wanted.cols));
      const wider = holds(wide, wanted) ? wide : wanted;
      if (pixelsOf(wider) <= room) area = wider;
      return wider;
    },
    keep(frame, counts, own) {
      if (!area || own[1] <= area.rows[0] || own[0] >= area.rows[1]) return;
      const known = boxes.get(frame);
      const box = known?.area === area ? known : { area, counts: new Float32Array(pixelsOf(area)) };
      copyPart(counts, { rows: own, cols: [0, cols] }, area, box.counts);
      boxes.set(frame, box);
    },
    put(frame, own, counts) {
      if (pixelsOf(own) <= room) boxes.set(frame, { area: own, counts });
    },
    copy(frame, wanted, out) {
      const kept = boxes.get(frame);
      if (!kept || !holds(kept.area, wanted)) return false;
      copyPart(kept.counts, kept.area, wanted, out);
      return true;
    },
  };
}

/** Keeps boxes one behind the other in memory that is there. @param placeOf which of them is a frame's */
export function boxesInto(
  counts: Float32Array,
  area: Area,
  placeOf: (frame: number) => number,
  cols: number,
): Pick<KeptBoxes, 'aim' | 'keep'> {
  const pixels = pixelsOf(area);
  return {
    aim: () => undefined,
    keep: (frame, some, rows) =>
      copyPart(
        some,
        { rows, cols: [0, cols] },
        area,
        counts.subarray(placeOf(frame) * pixels, (placeOf(frame) + 1) * pixels),
      ),
  };
}

/** Pixels of a frame's square that are looked at as one: what lights up only one of them, as a hot one does, does not count. */
const SQUARE = 4;

/** Where the peak is as far as some frames tell; a guess, by which nothing is judged. */
function peakIn(
  counts: Float32Array,
  rows: number,
  cols: number,
  typeMaximum: number,
): { readonly row: number; readonly col: number } | undefined {
  const [down, across] = [Math.floor(rows / SQUARE), Math.floor(cols / SQUARE)];
  const sum = new Float32Array(down * across);
  const most = new Float32Array(down * across);
  const mask = new Uint8Array(down * across);
  for (let first = 0; first < counts.length; first += rows * cols) {
    for (let row = 0; row < down * SQUARE; row++) {
      const line = Math.floor(row / SQUARE) * across;
      for (let col = 0, p = first + row * cols; col < across * SQUARE; col++, p++) {
        const at = line + Math.floor(col / SQUARE);
        const value = counts[p]!;
        if (!isCount(value) || value >= typeMaximum) {
          mask[at] = 1;
          continue;
        }
        sum[at]! += value;
        if (value > most[at]!) most[at] = value;
      }
    }
  }
  for (let at = 0; at < sum.length; at++) sum[at]! -= most[at]!;
  // Taken for one frame: so few do not tell what stays as bright throughout.
  const peak = findCoarsePeak({ rows: down, cols: across, sum }, mask);
  return peak && { row: (peak.row + 0.5) * SQUARE, col: (peak.col + 0.5) * SQUARE };
}
