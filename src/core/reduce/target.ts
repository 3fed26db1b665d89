import type { Mat3, Vec3 } from '../math/vector';

/** Voxels along each edge of the volume the network sees (paper, 'Building the datasets'). */
export const SIZE = 64;

/** Where the volume's voxels lie: index i (0 to 63 along each axis) is at centre + frame^T (i - 32) voxel. */
export interface Target {
  /** Q at index (32, 32, 32), sample frame, 1/angstrom. */
  readonly centre: Vec3;
  /** Rows: the volume's axes in the sample frame. */
  readonly frame: Mat3;
  /** Edge of a voxel, 1/angstrom. */
  readonly voxel: number;
}

/** 64^3 voxels, first axis slowest. */
export interface Cube {
  readonly intensity: Float32Array;
  /** 1 where no measured pixel stands behind the voxel. */
  readonly mask: Uint8Array;
}

/** Q of a fractional voxel index. */
export function qOfVoxel({ centre, frame, voxel }: Target, index: Vec3): Vec3 {
  const d = index.map((i) => (i - SIZE / 2) * voxel) as unknown as Vec3;
  return [
    centre[0] + frame[0][0] * d[0] + frame[1][0] * d[1] + frame[2][0] * d[2],
    centre[1] + frame[0][1] * d[0] + frame[1][1] * d[1] + frame[2][1] * d[2],
    centre[2] + frame[0][2] * d[0] + frame[1][2] * d[1] + frame[2][2] * d[2],
  ];
}
