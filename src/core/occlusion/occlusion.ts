/**
 * Occlusion sensitivity (Zeiler and Fergus 2014; paper, Supplementary Fig. 13): a sphere of the pattern is masked, and how far the
 * verdict's probability falls tells how much the network relied on what was there.
 */

export type Place = readonly [number, number, number];

/** How a map is made. */
export interface OcclusionPlan {
  /** Edge of the volume, voxels. */
  readonly size: number;
  /** Of the sphere, voxels. */
  readonly radius: number;
  /** Between centres of the finished map. */
  readonly stride: number;
  /** Between centres of the first, coarse pass: a multiple of the stride. */
  readonly coarse: number;
}

/** Centres along an axis, symmetric about the middle voxel, which is one of them. */
export function axis(size: number, stride: number): number[] {
  const each = Math.floor(size / 2 / stride);
  return Array.from({ length: 2 * each + 1 }, (_, i) => size / 2 + (i - each) * stride);
}

/** Every centre of a grid, first axis slowest. */
export const grid = (size: number, stride: number): Place[] => {
  const along = axis(size, stride);
  return along.flatMap((i) => along.flatMap((j) => along.map((k): Place => [i, j, k])));
};

/**
 * A copy of a volume without what lies in a sphere.
 * @param out size^3, overwritten
 */
export function mask(volume: Float32Array, size: number, centre: Place, radius: number, out: Float32Array): void {
  out.set(volume);
  const span = (c: number): [number, number] => [
    Math.max(0, Math.ceil(c - radius)),
    Math.min(size - 1, Math.floor(c + radius)),
  ];
  const [[i0, i1], [j0, j1]] = [span(centre[0]), span(centre[1])];
  for (let i = i0; i <= i1; i++) {
    for (let j = j0; j <= j1; j++) {
      const left = radius ** 2 - (i - centre[0]) ** 2 - (j - centre[1]) ** 2;
      if (left < 0) continue;
      const half = Math.sqrt(left);
      const row = (i * size + j) * size;
      const from = Math.max(0, Math.ceil(centre[2] - half));
      const to = Math.min(size - 1, Math.floor(centre[2] + half));
      if (to >= from) out.fill(0, row + from, row + to + 1);
    }
  }
}

/** A map under way, on the grid of the finished stride. */
export interface OcclusionGrid {
  /** Centres along each axis. */
  readonly axis: readonly number[];
  /** Probability lost at each centre, first axis slowest: computed, or interpolated from computed ones. */
  readonly drop: Float32Array;
  /** 1 where computed. */
  readonly measured: Uint8Array;
}

/** Value between eight neighbours on the coarse grid; beyond its last centres, that of the nearest. */
function interpolate(at: Place, coarse: readonly number[], value: (i: number, j: number, k: number) => number): number {
  const step = coarse.length > 1 ? coarse[1]! - coarse[0]! : 1;
  const position = at.map((x) => Math.min(coarse.length - 1, Math.max(0, (x - coarse[0]!) / step)));
  const low = position.map((p) => Math.min(Math.floor(p), Math.max(0, coarse.length - 2)));
  let sum = 0;
  for (let n = 0; n < 8; n++) {
    const index = low.map((l, a) => Math.min(coarse.length - 1, l + ((n >> a) & 1)));
    const weight = position.reduce((w, p, a) => w * ((n >> a) & 1 ? p - low[a]! : 1 - (p - low[a]!)), 1);
    if (weight > 0) sum += weight * value(index[0]!, index[1]!, index[2]!);
  }
  return sum;
}

/** The finer grid filled from the coarse one, whose values are kept where the two share a centre. */
export function refine({ size, stride, coarse }: OcclusionPlan, coarseDrop: Float32Array): OcclusionGrid {
  const [fine, wide] = [axis(size, stride), axis(size, coarse)];
  const n = wide.length;
  const places = grid(size, stride);
  const value = (i: number, j: number, k: number): number => coarseDrop[(i * n + j) * n + k]!;
  const shared = new Set(wide);
  return {
    axis: fine,
    drop: Float32Array.from(places, (at) => interpolate(at, wide, value)),
    measured: Uint8Array.from(places, (at) => (at.every((x) => shared.has(x)) ? 1 : 0)),
  };
}

/** Below this share of the largest change, a place between coarse centres is not worth a run of its own. */
const WORTH = 0.1;

/** Indices of the map that are worth computing: not yet measured, and something happens there; the most telling first. */
export function worthwhile({ drop, measured }: OcclusionGrid): number[] {
  const most = drop.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return [...drop.keys()]
    .filter((n) => !measured[n] && Math.abs(drop[n]!) >= WORTH * most && most > 0)
    .sort((a, b) => Math.abs(drop[b]!) - Math.abs(drop[a]!));
}

/**
 * Whether a sphere reaches into the central cube that a network's layers see, mirrored windows included; where it does not, masking
 * changes nothing.
 */
export function reaches(centre: Place, radius: number, size: number, window: number): boolean {
  const [low, high] = [(size - window) / 2, (size + window) / 2];
  const gaps = centre.map((c) => Math.max(0, low - c, c - high));
  return Math.hypot(...gaps) <= radius;
}

/** A place of the map, and what masking it does to the probability. */
export interface Spot {
  readonly place: Place;
  /** From the middle voxel, where the peak's centre of mass lies; voxels. */
  readonly distance: number;
  /** Probability lost there; below 0 where it rises. */
  readonly drop: number;
}

/** The places computed so far at which the probability falls most and rises most; of equal ones that nearest to the peak. */
export function extremes(
  { axis: centres, drop, measured }: OcclusionGrid,
  size: number,
): { falls?: Spot; rises?: Spot } {
  const n = centres.length;
  const spot = (index: number): Spot => {
    const place: Place = [
      centres[Math.floor(index / n ** 2)]!,
      centres[Math.floor(index / n) % n]!,
      centres[index % n]!,
    ];
    return { place, distance: Math.hypot(...place.map((x) => x - size / 2)), drop: drop[index]! };
  };
  const [first, ...others] = [...drop.keys()].filter((index) => measured[index]).map(spot);
  if (!first) return {};
  const better = (sign: number) => (a: Spot, b: Spot) =>
    sign * b.drop > sign * a.drop || (b.drop === a.drop && b.distance < a.distance) ? b : a;
  const [falls, rises] = [others.reduce(better(1), first), others.reduce(better(-1), first)];
  return { ...(falls.drop > 0 && { falls }), ...(rises.drop < 0 && { rises }) };
}
