import { floatsOf } from '@contract/floats';
import type { Volume } from '@contract/volume';
import { encodeNpz } from '@main/files/npy';

/** The arrays of `reduce --out` (DESIGN section 6). */
export function volumeArrays(
  { intensity, mask, shape, origin, voxel, frame }: Volume,
  oversampling: number,
): Uint8Array {
  const axis = (k: 0 | 1 | 2): Float64Array => Float64Array.from({ length: shape[k] }, (_, i) => origin[k] + i * voxel);
  return encodeNpz({
    intensity: { shape: [...shape], data: floatsOf(intensity) },
    mask: { shape: [...shape], data: mask },
    qx: { shape: [shape[0]], data: axis(0) },
    qy: { shape: [shape[1]], data: axis(1) },
    qz: { shape: [shape[2]], data: axis(2) },
    voxel: { shape: [], data: Float64Array.of(voxel) },
    frame: { shape: [3, 3], data: Float64Array.from(frame.flat()) },
    oversampling: { shape: [], data: Float64Array.of(oversampling) },
  });
}
