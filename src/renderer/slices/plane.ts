import type { PreparedVolume, Triple } from './volume';

export type Axis = 0 | 1 | 2;

/** A cut through the volume: the axis it is perpendicular to, and the axes drawn to the right and upwards. */
export interface Plane {
  readonly normal: Axis;
  readonly right: Axis;
  readonly up: Axis;
}

/**
 * The three linked cuts, as they stand in the two-by-two grid: cuts above each other share the axis to the right,
 * cuts beside each other the axis upwards, so that a feature is found by following a line.
 */
export const planes: readonly [Plane, Plane, Plane] = [
  { normal: 2, right: 1, up: 0 },
  { normal: 1, right: 2, up: 0 },
  { normal: 0, right: 1, up: 2 },
];

/** Width of one stripe of the hatching over voxels that were not measured. */
const hatchStripe = 2;

/**
 * Writes one cut as pixels, top row = highest index of the upward axis.
 * @param levels colour level of every voxel
 * @param colours 256 packed colours
 * @param hatch two packed colours, drawn as diagonal stripes where the mask is set
 * @param out shape[up] x shape[right] words of an ImageData
 */
export function paintSlice(
  volume: Pick<PreparedVolume, 'shape' | 'mask'>,
  plane: Plane,
  index: number,
  levels: Uint8Array,
  colours: Uint32Array,
  hatch: Uint32Array,
  out: Uint32Array,
): void {
  const strides: Triple = [volume.shape[1] * volume.shape[2], volume.shape[2], 1];
  const columns = volume.shape[plane.right];
  const rows = volume.shape[plane.up];
  for (let row = 0; row < rows; row++) {
    let voxel = index * strides[plane.normal] + (rows - 1 - row) * strides[plane.up];
    for (let column = 0; column < columns; column++) {
      out[row * columns + column] = volume.mask[voxel]
        ? hatch[Math.floor((row + column) / hatchStripe) % 2]!
        : colours[levels[voxel]!]!;
      voxel += strides[plane.right];
    }
  }
}
