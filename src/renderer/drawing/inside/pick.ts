import { turned, type Rotation } from '@renderer/drawing/crystal/camera';
import type { Surface } from '@renderer/drawing/surface/nets';
import type { Triple } from '@renderer/drawing/slices/volume';

/** How far from the pointer a corner of the surface may lie, voxels. */
const near = 1;

/**
 * The place of a surface that is seen at a point of the screen; null beside it.
 * @param right voxels from the middle of the view, as `up`
 */
export function pickOn(
  { positions, normals }: Surface,
  centre: Triple,
  rotation: Rotation,
  right: number,
  up: number,
): Triple | null {
  let found: Triple | null = null;
  let best = -Infinity;
  for (let p = 0; p < positions.length; p += 3) {
    const [x, y, z] = turned(rotation, [
      positions[p]! - centre[0],
      positions[p + 1]! - centre[1],
      positions[p + 2]! - centre[2],
    ]);
    const towards = turned(rotation, [normals[p]!, normals[p + 1]!, normals[p + 2]!])[2];
    const off = Math.hypot(x - right, y - up);
    // Of those close by the one in front, and of two as far in front the closer one.
    if (off > near || towards < 0 || z - off <= best) continue;
    best = z - off;
    found = [positions[p]!, positions[p + 1]!, positions[p + 2]!];
  }
  return found;
}
