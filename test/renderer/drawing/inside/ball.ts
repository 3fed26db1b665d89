import type { Triple } from '@renderer/drawing/slices/volume';
import { boundsOf, type Solid } from '@renderer/drawing/inside/solid';
import type { QuantityName } from '@renderer/drawing/inside/quantity';

const shape: Triple = [24, 26, 28];

/** A ball of radius 8 about (11.5, 12, 13): its modulus falls from 1 to 0 about the surface; fields of the place in it. */
export function ball(
  fields: Partial<Record<QuantityName, (place: Triple) => number>> = {},
): Solid & { readonly fields: Readonly<Record<QuantityName, Float32Array>> } {
  const each = (value: (place: Triple, r: number) => number): Float32Array => {
    const out = new Float32Array(shape[0] * shape[1] * shape[2]);
    for (let i = 0, n = 0; i < shape[0]; i++)
      for (let j = 0; j < shape[1]; j++)
        for (let k = 0; k < shape[2]; k++, n++) out[n] = value([i, j, k], Math.hypot(i - 11.5, j - 12, k - 13));
    return out;
  };
  const field = (name: QuantityName): Float32Array => each((place, r) => (r <= 8 ? (fields[name]?.(place) ?? 0) : NaN));
  const phase = field('phase');
  return {
    shape,
    modulus: each((_, r) => Math.min(1, Math.max(0, (10 - r) / 4))),
    fields: { phase, displacement: field('displacement'), strain: field('strain') },
    lines: [],
    q: [1, 0, 0],
    voxelNm: 5,
    bounds: boundsOf(phase, shape),
  };
}
