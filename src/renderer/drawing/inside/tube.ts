import type { Surface } from '@renderer/drawing/surface/nets';
import type { Triple } from '@renderer/drawing/slices/volume';

const minus = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const scaled = (a: Triple, by: number): Triple => [a[0] * by, a[1] * by, a[2] * by];
const unit = (a: Triple): Triple => scaled(a, 1 / (Math.hypot(...a) || 1));

/** Sides of a tube. */
const sides = 10;

/** Each point the mean of itself and its neighbours: lines found in voxels go in steps. The ends stay. */
export function smoothed(points: readonly Triple[], times = 2): readonly Triple[] {
  let line = points;
  for (let n = 0; n < times; n++)
    line = line.map((point, at) => {
      const [before, after] = [line[at - 1], line[at + 1]];
      if (!before || !after) return point;
      const mean = (axis: 0 | 1 | 2): number => (before[axis] + 2 * point[axis] + after[axis]) / 4;
      return [mean(0), mean(1), mean(2)] as const;
    });
  return line;
}

/**
 * A closed tube about a line, with flat ends.
 * @param points at least two, none twice in a row
 * @param radius in the points' unit
 */
export function tubeOf(points: readonly Triple[], radius: number): Surface {
  const positions: number[] = [];
  const normals: number[] = [];
  const triangles: number[] = [];
  const along = points.map((_, n) =>
    unit(minus(points[Math.min(points.length - 1, n + 1)]!, points[Math.max(0, n - 1)]!)),
  );
  const ring = (centre: Triple, u: Triple, v: Triple, normal?: Triple): number => {
    const first = positions.length / 3;
    for (let s = 0; s < sides; s++) {
      const angle = (2 * Math.PI * s) / sides;
      const out: Triple = [0, 1, 2].map(
        (axis) => u[axis]! * Math.cos(angle) + v[axis]! * Math.sin(angle),
      ) as unknown as Triple;
      positions.push(centre[0] + radius * out[0], centre[1] + radius * out[1], centre[2] + radius * out[2]);
      normals.push(...(normal ?? out));
    }
    return first;
  };
  const cap = (centre: Triple, u: Triple, v: Triple, outward: Triple): void => {
    const rim = ring(centre, u, v, outward);
    const tip = positions.length / 3;
    positions.push(...centre);
    normals.push(...outward);
    const ahead = dot(cross(u, v), outward) > 0;
    for (let s = 0; s < sides; s++) {
      const [a, b] = [rim + s, rim + ((s + 1) % sides)];
      triangles.push(tip, ...(ahead ? [a, b] : [b, a]));
    }
  };
  // A direction across the line that turns with it, no more than it must: the tube does not wring.
  let u = unit(cross(along[0]!, Math.abs(along[0]![0]) < 0.8 ? [1, 0, 0] : [0, 1, 0]));
  let before = -1;
  points.forEach((point, n) => {
    const t = along[n]!;
    u = unit(minus(u, scaled(t, dot(u, t))));
    const v = cross(t, u);
    if (n === 0) cap(point, u, v, scaled(t, -1));
    const first = ring(point, u, v);
    for (let s = 0; before >= 0 && s < sides; s++) {
      const next = (s + 1) % sides;
      triangles.push(before + s, before + next, first + next, before + s, first + next, first + s);
    }
    before = first;
    if (n === points.length - 1) cap(point, u, v, t);
  });
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    triangles: Uint32Array.from(triangles),
  };
}

/** Several surfaces as one. */
export function joined(surfaces: readonly Surface[]): Surface {
  const triangles: number[] = [];
  let first = 0;
  for (const { positions, triangles: own } of surfaces) {
    for (const vertex of own) triangles.push(first + vertex);
    first += positions.length / 3;
  }
  const all = (part: 'positions' | 'normals'): Float32Array =>
    Float32Array.from(surfaces.flatMap((surface) => [...surface[part]]));
  return { positions: all('positions'), normals: all('normals'), triangles: Uint32Array.from(triangles) };
}
