export const scaleNames = ['log', 'linear', 'sqrt', 'symlog'] as const;
export type ScaleName = (typeof scaleNames)[number];

/** Bounds of the automatic floor: never under six decades, never less than two. */
const smallestFloor = 1e-6;
const largestFloor = 1e-2;
/** Share of the positive voxels that may lie under the floor. */
const floorQuantile = 0.2;
/** Voxels looked at for the floor; a regular sample is as good as all of them. */
const floorSample = 8192;

/**
 * The intensity (relative to a maximum of 1) at the bottom of the logarithmic scale: a low percentile of the
 * positive voxels, so that noise does not take the decades that the fringes need.
 */
export function autoFloor(intensity: Float32Array): number {
  const stride = Math.max(1, Math.floor(intensity.length / floorSample));
  const positive: number[] = [];
  for (let n = 0; n < intensity.length; n += stride) if (intensity[n]! > 0) positive.push(intensity[n]!);
  if (positive.length === 0) return largestFloor;
  positive.sort((a, b) => a - b);
  const low = positive[Math.floor(positive.length * floorQuantile)]!;
  return Math.min(largestFloor, Math.max(smallestFloor, low));
}

/** Maps an intensity in 0..1 to the position on the colour bar in 0..1; what lies under the floor is 0, never left out. */
export function scaler(scale: ScaleName, floor: number): (value: number) => number {
  if (scale === 'linear') return clamp;
  if (scale === 'sqrt') return (value) => clamp(Math.sqrt(Math.max(0, value)));
  if (scale === 'symlog') {
    // Linear up to ten times the floor, logarithmic above.
    const linear = floor * 10;
    const top = Math.log1p(1 / linear);
    return (value) => clamp(Math.log1p(Math.max(0, value) / linear) / top);
  }
  const bottom = Math.log(floor);
  return (value) => (value <= floor ? 0 : clamp(1 - Math.log(value) / bottom));
}

/** Values to label on the colour bar, ascending. */
export function scaleTicks(scale: ScaleName, floor: number): readonly number[] {
  if (scale === 'linear') return [0, 0.25, 0.5, 0.75, 1];
  if (scale === 'sqrt') return [0, 0.04, 0.25, 0.64, 1];
  const ticks: number[] = [];
  for (let power = Math.ceil(Math.log10(floor) - 1e-9); power <= 0; power++) ticks.push(10 ** power);
  return scale === 'symlog' ? [0, ...ticks.filter((tick) => tick >= floor * 10)] : ticks;
}

function clamp(t: number): number {
  return t < 0 ? 0 : t > 1 ? 1 : t;
}
