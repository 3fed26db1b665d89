import { fft3, ifft3 } from '../math/fft3';
import type { Vec3 } from '../math/vector';
import { SIZE } from '../reduce/target';

/** The Fourier transform of a 64^3 volume: interleaved complex numbers, first axis slowest. Single precision: many are held at once. */
export type Spectrum = Float32Array;

const SHAPE = [SIZE, SIZE, SIZE] as const;
/** Newton's steps from the brightest voxel; three or four settle it, the others are room. */
const STEPS = 8;
/** Voxels; far below what counting noise leaves undecided: 2e-3 with a million counts, 0.04 with ten thousand. */
const SETTLED = 1e-4;

/** Signed frequency of each index; that at the very limit, whose sign nobody can tell, counts for nothing. */
const FREQUENCIES = Float64Array.from({ length: SIZE }, (_, k) => (k < SIZE / 2 ? k : k === SIZE / 2 ? 0 : k - SIZE));

export function spectrumOf(intensity: ArrayLike<number>): Spectrum {
  const data = new Float64Array(2 * SIZE ** 3);
  for (let v = 0; v < intensity.length; v++) data[2 * v] = intensity[v]!;
  return Float32Array.from(fft3(data, SHAPE));
}

/** exp(2 pi i k x / 64) of every frequency k: real parts, then imaginary ones. */
function wavesOf(x: number): Float64Array {
  const waves = new Float64Array(2 * SIZE);
  FREQUENCIES.forEach((k, n) => {
    waves[n] = Math.cos((2 * Math.PI * k * x) / SIZE);
    waves[SIZE + n] = Math.sin((2 * Math.PI * k * x) / SIZE);
  });
  return waves;
}

/** Adds a spectrum, moved back by `by` voxels and so many times, to a sum. */
export function addMoved(sum: Float64Array, spectrum: Spectrum, by: Vec3, times = 1): void {
  const [first, second, third] = by.map(wavesOf) as [Float64Array, Float64Array, Float64Array];
  for (let i = 0, v = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      const re = times * (first[i]! * second[j]! - first[SIZE + i]! * second[SIZE + j]!);
      const im = times * (first[i]! * second[SIZE + j]! + first[SIZE + i]! * second[j]!);
      for (let k = 0; k < SIZE; k++, v += 2) {
        const c = re * third[k]! - im * third[SIZE + k]!;
        const s = re * third[SIZE + k]! + im * third[k]!;
        sum[v]! += spectrum[v]! * c - spectrum[v + 1]! * s;
        sum[v + 1]! += spectrum[v]! * s + spectrum[v + 1]! * c;
      }
    }
  }
}

/**
 * By how much a pattern lies beside another: where their cross-correlation has its maximum, first among the voxels, then between them, where
 * its Fourier series tells it (as M. Guizar-Sicairos, S. Thurman and J. Fienup, Opt. Lett. 33 (2008) 156, by Newton's method instead of ever
 * finer grids). The moduli stay in: their phases alone would weigh the noise beyond the fringes like the pattern.
 * @returns voxels along the three axes, at most 32
 */
export function displacementOf(pattern: Spectrum, reference: ArrayLike<number>): Vec3 {
  const cross = new Float64Array(pattern.length);
  for (let n = 0; n < cross.length; n += 2) {
    const [a, b, c, d] = [pattern[n]!, pattern[n + 1]!, reference[n]!, reference[n + 1]!];
    cross[n] = a * c + b * d;
    cross[n + 1] = b * c - a * d;
  }
  let at = brightest(ifft3(cross.slice(), SHAPE));
  for (let step = 0; step < STEPS; step++) {
    const move = newtonStep(cross, at);
    at = [at[0] + move[0], at[1] + move[1], at[2] + move[2]];
    if (Math.hypot(...move) < SETTLED) break;
  }
  return at;
}

function brightest(correlation: Float64Array): Vec3 {
  let best = 0;
  for (let v = 2; v < correlation.length; v += 2) if (correlation[v]! > correlation[best]!) best = v;
  const voxel = best / 2;
  const [i, j, k] = [Math.floor(voxel / SIZE ** 2), Math.floor(voxel / SIZE) % SIZE, voxel % SIZE];
  const signed = (x: number): number => (x < SIZE / 2 ? x : x - SIZE);
  return [signed(i), signed(j), signed(k)];
}

/** From near the maximum of a Fourier series towards it, half a voxel at the most; nowhere where the series does not bend down. */
function newtonStep(cross: Float64Array, at: Vec3): Vec3 {
  const [first, second, third] = at.map(wavesOf) as [Float64Array, Float64Array, Float64Array];
  const slope = [0, 0, 0];
  // Second derivatives 11, 12, 13, 22, 23, 33.
  const bend = [0, 0, 0, 0, 0, 0];
  for (let i = 0, v = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      const [k1, k2] = [FREQUENCIES[i]!, FREQUENCIES[j]!];
      const re = first[i]! * second[j]! - first[SIZE + i]! * second[SIZE + j]!;
      const im = first[i]! * second[SIZE + j]! + first[SIZE + i]! * second[j]!;
      // Along the third axis: the value, and it times the frequency once and twice, real and imaginary.
      let [a, b, ak, bk, akk] = [0, 0, 0, 0, 0];
      for (let k = 0; k < SIZE; k++, v += 2) {
        const x = cross[v]! * third[k]! - cross[v + 1]! * third[SIZE + k]!;
        const y = cross[v]! * third[SIZE + k]! + cross[v + 1]! * third[k]!;
        const k3 = FREQUENCIES[k]!;
        a += x;
        b += y;
        ak += k3 * x;
        bk += k3 * y;
        akk += k3 * k3 * x;
      }
      // Imaginary and real parts of the whole wave.
      const [odd, oddK] = [re * b + im * a, re * bk + im * ak];
      const even = re * a - im * b;
      const evenK = re * ak - im * bk;
      slope[0]! -= k1 * odd;
      slope[1]! -= k2 * odd;
      slope[2]! -= oddK;
      bend[0]! -= k1 * k1 * even;
      bend[1]! -= k1 * k2 * even;
      bend[2]! -= k1 * evenK;
      bend[3]! -= k2 * k2 * even;
      bend[4]! -= k2 * evenK;
      bend[5]! -= re * akk;
    }
  }
  const per = SIZE / (2 * Math.PI);
  const step = solved(bend, slope).map((x) => -x * per);
  const length = Math.hypot(...step);
  const shrunk = length > 0.5 ? 0.5 / length : 1;
  return [step[0]! * shrunk, step[1]! * shrunk, step[2]! * shrunk];
}

/** x with H x = g for a symmetric H; zero where H is not negative definite. */
function solved(h: readonly number[], g: readonly number[]): Vec3 {
  const [a, b, c, d, e, f] = h as [number, number, number, number, number, number];
  const [x, y, z] = g as [number, number, number];
  const [p, q, r] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const [s, t, u] = [a * f - c * c, b * c - a * e, a * d - b * b];
  const determinant = a * p + b * q + c * r;
  if (!(a < 0 && u > 0 && determinant < 0)) return [0, 0, 0];
  return [
    (p * x + q * y + r * z) / determinant,
    (q * x + s * y + t * z) / determinant,
    (r * x + t * y + u * z) / determinant,
  ];
}
