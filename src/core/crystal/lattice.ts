import type { Vec3 } from '@core/math/vector';
import type { CrystalShape } from './shape';

/** Atoms of the conventional fcc cell, in cell edges. */
const BASIS: readonly Vec3[] = [
  [0, 0, 0],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
];

/**
 * Every fcc lattice site inside a shape.
 * @param lattice cell edge, angstrom
 * @param origin position of one atom, angstrom, crystal frame
 * @returns 3N coordinates, angstrom, crystal frame
 */
export function fillFcc(shape: CrystalShape, lattice: number, origin: Vec3 = [0, 0, 0]): Float64Array {
  const first = shape.min.map((low, a) => Math.floor((low - origin[a]!) / lattice) - 1);
  const last = shape.max.map((high, a) => Math.ceil((high - origin[a]!) / lattice));
  // A tenth more than the volume holds, for the surface of small crystals; grown where that is not enough, cut to size at the end.
  let out = new Float64Array(3 * Math.ceil((4.4 * shape.volume) / lattice ** 3 + 1000));
  let used = 0;
  for (let i = first[0]!; i <= last[0]!; i++) {
    for (let j = first[1]!; j <= last[1]!; j++) {
      for (let k = first[2]!; k <= last[2]!; k++) {
        for (const site of BASIS) {
          const x = origin[0] + (i + site[0]) * lattice;
          const y = origin[1] + (j + site[1]) * lattice;
          const z = origin[2] + (k + site[2]) * lattice;
          if (!shape.contains(x, y, z)) continue;
          if (used + 3 > out.length) {
            const larger = new Float64Array(2 * out.length);
            larger.set(out);
            out = larger;
          }
          out[used++] = x;
          out[used++] = y;
          out[used++] = z;
        }
      }
    }
  }
  return out.slice(0, used);
}
