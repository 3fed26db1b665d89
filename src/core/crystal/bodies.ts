import { add, cross, dot, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import type { HalfSpace } from './polyhedron';
import { octahedral, shapeOf, type CrystalShape } from './shape';

/** Bodies that crystals are cut as, beside Winterbottom's. */
export const bodyKinds = ['winterbottom', 'irregular', 'rod', 'platelet', 'cube', 'sphere', 'twin-outline'] as const;
export type BodyKind = (typeof bodyKinds)[number];

const LOW_INDEX: readonly Vec3[] = [
  [1, 1, 0],
  [1, 0, -1],
  [1, 1, 1],
  [1, -1, 1],
  [1, 0, 0],
  [0, 0, 1],
];

/** A body with the same facets, as large as a cube of that edge. */
function sized(facets: readonly HalfSpace[], size: number): CrystalShape {
  const { volume } = shapeOf(facets, 20);
  const factor = size / Math.cbrt(volume);
  const grown = facets.map(({ normal, distance }) => ({ normal, distance: factor * distance }));
  return shapeOf(grown, 20 * factor);
}

/** Planes about an axis and across both its ends; the ends chamfered as often as not. */
function prism(axis: Vec3, aspect: number, random: RandomStream): HalfSpace[] {
  const count = 4 + 2 * random.integer(5);
  const start = random.uniform(0, Math.PI);
  const u = normalise(cross(axis, Math.abs(axis[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));
  const v = cross(axis, u);
  const sides = Array.from({ length: count }, (_, n): HalfSpace => {
    const angle = start + (2 * Math.PI * n) / count;
    const normal = add(scale(u, Math.cos(angle)), scale(v, Math.sin(angle)));
    return { normal, distance: random.uniform(0.88, 1.12) };
  });
  const ends = [1, -1].map((s): HalfSpace => ({ normal: scale(axis, s), distance: aspect }));
  const chamfer = random.uniform() < 0.5 ? 0 : random.uniform(0.05, 0.4) * Math.min(1, aspect);
  const cut =
    chamfer === 0
      ? []
      : sides.flatMap(({ normal, distance }) =>
          ends.map((end): HalfSpace => ({
            normal: normalise(add(normal, end.normal)),
            distance: (distance + aspect - chamfer) * Math.SQRT1_2,
          })),
        );
  return [...sides, ...ends, ...cut];
}

/** A rod: `aspect` times as long as it is wide; a platelet where that is below 1. */
export const rod = (size: number, aspect: number, random: RandomStream): CrystalShape =>
  sized(prism(normalise(random.pick(LOW_INDEX)), aspect, random), size);

/** Six {100} facets, not quite as far from the centre, and corners cut by {111}. */
export function cuboid(size: number, random: RandomStream): CrystalShape {
  const faces = [0, 1, 2].flatMap((axis) =>
    [1, -1].map((s): HalfSpace => ({
      normal: [axis === 0 ? s : 0, axis === 1 ? s : 0, axis === 2 ? s : 0],
      distance: random.uniform(0.92, 1.08),
    })),
  );
  const cut = random.uniform(0, 0.35);
  const corners = octahedral.map((n): HalfSpace => ({ normal: normalise(n), distance: Math.sqrt(3) * (1.08 - cut) }));
  return sized([...faces, ...corners], size);
}

/** A ball. It has no facets. */
export function ball(size: number): CrystalShape {
  const radius = size * Math.cbrt(3 / (4 * Math.PI));
  const signedDistance = (x: number, y: number, z: number): number => Math.hypot(x, y, z) - radius;
  return {
    facets: [],
    volume: size ** 3,
    centroid: [0, 0, 0],
    vertices: [1, -1].flatMap((s): Vec3[] => [
      [s * radius, 0, 0],
      [0, s * radius, 0],
      [0, 0, s * radius],
    ]),
    min: [-radius, -radius, -radius],
    max: [radius, radius, radius],
    lateral: 2 * radius,
    signedDistance,
    contains: (x, y, z) => signedDistance(x, y, z) <= 0,
  };
}

/**
 * The outline of a twinned crystal: what lies on one side of a plane, and its mirror image on the other, with re-entrant edges where facets
 * lean outwards.
 * @param normal unit vector, of a {111}
 * @param offset of the plane from the centre of volume, angstrom; towards `normal` the mirrored part is the smaller one
 */
export function twinOutline(shape: CrystalShape, normal: Vec3, offset: number): CrystalShape {
  const level = dot(shape.centroid, normal) + offset;
  const half = shapeOf([...shape.facets, { normal, distance: level }], shape.lateral);
  const mirror = (r: Vec3): Vec3 => subtract(r, scale(normal, 2 * (dot(r, normal) - level)));
  const signedDistance = (x: number, y: number, z: number): number => {
    const beyond = normal[0] * x + normal[1] * y + normal[2] * z > level;
    return shape.signedDistance(...(beyond ? mirror([x, y, z]) : ([x, y, z] as const)));
  };
  const vertices = [...half.vertices, ...half.vertices.map(mirror)];
  const bound = (axis: 0 | 1 | 2, most: (...x: number[]) => number): number => most(...vertices.map((v) => v[axis]));
  return {
    facets: half.facets.filter((f) => f.normal !== normal),
    volume: 2 * half.volume,
    centroid: scale(add(half.centroid, mirror(half.centroid)), 0.5),
    vertices,
    min: [bound(0, Math.min), bound(1, Math.min), bound(2, Math.min)],
    max: [bound(0, Math.max), bound(1, Math.max), bound(2, Math.max)],
    lateral: shape.lateral,
    signedDistance,
    contains: (x, y, z) => signedDistance(x, y, z) <= 0,
  };
}

/** A hole: a ball, angstrom. */
export interface Hole {
  readonly centre: Vec3;
  readonly radius: number;
}

/** Holes anywhere inside that neither meet each other nor the surface, so that the volume left is known. */
export function drawHoles(shape: CrystalShape, count: number, random: RandomStream): Hole[] {
  const size = Math.cbrt(shape.volume);
  const holes: Hole[] = [];
  for (let tries = 0; holes.length < count && tries < 200; tries++) {
    const radius = size * random.uniform(0.06, 0.18);
    const centre = shape.min.map((low, a) => random.uniform(low, shape.max[a])) as unknown as Vec3;
    const free = holes.every((h) => Math.hypot(...subtract(h.centre, centre)) > h.radius + radius);
    if (free && shape.signedDistance(...centre) < -radius) holes.push({ centre, radius });
  }
  return holes;
}

/** A body with holes in it, each wholly inside. */
export function hollowed(shape: CrystalShape, holes: readonly Hole[]): CrystalShape {
  const parts = holes.map(({ centre, radius }) => ({ centre, volume: (4 / 3) * Math.PI * radius ** 3 }));
  const volume = parts.reduce((left, part) => left - part.volume, shape.volume);
  const moment = parts.reduce(
    (left, part) => subtract(left, scale(part.centre, part.volume)),
    scale(shape.centroid, shape.volume),
  );
  const signedDistance = (x: number, y: number, z: number): number =>
    holes.reduce(
      (most, { centre, radius }) => Math.max(most, radius - Math.hypot(x - centre[0], y - centre[1], z - centre[2])),
      shape.signedDistance(x, y, z),
    );
  return {
    ...shape,
    volume,
    centroid: scale(moment, 1 / volume),
    signedDistance,
    contains: (x, y, z) => signedDistance(x, y, z) <= 0,
  };
}
