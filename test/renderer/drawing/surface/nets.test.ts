import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logField } from '@renderer/drawing/surface/field';
import { surfaceNets, type Surface } from '@renderer/drawing/surface/nets';

type Triple = readonly [number, number, number];

const fieldOf = (shape: Triple, value: (i: number, j: number, k: number) => number): Float32Array =>
  Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) =>
    value(Math.floor(n / (shape[1] * shape[2])), Math.floor(n / shape[2]) % shape[1], n % shape[2]),
  );

/** Corner of a triangle. */
const corner = ({ positions, triangles }: Surface, n: number): Triple => {
  const at = 3 * triangles[n]!;
  return [positions[at]!, positions[at + 1]!, positions[at + 2]!];
};
const minus = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Area, and volume by the divergence theorem: positive only where triangles face outwards. */
function measure(surface: Surface): { area: number; volume: number } {
  let [area, volume] = [0, 0];
  for (let n = 0; n < surface.triangles.length; n += 3) {
    const [a, b, c] = [corner(surface, n), corner(surface, n + 1), corner(surface, n + 2)];
    const normal = cross(minus(b, a), minus(c, a));
    area += Math.hypot(...normal) / 2;
    volume += dot(a, normal) / 6;
  }
  return { area, volume };
}

/** Every edge must be walked as often one way as the other: then there is no rim. */
function expectClosed({ triangles }: Surface): void {
  const balance = new Map<string, number>();
  for (let n = 0; n < triangles.length; n += 3) {
    for (const [p, q] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [from, to] = [triangles[n + p]!, triangles[n + q]!];
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      balance.set(key, (balance.get(key) ?? 0) + (from < to ? 1 : -1));
    }
  }
  expect([...balance.values()].every((sum) => sum === 0)).toBe(true);
}

describe('surfaceNets', () => {
  it.each([6, 12.3, 17.7])(
    'draws a sphere of radius %d with its area within 2 per cent and its volume within 4',
    (radius) => {
      const shape = [40, 42, 44] as const;
      const centre = [19.4, 20.1, 22.7] as const;
      const field = fieldOf(shape, (i, j, k) => -Math.hypot(i - centre[0], j - centre[1], k - centre[2]));
      const surface = surfaceNets(field, shape, -radius, -100);
      const { area, volume } = measure(surface);
      expect(area / (4 * Math.PI * radius ** 2)).toBeGreaterThan(0.98);
      expect(area / (4 * Math.PI * radius ** 2)).toBeLessThan(1.02);
      // Vertices at the mean of their crossings cut small spheres' curvature.
      expect(volume / ((4 / 3) * Math.PI * radius ** 3)).toBeGreaterThan(0.96);
      expect(volume / ((4 / 3) * Math.PI * radius ** 3)).toBeLessThan(1.02);
      expectClosed(surface);
      for (let v = 0; v < surface.positions.length; v += 3) {
        const out = minus([surface.positions[v]!, surface.positions[v + 1]!, surface.positions[v + 2]!], centre);
        const normal: Triple = [surface.normals[v]!, surface.normals[v + 1]!, surface.normals[v + 2]!];
        expect(dot(out, normal) / Math.hypot(...out)).toBeGreaterThan(0.97);
      }
    },
  );

  it('is closed whatever the field, also where it leaves the volume', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }), (values) => {
        const surface = surfaceNets(Float32Array.from(values), [3, 4, 5], 0.5, -1);
        expectClosed(surface);
        expect(measure(surface).volume).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has nothing to draw where nothing reaches the level, and one box where all does', () => {
    expect(surfaceNets(new Float32Array(27), [3, 3, 3], 0.5, -1).triangles).toHaveLength(0);
    const box = surfaceNets(new Float32Array(27).fill(1), [3, 3, 3], 0.5, 0);
    expectClosed(box);
    // Faces half a voxel beyond the outermost centres, corners cut: a little less than three cubed.
    expect(measure(box).volume).toBeGreaterThan(19);
    expect(measure(box).volume).toBeLessThan(27);
  });
});

describe('logField', () => {
  it('keeps a small volume voxel by voxel, and zero far below any level', () => {
    const { values, shape, step } = logField({ shape: [1, 1, 3], intensity: Float32Array.from([1, 0.01, 0]) });
    expect([...values].map((value) => Math.round(value))).toEqual([0, -2, -12]);
    expect([shape, step]).toEqual([[1, 1, 3], 1]);
  });

  it('lets the brightest voxel stand for its block where a volume is too large to redraw at once', () => {
    const intensity = new Float32Array(200 * 2 * 2);
    intensity[7 * 4 + 3] = 1;
    const { values, shape, step } = logField({ shape: [200, 2, 2], intensity });
    expect(step).toBe(3);
    expect(shape).toEqual([67, 1, 1]);
    expect(values[2]).toBe(0);
    expect(values.filter((value) => value === 0)).toHaveLength(1);
  });
});
