import { principalAxis } from '../math/principal';
import { add, dot, norm, scale, subtract, type Vec3 } from '../math/vector';

/** A line about which the phase winds: a dislocation's core, if it is long. */
export interface VortexLine {
  /** Where it pierces the grid's plaquettes, voxel indices, in order; the phase grows by 2 pi about it, right-handed. */
  readonly points: readonly Vec3[];
  /** It comes back to its beginning; otherwise it ends at the surface of the set that was searched. */
  readonly closed: boolean;
}

/** A plaquette that a line passes, as a way from one cell of the dual grid to the next. */
interface Passage {
  readonly to: number;
  readonly at: Vec3;
  readonly direction: Vec3;
}

const turn = (difference: number): number => difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI));

/**
 * Every line about which the phase of an object winds, within a set of voxels: the winding number of each plaquette of four neighbours
 * (the sum of the four phase steps, each taken the short way, over 2 pi), chained from cell to cell of the dual grid. Within the set as
 * many lines enter a cell as leave it, so that no line ends but at the set's surface (Nye and Berry, Proc. R. Soc. A 336 (1974) 165).
 * @param re real part, size^3 @param im imaginary part @param inside 1 = searched
 * @returns the lines, those of most points first
 */
export function vortexLines(re: Float32Array, im: Float32Array, inside: Uint8Array, size: number): VortexLine[] {
  const ways = passages(re, im, inside, size);
  const entered = new Set([...ways.values()].flat().map(({ to }) => to));
  const lines: VortexLine[] = [];
  // Those that come in through the surface first, then the rings.
  const begins = [...ways.keys()].filter((cell) => !entered.has(cell));
  for (const cell of [...begins, ...ways.keys()]) {
    for (let line = follow(cell, ways); line; line = follow(cell, ways)) lines.push(line);
  }
  return lines.sort((a, b) => b.points.length - a.points.length);
}

function passages(re: Float32Array, im: Float32Array, inside: Uint8Array, size: number): Map<number, Passage[]> {
  const steps = [size * size, size, 1] as const;
  const phase = new Float32Array(re.length);
  for (let v = 0; v < phase.length; v++) if (inside[v] === 1) phase[v] = Math.atan2(im[v]!, re[v]!);
  const ways = new Map<number, Passage[]>();
  for (let v = 0; v < phase.length; v++) {
    if (inside[v] === 0) continue;
    const place: Vec3 = [Math.floor(v / steps[0]), Math.floor(v / steps[1]) % size, v % size];
    for (const normal of [0, 1, 2] as const) {
      const a = ((normal + 1) % 3) as 0 | 1 | 2;
      const b = ((normal + 2) % 3) as 0 | 1 | 2;
      if (place[a] === size - 1 || place[b] === size - 1) continue;
      const corners = [v, v + steps[a], v + steps[a] + steps[b], v + steps[b]] as const;
      if (corners.some((corner) => inside[corner] === 0)) continue;
      const [p, q, r, s] = corners.map((corner) => phase[corner]!) as [number, number, number, number];
      const winding = Math.round((turn(q - p) + turn(r - q) + turn(s - r) + turn(p - s)) / (2 * Math.PI));
      if (winding === 0) continue;
      const at = place.map((x, axis) => (axis === normal ? x : x + 0.5)) as unknown as Vec3;
      const direction = [0, 1, 2].map((axis) => (axis === normal ? winding : 0)) as unknown as Vec3;
      const [below, above] = [v - steps[normal], v];
      const [from, to] = winding > 0 ? [below, above] : [above, below];
      ways.set(from, [...(ways.get(from) ?? []), { to, at, direction }]);
    }
  }
  return ways;
}

/** Follows a line from a cell until it ends or comes back, and takes its passages away. */
function follow(start: number, ways: Map<number, Passage[]>): VortexLine | undefined {
  const points: Vec3[] = [];
  let cell = start;
  let last: Vec3 | undefined;
  for (;;) {
    const open = ways.get(cell);
    if (!open || open.length === 0) break;
    // Where two lines touch in one cell, each goes on as straight as it can.
    const straight = (way: Passage): number => (last ? dot(way.direction, last) : 0);
    const way = open.reduce((best, each) => (straight(each) > straight(best) ? each : best));
    ways.set(
      cell,
      open.filter((each) => each !== way),
    );
    points.push(way.at);
    last = way.direction;
    cell = way.to;
    if (cell === start) break;
  }
  return points.length > 0 ? { points, closed: cell === start } : undefined;
}

/** Extent of a line along its own main direction (voxels), and that direction, a unit vector the way the line runs. */
export function extentOf({ points }: VortexLine): { readonly length: number; readonly direction: Vec3 } {
  const middle = scale(points.reduce(add), 1 / points.length);
  const axis = principalAxis(points.map((point) => subtract(point, middle)));
  const along = points.map((point) => dot(point, axis));
  const forward = along.at(-1)! >= along[0]!;
  return { length: Math.max(...along) - Math.min(...along), direction: scale(axis, forward ? 1 : -1) };
}

/** Points on either side of one that its smoothed place is the mean of: a line runs from face to face of the grid's cells. */
const SMOOTHED_BY = 3;

/** A line's places without the grid's steps, the ends of an open one left where they are. */
export function smoothed({ points, closed }: VortexLine): Vec3[] {
  const n = points.length;
  return points.map((_, i) => {
    const reach = closed ? Math.min(SMOOTHED_BY, Math.floor((n - 1) / 2)) : Math.min(SMOOTHED_BY, i, n - 1 - i);
    const near = Array.from({ length: 2 * reach + 1 }, (_unused, k) => points[(i + k - reach + n) % n]!);
    return scale(near.reduce(add), 1 / near.length);
  });
}

/** How far below a body's surface a line comes, voxels: from its deepest point to the nearest voxel outside. */
export function depthOf(points: readonly Vec3[], body: Uint8Array, size: number): number {
  const outside: Vec3[] = [];
  for (let v = 0; v < body.length; v++) {
    if (body[v] !== 0) continue;
    const near = [size * size, size, 1].some((step) => (body[v - step] ?? 0) !== 0 || (body[v + step] ?? 0) !== 0);
    if (near) outside.push([Math.floor(v / size ** 2), Math.floor(v / size) % size, v % size]);
  }
  const below = (point: Vec3): number =>
    outside.reduce((least, place) => Math.min(least, norm(subtract(point, place))), Infinity);
  return points.length === 0 || outside.length === 0 ? 0 : Math.max(...points.map(below));
}
