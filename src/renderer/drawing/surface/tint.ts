import { dropAt, dropColour, type PreparedOcclusion } from '@renderer/drawing/slices/occlusion-map';
import type { LogField } from './field';
import type { Surface } from './nets';
import { shadesOf } from './raster';

/** Tints from the strongest rise of the probability to its strongest fall; the middle one is no change. */
const levels = 65;

/** A tint for every vertex: how the probability changes when the ball hides that place. */
export function tintsOf(
  { positions }: Surface,
  { step }: Pick<LogField, 'step'>,
  occlusion: PreparedOcclusion,
): Uint8Array {
  const tints = new Uint8Array(positions.length / 3);
  // A block of the field stands for its voxels' middle.
  const voxel = (index: number): number => index * step + (step - 1) / 2;
  for (let v = 0, p = 0; v < tints.length; v++, p += 3) {
    const { drop } = dropAt(occlusion, [voxel(positions[p]!), voxel(positions[p + 1]!), voxel(positions[p + 2]!)]);
    const part = Math.min(1, Math.max(-1, drop / occlusion.most));
    tints[v] = Math.round(((part + 1) / 2) * (levels - 1));
  }
  return tints;
}

/**
 * The map's colours laid over a surface's own, in all lights: one row of shades after the other, a row for each tint.
 * @param opacity of the map, 0 to 1
 */
export function tintedShades(own: readonly [number, number, number], opacity: number): Uint32Array {
  const rows = Array.from({ length: levels }, (_, n) => {
    const [red, green, blue, alpha] = dropColour((2 * n) / (levels - 1) - 1);
    const cover = (alpha / 255) * opacity;
    const mixed = [red, green, blue].map((over, i) => own[i]! + (over - own[i]!) * cover);
    return shadesOf(mixed as [number, number, number]);
  });
  const all = new Uint32Array(rows.reduce((sum, { length }) => sum + length, 0));
  rows.forEach((row, n) => all.set(row, n * row.length));
  return all;
}
