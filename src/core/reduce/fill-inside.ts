import type { Vec3 } from '../math/vector';

/** Holes up to so many voxels are bridged. */
const REACH = 12;

/**
 * Fills unmeasured voxels of a volume that lie between measured ones, in place: along each of the three axes on a straight line, the
 * shorter bridges the heavier. What lies outside the measured region stays 0.
 * @param mask like the intensity, 0 = measured
 */
export function fillInside(intensity: Float32Array, mask: Uint8Array, [frames, rows, cols]: Vec3): void {
  const strides = [rows * cols, cols, 1] as const;
  const sizes = [frames, rows, cols] as const;
  const side = (at: number, index: number, axis: 0 | 1 | 2, sign: 1 | -1): number => {
    const room = sign < 0 ? index : sizes[axis] - 1 - index;
    for (let d = 1; d <= Math.min(REACH, room); d++) if (mask[at + sign * d * strides[axis]] === 0) return d;
    return 0;
  };
  // Written at masked places only, read at measured ones only.
  for (let f = 0, at = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < cols; c++, at++) {
        if (mask[at] === 0) continue;
        let value = 0;
        let weights = 0;
        for (const [axis, index] of [f, r, c].entries() as Iterable<[0 | 1 | 2, number]>) {
          const low = side(at, index, axis, -1);
          const high = low > 0 ? side(at, index, axis, 1) : 0;
          if (low === 0 || high === 0) continue;
          const span = low + high;
          const [a, b] = [intensity[at - low * strides[axis]]!, intensity[at + high * strides[axis]]!];
          value += (a + (low / span) * (b - a)) / span ** 2;
          weights += 1 / span ** 2;
        }
        intensity[at] = weights > 0 ? value / weights : 0;
      }
    }
  }
}
