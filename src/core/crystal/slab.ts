import { dot, norm, scale, type Vec3 } from '@core/math/vector';

/** Surfaces whose energies decide the shape of an fcc crystal. */
export const surfaceNames = ['111', '100', '110'] as const;
export type SurfaceName = (typeof surfaceNames)[number];

/** Shortest lattice vectors along three right-handed axes, the last normal to the surface, in cell edges. */
const PERIODS: Readonly<Record<SurfaceName, readonly [Vec3, Vec3, Vec3]>> = {
  '111': [
    [0.5, -0.5, 0],
    [0.5, 0.5, -1],
    [1, 1, 1],
  ],
  '100': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  '110': [
    [0.5, -0.5, 0],
    [0, 0, -1],
    [0.5, 0.5, 0],
  ],
};

/** A block of fcc crystal, its edges along x, y, z. */
export interface Block {
  /** 3N coordinates, angstrom, from 0 up to the edges. */
  readonly positions: Float64Array;
  /** Angstrom. Repeated by these along all three axes, the block is a perfect crystal. */
  readonly edges: Vec3;
}

/**
 * A block whose z axis is normal to a surface.
 * @param lattice cell edge, angstrom
 * @param least smallest edges, angstrom
 */
export function fccBlock(surface: SurfaceName, lattice: number, least: Vec3): Block {
  const periods = PERIODS[surface];
  const counts = periods.map((p, a) => Math.ceil(least[a]! / (norm(p) * lattice)));
  const units = periods.map((p) => scale(p, 1 / norm(p)));
  const lengths = periods.map((p, a) => norm(p) * counts[a]!);
  const reach = Math.ceil(2 * Math.hypot(...lengths));
  const out: number[] = [];
  for (let i = -reach; i <= reach; i++)
    for (let j = -reach; j <= reach; j++)
      for (let k = -reach; k <= reach; k++) {
        if ((i + j + k) % 2 !== 0) continue;
        const along = units.map((u) => dot(u, [i / 2, j / 2, k / 2]));
        // Half-open, so that an atom on one face is not there again on the opposite one.
        if (along.every((x, a) => x > -1e-6 && x < lengths[a]! - 1e-6)) out.push(...along.map((x) => x * lattice));
      }
  const [x, y, z] = lengths.map((l) => l * lattice);
  return { positions: Float64Array.from(out), edges: [x!, y!, z!] };
}
