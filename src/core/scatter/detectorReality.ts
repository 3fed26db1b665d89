import type { RandomStream } from '@core/random/stream';
import { crossGap, type Gap } from './gap';
import { CENTRE, SIDE } from './window';

/** What stands between a perfect pattern and a measured one. */
export interface Exposure {
  /** Expected counts of the brightest voxel. */
  readonly counts: number;
  /** Flat background, counts per voxel. */
  readonly background: number;
  /** Standard deviation of the Gaussian that partial coherence blurs the intensity by, voxels (an ideal beam: 0). */
  readonly coherence: number;
  /** Half-width of what the rocking curve covered, as a share of the cube's half-width; from sqrt(2) on nothing is missing. */
  readonly range: number;
  /** Direction of rocking, radian, in the plane of axes 1 and 2: across Q, as rocking turns the crystal. */
  readonly rocking: number;
  /** A gap between detector modules; none when left out. */
  readonly gap?: Gap;
}

/** Gaussian taps to three standard deviations, of sum 1. */
function taps(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}

/** Convolves one axis in place; what lies outside the cube counts as the cube's own edge. */
function blurAxis(data: Float64Array, stride: number, weights: Float64Array): void {
  const reach = (weights.length - 1) / 2;
  const line = new Float64Array(SIDE + 2 * reach);
  for (let block = 0; block < data.length; block += stride * SIDE) {
    for (let start = block; start < block + stride; start++) {
      for (let i = -reach; i < SIDE + reach; i++) {
        line[i + reach] = data[start + Math.min(SIDE - 1, Math.max(0, i)) * stride]!;
      }
      for (let i = 0; i < SIDE; i++) {
        let sum = 0;
        for (let w = 0; w < weights.length; w++) sum += weights[w]! * line[i + w]!;
        data[start + i * stride] = sum;
      }
    }
  }
}

/**
 * Blurs an intensity as a partially coherent beam does: convolution with the transform of a Gaussian mutual coherence
 * (J. N. Clark et al., Nature Comm. 3 (2012) 993), in place.
 * @param sigma voxels
 */
export function blur(intensity: Float64Array, sigma: number): Float64Array {
  if (sigma > 0) {
    const weights = taps(sigma);
    for (const stride of [1, SIDE, SIDE * SIDE]) blurAxis(intensity, stride, weights);
  }
  return intensity;
}

/**
 * Counts that a detector would have recorded of an intensity (any scale): blurred, scaled to the peak's counts, on its background,
 * drawn from Poisson's distribution, nothing where the scan did not reach, and a detector's gap filled from both its sides.
 * @param intensity 64^3; changed on the way
 * @returns counts, and the share of the expected counts that the crystal itself gave
 */
export function expose(
  intensity: Float64Array,
  exposure: Exposure,
  random: RandomStream,
): { counts: Float32Array; signal: number } {
  blur(intensity, exposure.coherence);
  let brightest = 0;
  for (const value of intensity) if (value > brightest) brightest = value;
  const perUnit = brightest > 0 ? exposure.counts / brightest : 0;
  const along = [Math.cos(exposure.rocking), Math.sin(exposure.rocking)] as const;
  const reach = exposure.range * CENTRE;
  const counts = new Float32Array(SIDE ** 3);
  let crystal = 0;
  let all = 0;
  for (let n = 0; n < counts.length; n++) {
    const j = ((n >> 6) & 63) - CENTRE;
    const k = (n & 63) - CENTRE;
    if (Math.abs(along[0] * j + along[1] * k) > reach) continue;
    const mean = intensity[n]! * perUnit;
    crystal += mean;
    all += mean + exposure.background;
    counts[n] = random.poisson(mean + exposure.background);
  }
  if (exposure.gap) crossGap(counts, exposure.gap, exposure.rocking);
  return { counts, signal: all > 0 ? crystal / all : 0 };
}
