import type { Counts } from '@main/files/counts';
import type { ScanSource } from './types';

/**
 * A file's mask as a source hands it on: as it is where it fits the frames, else its shape, which is told.
 * @param shape of the mask; anything but 0 is masked
 * @param frames frames, rows and columns of the counts
 */
export function maskOf(
  data: ArrayLike<number>,
  shape: readonly number[],
  frames: readonly [number, number, number],
): Pick<ScanSource, 'mask' | 'unfitMask'> {
  // NumPy writes [1, rows, cols] for a mask that all frames share.
  const own = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
  const wanted = own.length === 3 ? frames : frames.slice(1);
  const fits = own.length === wanted.length && own.every((size, axis) => size === wanted[axis]);
  return fits
    ? { mask: Uint8Array.from({ length: data.length }, (_, i) => (data[i] === 0 ? 0 : 1)) }
    : { unfitMask: shape };
}

/** Largest value that an array of integers can hold; undefined for floats. Widened types are told by their own. */
export function maximumOf(data: Counts): number | undefined {
  if (data instanceof Float32Array || data instanceof Float64Array) return undefined;
  const bits = 8 * data.BYTES_PER_ELEMENT;
  return data instanceof Int32Array ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
}
