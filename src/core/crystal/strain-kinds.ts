import { add, cross, dot, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import type { DisplacementField } from './displacement';
import type { HalfSpace } from './polyhedron';
import { smoothStrain } from './strain';

/** Smooth strains that crystals without a defect have, by where they come from. */
export const strainKinds = ['waves', 'bending', 'quadratic', 'facets', 'interface', 'thermal'] as const;
export type StrainKind = (typeof strainKinds)[number];

/** The body that is strained. */
export interface StrainedBody {
  readonly centroid: Vec3;
  readonly facets: readonly HalfSpace[];
  /** Cube root of its volume, angstrom. */
  readonly size: number;
}

const about = (centre: Vec3, field: (x: number, y: number, z: number) => Vec3): DisplacementField => {
  const [cx, cy, cz] = centre;
  return (x, y, z, out) => {
    const u = field(x - cx, y - cy, z - cz);
    out[0]! += u[0];
    out[1]! += u[1];
    out[2]! += u[2];
  };
};

/**
 * A bar bent in the plane of `along` and `across` (both unit, at right angles), by the curvature 1 (Timoshenko and Goodier, Theory of
 * Elasticity, art. 102): planes across the bar stay plane, and what lies outside contracts sideways.
 */
export function bending(centre: Vec3, along: Vec3, across: Vec3, poisson: number): DisplacementField {
  const third = cross(along, across);
  return about(centre, (x, y, z) => {
    const r: Vec3 = [x, y, z];
    const [s, t, w] = [dot(r, along), dot(r, across), dot(r, third)];
    const u = scale(along, s * t);
    const v = scale(across, -0.5 * (s * s + poisson * (t * t - w * w)));
    return add(add(u, v), scale(third, -poisson * t * w));
  });
}

/** Any displacement that is quadratic in the place: u_c = r . A_c r / 2. */
function quadratic(centre: Vec3, random: RandomStream): DisplacementField {
  const forms = Array.from({ length: 18 }, () => random.normal());
  return about(centre, (x, y, z) => {
    const form = (n: number): number =>
      forms[n]! * x * x +
      forms[n + 1]! * y * y +
      forms[n + 2]! * z * z +
      forms[n + 3]! * y * z +
      forms[n + 4]! * z * x +
      forms[n + 5]! * x * y;
    return [form(0), form(6), form(12)];
  });
}

/** Atoms near a facet drawn along its normal, by 1 at the facet and exp(-depth / length) below it. */
function decaying({ normal, distance }: HalfSpace, length: number): DisplacementField {
  return (x, y, z, out) => {
    const u = Math.exp((normal[0] * x + normal[1] * y + normal[2] * z - distance) / length);
    out[0]! += u * normal[0];
    out[1]! += u * normal[1];
    out[2]! += u * normal[2];
  };
}

/**
 * Misfit with a substrate: strained in the plane of the interface by 1 (per angstrom of distance from the centre), relaxing as exp(-height /
 * length), and across it by what the stretch costs in volume (-2 nu / (1 - nu), as in a free film).
 */
export function misfit(plane: HalfSpace, centre: Vec3, length: number, poisson: number): DisplacementField {
  const { normal, distance } = plane;
  return (x, y, z, out) => {
    const height = distance - (normal[0] * x + normal[1] * y + normal[2] * z);
    const fades = Math.exp(-height / length);
    const r: Vec3 = [x - centre[0], y - centre[1], z - centre[2]];
    const inPlane = subtract(r, scale(normal, dot(r, normal)));
    // Along -normal the integral of the strain from infinity: -2 nu / (1 - nu) times -length fades.
    const rise = ((2 * poisson) / (1 - poisson)) * length * fades;
    out[0]! += inPlane[0] * fades - normal[0] * rise;
    out[1]! += inPlane[1] * fades - normal[1] * rise;
    out[2]! += inPlane[2] * fades - normal[2] * rise;
  };
}

/**
 * A ball hotter inside than outside by a parabola, the mean taken off (Timoshenko and Goodier, art. 152): for the temperature 3/5 - (r/R)^2
 * and an expansion of 1 the displacement is (1 + nu) / (1 - nu) (r - r^3 / R^2) / 5 outwards, with no traction on the surface but a uniform one's.
 */
export function thermal(centre: Vec3, radius: number, poisson: number): DisplacementField {
  const factor = (1 + poisson) / (1 - poisson) / 5;
  return about(centre, (x, y, z) => {
    const stretch = factor * (1 - (x * x + y * y + z * z) / (radius * radius));
    return [stretch * x, stretch * y, stretch * z];
  });
}

/** A unit vector at right angles to another. */
const aside = (v: Vec3, random: RandomStream): Vec3 => normalise(cross(v, random.unitVector()));

/** Facets that the reflection sees move: with a normal not across it. A body without any is taken at the tangent planes of a ball. */
function facetsSeen({ facets, centroid, size }: StrainedBody, g: Vec3, random: RandomStream): HalfSpace[] {
  const q = normalise(g);
  const ball = Array.from({ length: 12 }, () => random.unitVector()).map((normal) => ({
    normal,
    distance: dot(centroid, normal) + 0.62 * size,
  }));
  const all = [...facets, ...ball].filter(({ normal }) => Math.abs(dot(normal, q)) > LEAST_COSINE);
  return facets.length > 0 ? all.slice(0, Math.max(1, all.length - ball.length)) : all;
}

const LEAST_COSINE = 0.3;
/** Depths to which a surface strains a crystal, in sizes. */
const DECAY: readonly [number, number] = [0.1, 0.5];
const MOST_FACETS = 4;

/** A strain of one kind, of whatever size; {@link scaledToPhase} gives it one. */
export function drawStrain(
  kind: StrainKind,
  body: StrainedBody,
  g: Vec3,
  poisson: number,
  random: RandomStream,
): DisplacementField {
  const { centroid, size } = body;
  const length = size * random.uniform(...DECAY);
  switch (kind) {
    case 'waves':
      return smoothStrain({ size: 1.4 * size, g, phase: 1 }, random);
    case 'quadratic':
      return quadratic(centroid, random);
    case 'thermal':
      return thermal(add(centroid, scale(random.unitVector(), 0.2 * size * random.uniform())), size, poisson);
    case 'bending': {
      for (;;) {
        const along = random.unitVector();
        const across = aside(along, random);
        // Bent about Q nothing but the sideways contraction would show.
        if (Math.abs(dot(cross(along, across), normalise(g))) < 0.8) return bending(centroid, along, across, poisson);
      }
    }
    case 'interface': {
      const planes = body.facets.length > 0 ? body.facets : facetsSeen(body, g, random);
      return misfit(random.pick(planes), centroid, length, poisson);
    }
    case 'facets': {
      const seen = random.shuffle(facetsSeen(body, g, random)).slice(0, 1 + random.integer(MOST_FACETS));
      const parts = seen.map((facet) => ({ share: random.uniform(-1, 1), field: decaying(facet, length) }));
      return (x, y, z, out) => {
        const one = new Float64Array(3);
        for (const { share, field } of parts) {
          one.fill(0);
          field(x, y, z, one);
          for (let a = 0; a < 3; a++) out[a]! += share * one[a]!;
        }
      };
    }
  }
}

/**
 * A field made so large that its phase g . u ranges over `phase` in a body: largest minus smallest.
 * @param positions 3N coordinates in the body, angstrom, crystal frame
 * @returns a field that is nothing where g . u is the same everywhere
 */
export function scaledToPhase(
  field: DisplacementField,
  positions: Float64Array,
  g: Vec3,
  phase: number,
): DisplacementField {
  const u = new Float64Array(3);
  let [low, high] = [Infinity, -Infinity];
  for (let n = 0; n < positions.length; n += 3) {
    u.fill(0);
    field(positions[n]!, positions[n + 1]!, positions[n + 2]!, u);
    const seen = g[0] * u[0]! + g[1] * u[1]! + g[2] * u[2]!;
    if (seen < low) low = seen;
    if (seen > high) high = seen;
  }
  const factor = high > low ? phase / (high - low) : 0;
  return (x, y, z, out) => {
    u.fill(0);
    field(x, y, z, u);
    for (let a = 0; a < 3; a++) out[a]! += factor * u[a]!;
  };
}
