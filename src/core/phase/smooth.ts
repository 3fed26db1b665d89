import type { CubeFft, Parts } from './fft';

/** Smooths the cube by a Gaussian of `sigma` voxels, by its transform; scaled by size^3. */
export function smooth([reAt, imAt]: Parts, sigma: number, fft: CubeFft): void {
  const { size } = fft;
  const [re, im] = [fft.cube(reAt), fft.cube(imAt)];
  fft.forward(reAt, imAt);
  const along = Float32Array.from({ length: size }, (_, k) => {
    const frequency = Math.min(k, size - k) / size;
    return Math.exp(-2 * (Math.PI * sigma * frequency) ** 2);
  });
  for (let i = 0, v = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const plane = along[i]! * along[j]!;
      for (let k = 0; k < size; k++, v++) {
        re[v]! *= plane * along[k]!;
        im[v]! *= plane * along[k]!;
      }
    }
  }
  fft.back(reAt, imAt);
}
