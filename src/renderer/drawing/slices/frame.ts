import type { DetectorFrame } from '@contract/detector-frame';
import { floatsOf } from '@contract/floats';
import type { Sheet } from './sheet';

/** A detector frame as it is drawn. */
export interface PreparedFrame extends Omit<DetectorFrame, 'counts' | 'mask'> {
  /** Counts relative to the frame's brightest pixel; the first row is drawn on top, as detectors are read. */
  readonly sheet: Sheet;
}

/**
 * Unpacks a frame from the wire.
 * @throws RangeError where the bytes do not fill the shape
 */
export function prepareFrame({ counts, mask, ...facts }: DetectorFrame): PreparedFrame {
  const [rows, columns] = facts.shape;
  if (counts.byteLength !== rows * columns * 4 || mask.byteLength !== rows * columns)
    throw new RangeError(`a frame of ${rows} x ${columns} pixels arrived with other sizes`);
  const values = floatsOf(counts);
  if (facts.maximum > 0) for (let n = 0; n < values.length; n++) values[n]! /= facts.maximum;
  const start = (rows - 1) * columns;
  return { ...facts, sheet: { values, mask, start, upStride: -columns, rightStride: 1, rows, columns } };
}

/** Where a detector pixel's centre lies in the picture: parts of its width from the left and of its height from the top. */
export function placeOf(
  { start, bin, shape }: Pick<PreparedFrame, 'start' | 'bin' | 'shape'>,
  row: number,
  column: number,
): readonly [number, number] {
  return [(column + 0.5 - start[1]) / (bin * shape[1]), (row + 0.5 - start[0]) / (bin * shape[0])];
}

/** Where the crosshair's lines point from the pixel, which stays free. */
export const arms = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
