import type { DetectorFrame } from '@contract/detector-frame';
import { floatsOf } from '@contract/floats';
import type { Sheet } from './sheet';

/** A detector frame as it is drawn. */
export interface PreparedFrame extends Omit<DetectorFrame, 'counts' | 'mask'> {
  /** Counts that stand for 1. */
  readonly unit: number;
  /** Counts in that unit; the first row is drawn on top, as detectors are read. */
  readonly sheet: Sheet;
}

/**
 * Unpacks a frame from the wire.
 * @param brightest counts that stand for 1: those of the brightest frame that is to be compared with it, or its own
 * @throws RangeError where the bytes do not fill the shape
 */
export function prepareFrame({ counts, mask, ...facts }: DetectorFrame, brightest = facts.maximum): PreparedFrame {
  const [rows, columns] = facts.shape;
  if (counts.byteLength !== rows * columns * 4 || mask.byteLength !== rows * columns)
    throw new RangeError(`a frame of ${rows} x ${columns} pixels arrived with other sizes`);
  const values = floatsOf(counts);
  if (brightest > 0) for (let n = 0; n < values.length; n++) values[n]! /= brightest;
  const start = (rows - 1) * columns;
  return {
    ...facts,
    unit: brightest,
    sheet: { values, mask, start, upStride: -columns, rightStride: 1, rows, columns },
  };
}

/** Where a detector pixel's centre lies in the picture: parts of its width from the left and of its height from the top. */
export function placeOf(
  { start, bin, shape }: Pick<PreparedFrame, 'start' | 'bin' | 'shape'>,
  row: number,
  column: number,
): readonly [number, number] {
  return [(column + 0.5 - start[1]) / (bin * shape[1]), (row + 0.5 - start[0]) / (bin * shape[0])];
}

/** What a frame has under a place of its picture, given in parts of its width from the left and of its height from the top; null outside. */
export function countsAt(
  { start, bin, shape, unit, sheet }: PreparedFrame,
  x: number,
  y: number,
): { readonly row: number; readonly column: number; readonly counts: number | null } | null {
  const [down, right] = [Math.floor(y * shape[0]), Math.floor(x * shape[1])];
  if (down < 0 || right < 0 || down >= shape[0] || right >= shape[1]) return null;
  const at = down * shape[1] + right;
  return {
    row: start[0] + down * bin,
    column: start[1] + right * bin,
    counts: sheet.mask[at] === 1 ? null : Math.round((sheet.values[at] ?? 0) * unit),
  };
}

/** Where the crosshair's lines point from the pixel, which stays free. */
export const arms = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
