import type { Mat3, Vec3 } from '../math/vector';

/** Voxels along each edge of the volume the network sees (paper, 'Building the datasets'). */
export const SIZE = 64;

/** Where the volume's voxels lie: index i (0 to size - 1 along each axis) is at centre + frame^T (i - size / 2) voxel. */
export interface Target {
  /** Voxels along each edge; {@link SIZE} where left out. */
  readonly size?: number;
  /** Q at index (32, 32, 32) (size / 2), sample frame, 1/angstrom. */
  readonly centre: Vec3;
  /** Rows: the volume's axes in the sample frame. */
  readonly frame: Mat3;
  /** Edge of a voxel, 1/angstrom. */
  readonly voxel: number;
}

/** Voxels along each edge of a target's volume. */
export const sizeOf = ({ size = SIZE }: Pick<Target, 'size'>): number => size;

/** size^3 voxels, first axis slowest. */
export interface Cube {
  readonly intensity: Float32Array;
  /** 1 where no measured pixel stands behind the voxel, whatever it was filled with. */
  readonly mask: Uint8Array;
}

/** Q of a fractional voxel index. */
export function qOfVoxel(target: Target, index: Vec3): Vec3 {
  const { centre, frame, voxel } = target;
  const half = sizeOf(target) / 2;
  const d = index.map((i) => (i - half) * voxel) as unknown as Vec3;
  return [
    centre[0] + frame[0][0] * d[0] + frame[1][0] * d[1] + frame[2][0] * d[2],
    centre[1] + frame[0][1] * d[0] + frame[1][1] * d[1] + frame[2][1] * d[2],
    centre[2] + frame[0][2] * d[0] + frame[1][2] * d[1] + frame[2][2] * d[2],
  ];
}
