import { fft3 } from '../math/fft3';
import { SIZE } from './target';

/** Share of the autocorrelation's maximum that counts as inside, unless noise calls for more. */
const INSIDE = 0.04;
/** The threshold stays this many times above the autocorrelation's noise. */
const NOISE_FACTOR = 4;

/**
 * Size of the crystal from its diffraction: the Fourier transform of the intensity is the autocorrelation of the
 * crystal's (complex) density, whose support is twice as wide as the crystal whatever strain or dislocation it holds.
 * The volume V_A above a threshold gives D = (V_A / 8)^(1/3) / x, where x says how much of its support the
 * autocorrelation of a sphere, 1 - 3x/2 + x^3/2, has above the same threshold.
 * @param intensity 64^3, not averaged over more than a voxel: blur takes from the autocorrelation's rim
 * @param voxel edge of a voxel, 1/angstrom (with the 2 pi)
 * @returns D = V^(1/3), angstrom; undefined where nothing stands out of the noise
 */
export function crystalSize(intensity: Float32Array, voxel: number): number | undefined {
  const data = new Float64Array(2 * SIZE ** 3);
  for (let i = 0; i < intensity.length; i++) data[2 * i] = intensity[i]!;
  fft3(data, [SIZE, SIZE, SIZE]);
  const modulus = new Float32Array(SIZE ** 3);
  for (let i = 0; i < modulus.length; i++) modulus[i] = Math.sqrt(data[2 * i]! ** 2 + data[2 * i + 1]! ** 2);

  const maximum = centralValue(modulus);
  const threshold = Math.max(INSIDE, (NOISE_FACTOR * noiseLevel(modulus)) / maximum);
  if (!(maximum > 0) || threshold > 0.6) return undefined;
  let inside = 0;
  for (const value of modulus) if (value > threshold * maximum) inside++;
  const step = (2 * Math.PI) / (SIZE * voxel);
  return (step * Math.cbrt(inside / 8)) / sphereReach(threshold);
}

/** The maximum without what background and counting noise add at the very centre alone: extrapolated from the two next shells. */
function centralValue(modulus: Float32Array): number {
  let extrapolated = 0;
  for (const stride of [1, SIZE, SIZE * SIZE]) {
    extrapolated += (2 * modulus[stride]! - modulus[2 * stride]!) / 3;
  }
  return Math.min(extrapolated, modulus[0]!);
}

/** Median modulus in the corner farthest from the centre, where no crystal that is sampled at all has any autocorrelation. */
function noiseLevel(modulus: Float32Array): number {
  const half = SIZE / 2;
  const values: number[] = [];
  for (let i = half - 4; i < half + 4; i++) {
    for (let j = half - 4; j < half + 4; j++) {
      for (let k = half - 4; k < half + 4; k++) values.push(modulus[(i * SIZE + j) * SIZE + k]!);
    }
  }
  values.sort((a, b) => a - b);
  return values[values.length >> 1]!;
}

/** Share x of a sphere's diameter at which its autocorrelation has fallen to `level`, by bisection. */
function sphereReach(level: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const x = (low + high) / 2;
    if (1 - 1.5 * x + 0.5 * x ** 3 > level) low = x;
    else high = x;
  }
  return low;
}
