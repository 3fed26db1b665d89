import { add, dot, scale, type Vec3 } from '../math/vector';
import type { DetectorCut } from '../reduce/detector-cut';
import { sizeOf, type Target } from '../reduce/target';

/**
 * A set of voxels of the object as it lies in the object of a detector's own frames: the discrete Fourier transform of counts on (frame, row,
 * column) has its object on axes that are oblique and of other steps. Voxel m of it lies at r = 2 pi J^-T (m / N), J the derivative of Q by the index.
 * @param body of the pattern on `target`'s cube, its middle at index size / 2
 * @returns like the cut's counts, 1 = inside, its middle at index size / 2
 */
export function onDetector(
  body: Uint8Array,
  target: Pick<Target, 'frame' | 'voxel' | 'size'>,
  { shape, affine }: Pick<DetectorCut, 'shape' | 'affine'>,
): Uint8Array {
  const size = sizeOf(target);
  // Of one step along each axis of the detector's object, in voxels along the axes of the target's.
  const steps = affine.inverse.map((row, axis) =>
    target.frame.map((along) => (dot(along, row) * size * target.voxel) / shape[axis]!),
  ) as unknown as readonly [Vec3, Vec3, Vec3];
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  const half = shape.map((n) => n / 2) as unknown as Vec3;
  for (let i = 0, v = 0; i < shape[0]; i++) {
    for (let j = 0; j < shape[1]; j++) {
      const row = add(scale(steps[0], i - half[0]), scale(steps[1], j - half[1]));
      for (let k = 0; k < shape[2]; k++, v++) {
        const [a, b, c] = add(row, scale(steps[2], k - half[2])).map((x) =>
          Math.round(x + size / 2),
        ) as unknown as Vec3;
        if ([a, b, c].every((x) => x >= 0 && x < size)) out[v] = body[(a * size + b) * size + c]!;
      }
    }
  }
  return out;
}
