import { dot, norm, scale, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import type { HalfSpace } from './polyhedron';
import { shapeOf, type CrystalShape } from './shape';

/** How far real crystals stray from the shape that surface energies alone would give them. */
export interface ShapeVariation {
  /** Each facet's distance is changed by up to this share, on its own: growth, contact with neighbours and steps are never even. */
  readonly facets: number;
  /** 0: sharp edges; 1: vicinal facets cut edges and corners down towards the nearest facets, as on crystals annealed near melting. */
  readonly rounding: number;
  /** The body is drawn out along a random direction by up to this share, or pressed flat by as much; none when left out. */
  readonly stretch?: number | undefined;
  /** Further planes, in any direction, that each cut the body as deep as halfway to its centre; none when left out. */
  readonly cuts?: number | undefined;
}

/** What the variations of a set of crystals are drawn from. */
export interface VariationLimits extends Omit<ShapeVariation, 'rounding'> {
  readonly rounding: readonly [number, number];
}

/** One crystal's variation: rounded and cut by its own amounts, at most as often as the limits say. */
export const drawVariation = (
  { facets, rounding, stretch, cuts }: VariationLimits,
  random: RandomStream,
): ShapeVariation => ({
  facets,
  rounding: random.uniform(...rounding),
  stretch,
  cuts: cuts && random.integer(cuts + 1),
});

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

/** Of the way from the surface to the centre. */
const DEEPEST_CUT = 0.5;

/**
 * Facets farther out the nearer they face a random axis, as the tangent planes of an ellipsoid of the same volume are: islands grow along
 * steps and grain boundaries. Every facet keeps its direction.
 */
function drawOut(facets: readonly HalfSpace[], stretch: number, random: RandomStream): HalfSpace[] {
  const axis = random.unitVector();
  const ratio = (1 + stretch) ** random.uniform(-1, 1);
  const along = ratio ** (2 / 3);
  const across = ratio ** (-1 / 3);
  return facets.map(({ normal, distance }) => {
    const cosine = dot(normal, axis);
    return {
      normal,
      distance: distance * Math.hypot(along * cosine, across * Math.sqrt(Math.max(0, 1 - cosine ** 2))),
    };
  });
}

/** Planes that no low-index facet accounts for: where a neighbour touched, or a crystal has not grown to its shape yet. */
function cutOff(shape: CrystalShape, cuts: number, random: RandomStream): HalfSpace[] {
  return Array.from({ length: cuts }, () => {
    const normal = random.unitVector();
    const reach = Math.max(...shape.vertices.map((v) => dot(v, normal)));
    const middle = dot(shape.centroid, normal);
    return { normal, distance: reach - random.uniform(0, DEEPEST_CUT) * (reach - middle) };
  });
}

/**
 * A shape as crystals grow: its facets moved, its edges rounded, drawn out and cut where that is asked for. It stays convex with exact
 * volume, faces and centroid.
 * @param interfaceIndex facet on the substrate, which keeps its distance (its height is drawn elsewhere) unless all are drawn out, and
 *   sharp edges
 */
export function vary(
  shape: CrystalShape,
  { facets, rounding, stretch = 0, cuts = 0 }: ShapeVariation,
  random: RandomStream,
  interfaceIndex: number,
): CrystalShape {
  if (facets === 0 && rounding === 0 && stretch === 0 && cuts === 0) return shape;
  const uneven = shape.facets.map((facet, i) => {
    const factor = 1 + facets * random.uniform(-1, 1);
    return i === interfaceIndex ? facet : { ...facet, distance: facet.distance * factor };
  });
  // Nothing is drawn for what is not asked for: sets made before there was any stretch keep their crystals.
  const moved = stretch > 0 ? drawOut(uneven, stretch, random) : uneven;
  const grown = rounded(shapeOf(moved, shape.lateral), moved, rounding, interfaceIndex);
  return cuts > 0 ? shapeOf([...grown.facets, ...cutOff(grown, cuts, random)], shape.lateral) : grown;
}

/** Edges and corners cut down by the vicinal planes. */
function rounded(
  faceted: CrystalShape,
  moved: readonly HalfSpace[],
  rounding: number,
  interfaceIndex: number,
): CrystalShape {
  if (rounding === 0) return faceted;
  const bottom = moved[interfaceIndex]!;
  const round = vicinal
    .filter((normal) => dot(normal, bottom.normal) < 0.3)
    .map((normal) => {
      const reach = Math.max(...faceted.vertices.map((v) => dot(v, normal)));
      // Tangent to the sphere through the nearest facet: farther in than that, a plane would be a facet of its own.
      const nearest = Math.min(...moved.filter((f) => dot(f.normal, normal) > 0.8).map((f) => f.distance));
      return { normal, distance: reach - rounding * Math.max(0, reach - nearest) };
    });
  return shapeOf([...moved, ...round], faceted.lateral);
}
