import { levels } from '@renderer/drawing/slices/colour-map';
import type { Surface } from '@renderer/drawing/surface/nets';
import type { Triple } from '@renderer/drawing/slices/volume';
import { levelOf, type InsideScale } from './quantity';
import { fieldAt, type Solid } from './solid';

/** Steps in which a value is sought below a surface, voxels, and how far along the normal. */
const step = 0.5;
const deepest = 4;

/**
 * A colour for every vertex of a surface of the modulus: the field's value there or, where the surface lies outside the body, at the
 * nearest place below it that has one, and else on the way to the body's centre.
 */
export function solidTints(
  { positions, normals }: Surface,
  { shape, bounds }: Pick<Solid, 'shape' | 'bounds'>,
  field: Float32Array,
  scale: InsideScale,
): Uint8Array {
  return Uint8Array.from({ length: positions.length / 3 }, (_, v) => {
    const at: Triple = [positions[3 * v]!, positions[3 * v + 1]!, positions[3 * v + 2]!];
    const inwards: Triple = [-normals[3 * v]!, -normals[3 * v + 1]!, -normals[3 * v + 2]!];
    const value = along(at, inwards, deepest) ?? along(at, ...towards(at, bounds.centre));
    // A body that has no value anywhere: nothing, which stands in the middle.
    return value === undefined ? levels / 2 : levelOf(value, scale);
  });

  function along(from: Triple, direction: Triple, far: number): number | undefined {
    for (let depth = 0; depth <= far; depth += step) {
      const on = (axis: 0 | 1 | 2): number => from[axis] + depth * direction[axis];
      const value = fieldAt(field, shape, [on(0), on(1), on(2)], scale.cyclic);
      if (!Number.isNaN(value)) return value;
    }
    return undefined;
  }
}

/** A direction, and how far it is. */
function towards(from: Triple, to: Triple): readonly [Triple, number] {
  const way: Triple = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.hypot(...way) || 1;
  return [[way[0] / length, way[1] / length, way[2] / length], length];
}
