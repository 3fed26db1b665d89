import type { InsidePicture } from '@contract/inside';
import type { Triple } from '@renderer/drawing/slices/volume';
import type { QuantityName } from './quantity';

/** The phase, which there always is, and what follows from it where |Q| and the voxel are known. */
export type Fields = Readonly<
  Record<'phase', Float32Array> & Record<Exclude<QuantityName, 'phase'>, Float32Array | null>
>;

/** A line about which the phase winds. */
export interface SolidLine {
  /** In voxels, one after the other. */
  readonly points: readonly Triple[];
  /** How far below the surface it comes. */
  readonly depthVoxels: number;
}

/** A crystal as phase retrieval gives it, ready to be drawn: first axis slowest, and along Q where the volume lies in the Q frame. */
export interface Solid {
  readonly shape: Triple;
  /** Its largest is 1. */
  readonly modulus: Float32Array;
  /** Not a number outside the body; null where the scale is not known. */
  readonly fields: Fields;
  readonly lines: readonly SolidLine[];
  /** Unit vector along Q in the volume's axes. */
  readonly q: Triple;
  /** Edge of a voxel, nm; null where the pattern's own is not known. */
  readonly voxelNm: number | null;
  /** What of the volume has a body in it, in voxels. */
  readonly bounds: Bounds;
}

/** A cube about the body: its centre, and the distance from it to the farthest voxel of the body. */
export interface Bounds {
  readonly centre: Triple;
  readonly reach: number;
  /** First voxel and the one after the last along each axis. */
  readonly from: Triple;
  readonly to: Triple;
}

/** Where the body lies in a field that has numbers only in it; the whole volume where it has none. */
export function boundsOf(field: Float32Array, shape: Triple): Bounds {
  const from: [number, number, number] = [...shape];
  const to: [number, number, number] = [0, 0, 0];
  const each = (see: (place: Triple) => void): void => {
    for (let i = 0, n = 0; i < shape[0]; i++)
      for (let j = 0; j < shape[1]; j++)
        for (let k = 0; k < shape[2]; k++, n++) if (!Number.isNaN(field[n])) see([i, j, k]);
  };
  each((place) => {
    for (const axis of [0, 1, 2] as const) {
      from[axis] = Math.min(from[axis], place[axis]);
      to[axis] = Math.max(to[axis], place[axis] + 1);
    }
  });
  if (to[0] === 0)
    return { centre: middle([0, 0, 0], shape), reach: Math.max(...shape) / 2, from: [0, 0, 0], to: shape };
  const centre = middle(from, to);
  let reach = 1;
  each(([i, j, k]) => (reach = Math.max(reach, Math.hypot(i - centre[0], j - centre[1], k - centre[2]))));
  return { centre, reach, from, to };
}

/**
 * Unpacks a crystal from the wire.
 * @throws RangeError where the bytes do not fill the cubes
 */
export function prepareSolid(picture: InsidePicture): Solid {
  const { size, voxelNm, q, lines } = picture;
  const cube = (bytes: Uint8Array): Float32Array => {
    if (bytes.byteLength !== 4 * size ** 3)
      throw new RangeError(`a crystal of ${size}^3 voxels arrived with another size`);
    // The message decoder hands out views at any byte offset; a float view needs a multiple of four.
    return new Float32Array(bytes.slice().buffer);
  };
  const shape: Triple = [size, size, size];
  const phase = cube(picture.phase);
  return {
    shape,
    modulus: cube(picture.modulus),
    fields: {
      phase,
      displacement: picture.displacement && cube(picture.displacement),
      strain: picture.strain && cube(picture.strain),
    },
    lines,
    q,
    voxelNm,
    bounds: boundsOf(phase, shape),
  };
}

const middle = (from: Triple, to: Triple): Triple => [
  (from[0] + to[0] - 1) / 2,
  (from[1] + to[1] - 1) / 2,
  (from[2] + to[2] - 1) / 2,
];

/**
 * The value of a field about a place: the mean of the eight voxels around it that have one, each as much as it is near.
 * @param cyclic an angle: its mean is that of the directions
 * @returns not a number where none of them has any
 */
export function fieldAt(field: Float32Array, shape: Triple, place: Triple, cyclic: boolean): number {
  let [sum, sine, weights] = [0, 0, 0];
  for (let corner = 0; corner < 8; corner++) {
    let [weight, flat] = [1, 0];
    for (const axis of [0, 1, 2] as const) {
      const low = Math.floor(place[axis]);
      const index = low + ((corner >> axis) & 1);
      if (index < 0 || index >= shape[axis]) weight = 0;
      weight *= 1 - Math.abs(place[axis] - index);
      flat = flat * shape[axis] + index;
    }
    if (weight <= 0) continue;
    const value = field[flat]!;
    if (Number.isNaN(value)) continue;
    sum += weight * (cyclic ? Math.cos(value) : value);
    if (cyclic) sine += weight * Math.sin(value);
    weights += weight;
  }
  if (weights === 0) return NaN;
  return cyclic ? Math.atan2(sine, sum) : sum / weights;
}
