import { add, cross, dot, normalise, scale, subtract, type Vec3 } from '@core/math/vector';

/** Points r with normal . r <= distance. */
export interface HalfSpace {
  /** Unit vector, outward. */
  readonly normal: Vec3;
  /** Angstrom from the origin; may be negative. */
  readonly distance: number;
}

export interface Polyhedron {
  readonly volume: number;
  readonly centroid: Vec3;
  /** Area of each half-space's face, 0 where the others cut it off. */
  readonly areas: readonly number[];
  /** Corners, each as often as faces meet in it. */
  readonly vertices: readonly Vec3[];
  readonly min: Vec3;
  readonly max: Vec3;
}

/** Cuts a convex polygon by one half-space (Sutherland and Hodgman, Comm. ACM 17 (1974) 32). */
function clip(polygon: readonly Vec3[], { normal, distance }: HalfSpace): Vec3[] {
  const kept: Vec3[] = [];
  polygon.forEach((here, i) => {
    const next = polygon[(i + 1) % polygon.length]!;
    const a = dot(normal, here) - distance;
    const b = dot(normal, next) - distance;
    if (a <= 0) kept.push(here);
    if (a < 0 !== b < 0 && a !== b) kept.push(add(here, scale(subtract(next, here), a / (a - b))));
  });
  return kept;
}

/** A square in the plane of a half-space, reaching `size` beyond the origin's foot. */
function square({ normal, distance }: HalfSpace, size: number): Vec3[] {
  const helper: Vec3 = Math.abs(normal[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = scale(normalise(cross(normal, helper)), size);
  const v = cross(normal, u);
  const foot = scale(normal, distance);
  return [add(add(foot, u), v), add(subtract(foot, u), v), subtract(subtract(foot, u), v), subtract(add(foot, u), v)];
}

/**
 * Volume, centroid, faces and box of the intersection of half-spaces, by the divergence theorem over its faces.
 * @param reach no vertex may lie farther than this from the origin
 */
export function polyhedron(halfSpaces: readonly HalfSpace[], reach: number): Polyhedron {
  let volume = 0;
  let moment: Vec3 = [0, 0, 0];
  const vertices: Vec3[] = [];
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  const areas = halfSpaces.map((plane) => {
    let face: readonly Vec3[] = square(plane, 2 * reach);
    for (const other of halfSpaces) if (other !== plane) face = clip(face, other);
    let area = 0;
    for (let i = 1; i + 1 < face.length; i++) {
      const [a, b, c] = [face[0]!, face[i]!, face[i + 1]!];
      area += dot(plane.normal, cross(subtract(b, a), subtract(c, a))) / 2;
      // The tetrahedron from the origin to this triangle.
      const part = dot(a, cross(b, c)) / 6;
      volume += part;
      moment = add(moment, scale(add(add(a, b), c), part / 4));
    }
    vertices.push(...face);
    for (const vertex of face) {
      for (let axis = 0; axis < 3; axis++) {
        min[axis] = Math.min(min[axis]!, vertex[axis]!);
        max[axis] = Math.max(max[axis]!, vertex[axis]!);
      }
    }
    return area;
  });
  return { volume, centroid: volume > 0 ? scale(moment, 1 / volume) : [0, 0, 0], areas, vertices, min, max };
}
