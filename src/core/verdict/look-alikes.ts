import { distanceBetween, type Gaussians } from './gaussian';

/** Decades below the maximum that a thumbnail shows. */
export const DECADES = 4;
/** Few enough grey levels to compress well, more than a picture of this size shows. */
const LEVELS = 63;

export interface Neighbour {
  /** Which of those given. */
  readonly index: number;
  readonly distance: number;
}

/**
 * The nearest of many vectors, nearest first.
 * @param many one after the other, each as long as `vector`
 */
export function nearest(
  precision: Gaussians['precision'],
  many: Float32Array,
  vector: ArrayLike<number>,
  count: number,
): Neighbour[] {
  const length = vector.length;
  return Array.from({ length: many.length / length }, (_, index) => ({
    index,
    distance: distanceBetween(precision, many.subarray(index * length, (index + 1) * length), vector),
  }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}

/**
 * The three cuts through a pattern's centre, one byte a pixel, on a logarithmic scale of {@link DECADES} decades below 1. Cut n is across
 * axis n; of the other two axes the first runs along its rows.
 * @param volume size^3, maximum 1, centre of mass at size / 2
 * @param edge of each cut, pixels, and of the central cube that it shows at full resolution
 * @returns 3 x edge^2
 */
export function thumbnail(volume: ArrayLike<number>, edge: number, size = 64): Uint8Array {
  const [centre, from] = [size / 2, (size - edge) / 2];
  const strides = [size * size, size, 1] as const;
  const out = new Uint8Array(3 * edge ** 2);
  for (let normal = 0; normal < 3; normal++) {
    const [row, column] = strides.filter((_, axis) => axis !== normal) as [number, number];
    for (let i = 0; i < edge; i++) {
      for (let k = 0; k < edge; k++) {
        const value = volume[centre * strides[normal]! + (from + i) * row + (from + k) * column]!;
        const share = value > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(value) / DECADES)) : 0;
        out[(normal * edge + i) * edge + k] = Math.round((Math.round(share * LEVELS) * 255) / LEVELS);
      }
    }
  }
  return out;
}
