import { fft3 } from '@core/math/fft3';
import type { Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import type { Repeat } from '@core/repeats/sum';
import { SIZE } from '@core/reduce/target';

/** A crystal, in voxels of the real space that belongs to the pattern's 64^3. */
export interface Crystal {
  readonly across?: Vec3;
  /** A screw dislocation along the first axis through this place. */
  readonly line?: readonly [number, number];
}

const HALF = SIZE / 2;

/**
 * Expected counts of a crystal's pattern, which add up to `counts`. Moving a pattern multiplies the crystal by a wave: that is exact, and no
 * interpolation.
 * @param shift from index 32, voxels
 */
export function patternOf(
  { across = [18, 15, 20], line }: Crystal,
  counts: number,
  shift: Vec3 = [0, 0, 0],
): Float32Array {
  const data = new Float64Array(2 * SIZE ** 3);
  for (let v = 0; v < SIZE ** 3; v++) {
    const [x, y, z] = [Math.floor(v / SIZE ** 2) - HALF, (Math.floor(v / SIZE) % SIZE) - HALF, (v % SIZE) - HALF];
    const [a, b, c] = [Math.abs(x) / across[0], Math.abs(y) / across[1], Math.abs(z) / across[2]];
    if (Math.max(a, b, c) > 0.5 || a + b + c > 1.1) continue;
    const wave = (HALF + shift[0]) * x + (HALF + shift[1]) * y + (HALF + shift[2]) * z;
    const phase = (2 * Math.PI * wave) / SIZE + (line ? Math.atan2(z - line[1], y - line[0]) : 0);
    data[2 * v] = Math.cos(phase);
    data[2 * v + 1] = Math.sin(phase);
  }
  fft3(data, [SIZE, SIZE, SIZE]);
  const pattern = Float32Array.from({ length: SIZE ** 3 }, (_, v) => data[2 * v]! ** 2 + data[2 * v + 1]! ** 2);
  const scale = counts / totalOf(pattern);
  return pattern.map((each) => scale * each);
}

export const totalOf = (volume: Float32Array): number => volume.reduce((sum, each) => sum + each, 0);

/** What a detector counts of a pattern. */
export function counted(expected: Float32Array, seed: number): Float32Array {
  const dice = stream(seed, 'repeats');
  return expected.map((mean) => dice.poisson(mean));
}

/** A repeat as it is reduced: maximum 1. */
export function repeatOf(counts: Float32Array, over: Partial<Repeat> = {}): Repeat {
  const brightest = counts.reduce((most, each) => Math.max(most, each), 0);
  return {
    intensity: counts.map((each) => each / brightest),
    mask: new Uint8Array(SIZE ** 3),
    voxel: 1e-3,
    counts: totalOf(counts),
    ...over,
  };
}

/** By how much amplitudes differ, over all amplitude there is. */
export function amplitudeError(a: Float32Array, b: Float32Array): number {
  const away = a.reduce((sum, each, v) => sum + (Math.sqrt(each) - Math.sqrt(b[v]!)) ** 2, 0);
  return Math.sqrt(away / totalOf(b));
}
