import type { OcclusionMap } from '@contract/occlusion';
import { floatsOf } from '@contract/floats';
import { points } from '@renderer/format';
import type { AxisLabel } from './draw';
import type { Plane } from './plane';

type Triple = readonly [number, number, number];

/** An occlusion map as the screen draws it. */
export interface PreparedOcclusion {
  readonly map: OcclusionMap;
  /** Probability lost at each centre, first axis slowest. */
  readonly drop: Float32Array;
  /** Largest change either way: the end of the colour bar. */
  readonly most: number;
  /** Smallest and largest, 0 included. */
  readonly range: readonly [number, number];
}

/** Changes below this would be drawn as loud as large ones if the colours followed them all the way down. */
const leastRange = 0.02;

/** A rise too small to be seen gets no room on the bar. */
const leastRise = 0.005;

/** Ends of the map's colour bar: probability lost, below 0 where it rises. */
export function barEnds({ range, most }: PreparedOcclusion): readonly [low: number, high: number] {
  const low = range[0] < -leastRise ? range[0] : 0;
  return [low, low < 0 ? Math.max(range[1], leastRise) : most];
}

/**
 * Labels of the map's colour bar in percentage points, at parts of its length.
 * @param apart part of its length that two of them need between them
 */
export function barLabels(occlusion: PreparedOcclusion, apart: number): readonly AxisLabel[] {
  const [low, high] = barEnds(occlusion);
  const zero = Math.abs(low) / (high - low);
  return [
    ...(low < 0 ? [{ t: 0, label: `−${points(low)}` }] : []),
    ...(zero === 0 || (zero > apart && zero < 1 - apart) ? [{ t: zero, label: '0' }] : []),
    { t: 1, label: points(high) },
  ];
}

/**
 * Unpacks a map from the wire.
 * @throws RangeError where the bytes do not fill its grid
 */
export function prepareOcclusion(map: OcclusionMap): PreparedOcclusion {
  const size = map.axis.length ** 3;
  if (map.drop.byteLength !== 4 * size || map.measured.byteLength !== size)
    throw new RangeError(`a map of ${map.axis.length}^3 places arrived with other sizes`);
  const drop = floatsOf(map.drop);
  const range = drop.reduce<readonly [number, number]>(
    ([low, high], d) => [Math.min(low, d), Math.max(high, d)],
    [0, 0],
  );
  return { map, drop, range, most: Math.max(leastRange, range[1], -range[0]) };
}

/** Where an index lies between two centres of the map: the lower one's number, and how far towards the next. */
function between(axis: readonly number[], index: number): readonly [number, number] {
  if (axis.length < 2) return [0, 0];
  const position = (index - axis[0]!) / (axis[1]! - axis[0]!);
  const low = Math.min(axis.length - 2, Math.max(0, Math.floor(position)));
  return [low, Math.min(1, Math.max(0, position - low))];
}

/** A value of the map between its centres, and whether all centres that it comes from were computed. */
export function dropAt(
  { map, drop }: PreparedOcclusion,
  voxel: Triple,
): { readonly drop: number; readonly computed: boolean } {
  const n = map.axis.length;
  const at = voxel.map((index) => between(map.axis, index));
  let sum = 0;
  let computed = true;
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    let flat = 0;
    for (let axis = 0; axis < 3; axis++) {
      const [low, part] = at[axis]!;
      const next = (corner >> axis) & 1;
      weight *= next ? part : 1 - part;
      flat = flat * n + Math.min(n - 1, low + next);
    }
    if (weight === 0) continue;
    sum += weight * drop[flat]!;
    computed &&= map.measured[flat] === 1;
  }
  return { drop: sum, computed };
}

/** Where the probability falls, and where it rises; told apart from all colour maps by people who see no red or no green, too. */
const falls = [255, 58, 108] as const;
const rises = [70, 200, 255] as const;

/** Red, green, blue and opacity (0 to 255) of a change, from -1 (rises by the most) to 1 (falls by the most). */
export function dropColour(part: number): readonly [number, number, number, number] {
  const strength = Math.min(1, Math.abs(part));
  // Below a straight line faint changes would vanish on a bright cut.
  return [...(part >= 0 ? falls : rises), Math.round(255 * strength ** 0.7)];
}

/**
 * Writes the map over one cut as pixels, top row = highest index of the upward axis.
 * @param shape of the volume that the cut is through
 * @param out shape[up] x shape[right] x 4 bytes of an ImageData
 */
export function paintOcclusion(
  occlusion: PreparedOcclusion,
  shape: Triple,
  plane: Plane,
  index: number,
  out: Uint8ClampedArray,
): void {
  const columns = shape[plane.right];
  const rows = shape[plane.up];
  const voxel: [number, number, number] = [0, 0, 0];
  voxel[plane.normal] = index;
  for (let row = 0; row < rows; row++) {
    voxel[plane.up] = rows - 1 - row;
    for (let column = 0; column < columns; column++) {
      voxel[plane.right] = column;
      out.set(dropColour(dropAt(occlusion, voxel).drop / occlusion.most), 4 * (row * columns + column));
    }
  }
}
