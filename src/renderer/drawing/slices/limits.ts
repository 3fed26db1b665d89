import type { Range, ScaleName } from './scale';

/** How the ends of the colour bar are chosen. */
export const limitNames = ['auto', 'full', 'p1', 'p5', 'manual'] as const;
export type LimitName = (typeof limitNames)[number];

/** Ends set by hand, relative to a maximum of 1. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Share of the positive voxels under and above which the colour bar ends. */
const percentiles: Readonly<Record<'full' | 'p1' | 'p5', readonly [number, number]>> = {
  full: [0, 1],
  p1: [0.01, 0.99],
  p5: [0.05, 0.95],
};

/** Bounds of the automatic floor: never under six decades, never less than two. */
const smallestFloor = 1e-6;
const largestFloor = 1e-2;
/** Share of the positive voxels that may lie under the automatic floor. */
const floorQuantile = 0.2;
/** Voxels looked at for percentiles; a regular sample is as good as all of them. */
const sampleSize = 32768;
/** The knee of symlog stands this far above the floor, and this far below the top. */
const kneeAboveFloor = 10;

/** A sorted sample of the positive values among those measured. */
export function sampleOf(values: Float32Array, mask: Uint8Array): Float32Array {
  // An even stride would meet the same columns again and again.
  const stride = Math.max(1, Math.floor(values.length / sampleSize)) | 1;
  const positive = new Float32Array(Math.ceil(values.length / stride));
  let n = 0;
  for (let at = 0; at < values.length; at += stride) if (values[at]! > 0 && mask[at] === 0) positive[n++] = values[at]!;
  return positive.slice(0, n).sort();
}

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? largestFloor;

/**
 * The intensity (relative to a maximum of 1) at the bottom of the logarithmic scale: a low percentile of the
 * positive voxels, so that noise does not take the decades that the fringes need.
 */
export function autoFloor(sample: Float32Array): number {
  return Math.min(largestFloor, Math.max(smallestFloor, quantile(sample, floorQuantile)));
}

/**
 * Where the colour bar begins and ends. Always low < high, and low > 0 where the scale is logarithmic.
 * @param sample of {@link sampleOf}
 */
export function rangeOf(name: LimitName, ends: Ends, scale: ScaleName, sample: Float32Array): Range {
  const floor = autoFloor(sample);
  const knee = (high: number): number => Math.min(kneeAboveFloor * floor, high / kneeAboveFloor);
  if (name === 'auto') return { low: scale === 'log' ? floor : 0, high: 1, knee: knee(1) };
  const [low, high] =
    name === 'manual'
      ? [ends.low, ends.high]
      : [quantile(sample, percentiles[name][0]), name === 'full' ? 1 : quantile(sample, percentiles[name][1])];
  const top = high > 0 ? high : 1;
  const bottom = scale === 'log' && !(low > 0) ? Math.min(floor, top / kneeAboveFloor) : Math.max(0, low);
  return { low: bottom < top ? bottom : top / kneeAboveFloor, high: top, knee: knee(top) };
}
