import { dot, norm, scale, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import { shapeOf, type CrystalShape } from './shape';

/** How far real crystals stray from the shape that surface energies alone would give them. */
export interface ShapeVariation {
  /** Each facet's distance is changed by up to this share, on its own: growth, contact with neighbours and steps are never even. */
  readonly facets: number;
  /** 0: sharp edges; 1: vicinal facets cut edges and corners down towards the nearest facets, as on crystals annealed near melting. */
  readonly rounding: number;
}

/** Families between the low-index facets; their planes are what a rounded edge is made of. */
const VICINAL: readonly Vec3[] = [
  [2, 1, 0],
  [2, 1, 1],
  [2, 2, 1],
  [3, 1, 1],
];
const SIGNS = [1, -1] as const;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** Every member of a family of planes, as unit normals. */
function family(hkl: Vec3): Vec3[] {
  const members = ORDERS.flatMap((order) =>
    SIGNS.flatMap((a) =>
      SIGNS.flatMap((b) => SIGNS.map((c): Vec3 => [a * hkl[order[0]], b * hkl[order[1]], c * hkl[order[2]]])),
    ),
  );
  // A zero has no sign, and equal indices no order; adding 0 turns -0 into 0.
  const distinct = new Map(members.map((m) => [m.map((x) => x + 0).join(), m]));
  return [...distinct.values()].map((m) => scale(m, 1 / norm(m)));
}

const vicinal = VICINAL.flatMap(family);

/**
 * A shape as crystals grow: its facets moved, its edges rounded. It stays convex with exact volume, faces and centroid.
 * @param interfaceIndex facet on the substrate, which keeps its distance (its height is drawn elsewhere) and sharp edges
 */
export function vary(
  shape: CrystalShape,
  { facets, rounding }: ShapeVariation,
  random: RandomStream,
  interfaceIndex: number,
): CrystalShape {
  if (facets === 0 && rounding === 0) return shape;
  const moved = shape.facets.map((facet, i) => {
    const factor = 1 + facets * random.uniform(-1, 1);
    return i === interfaceIndex ? facet : { ...facet, distance: facet.distance * factor };
  });
  const faceted = shapeOf(moved, shape.lateral);
  const bottom = moved[interfaceIndex]!;
  const round = vicinal
    .filter((normal) => dot(normal, bottom.normal) < 0.3)
    .map((normal) => {
      const reach = Math.max(...faceted.vertices.map((v) => dot(v, normal)));
      // Tangent to the sphere through the nearest facet: farther in than that, a plane would be a facet of its own.
      const nearest = Math.min(...moved.filter((f) => dot(f.normal, normal) > 0.8).map((f) => f.distance));
      return { normal, distance: reach - rounding * Math.max(0, reach - nearest) };
    });
  return rounding === 0 ? faceted : shapeOf([...moved, ...round], shape.lateral);
}
