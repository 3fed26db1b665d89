import type { Volume } from '@contract/volume';

/** A small volume on the wire whose voxel values are given by a function; the shape tells the axes apart. */
export function wireVolume(
  shape: readonly [number, number, number],
  value: (i: number, j: number, k: number) => number,
  masked: (i: number, j: number, k: number) => boolean = () => false,
): Volume {
  const intensity = new Float32Array(shape[0] * shape[1] * shape[2]);
  const mask = new Uint8Array(intensity.length);
  let n = 0;
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++, n++) {
        intensity[n] = value(i, j, k);
        mask[n] = masked(i, j, k) ? 1 : 0;
      }
  return {
    shape: [...shape],
    intensity: new Uint8Array(intensity.buffer),
    mask,
    origin: [2, -0.1, -0.1],
    voxel: 0.01,
    frame: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    frameName: 'q',
  };
}
