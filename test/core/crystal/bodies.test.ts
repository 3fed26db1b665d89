import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ball, cuboid, drawHoles, hollowed, rod, twinOutline } from '@core/crystal/bodies';
import { fillFcc } from '@core/crystal/lattice';
import { octahedral, winterbottom, type CrystalShape } from '@core/crystal/shape';
import { dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

const SIZE = 100;
const CELL = 3;
const wulff = (): CrystalShape => winterbottom({ element: 'Au', lateral: 120, interfaceIndex: 0, height: 1 });

const bodies: Readonly<Record<string, (seed: number) => CrystalShape>> = {
  rod: (seed) => rod(SIZE, stream(seed, 'a').uniform(3, 6), stream(seed)),
  platelet: (seed) => rod(SIZE, 1 / stream(seed, 'a').uniform(3, 6), stream(seed)),
  cube: (seed) => cuboid(SIZE, stream(seed)),
  sphere: () => ball(SIZE),
  twin: (seed) => twinOutline(wulff(), normalise(octahedral[seed % 8]!), stream(seed).uniform(-25, 25)),
  holes: (seed) => hollowed(wulff(), drawHoles(wulff(), 1 + (seed % 3), stream(seed))),
};

describe('a body', () => {
  it.each(Object.keys(bodies))(
    '%s holds as many atoms as its volume says, about its centroid, within its box',
    (name) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1e5 }), (seed) => {
          const body = bodies[name]!(seed);
          const positions = fillFcc(body, CELL, [0.4, 1.7, 2.9]);
          const atoms = positions.length / 3;
          // A layer of {100} more or less on each face that lies along one.
          expect(Math.abs((atoms * CELL ** 3) / 4 / body.volume - 1)).toBeLessThan(0.06);
          const sums = [0, 0, 0];
          positions.forEach((x, n) => (sums[n % 3]! += x));
          const mean = scale(sums as unknown as Vec3, 1 / atoms);
          expect(norm(subtract(mean, body.centroid))).toBeLessThan(0.02 * Math.cbrt(body.volume));
          const outside = positions.filter((x, n) => x < body.min[n % 3]! - 1e-9 || x > body.max[n % 3]! + 1e-9);
          expect(outside).toHaveLength(0);
        }),
        { numRuns: 5 },
      );
    },
  );

  it('is long or flat as asked', () => {
    for (const aspect of [4, 1 / 4]) {
      const body = rod(SIZE, aspect, stream(5));
      const extents = [...octahedral, [1, 1, 0], [1, 0, -1], [1, 0, 0], [0, 0, 1]].map((v) => {
        const n = normalise(v as Vec3);
        const along = body.vertices.map((r) => dot(r, n));
        return Math.max(...along) - Math.min(...along);
      });
      const ratio = Math.max(...extents) / Math.min(...extents);
      expect(ratio).toBeGreaterThan(2.5);
      expect(ratio).toBeLessThan(7);
    }
  });

  it('of a twin is its own mirror image', () => {
    const n = normalise([1, 1, 1]);
    const whole = wulff();
    const twin = twinOutline(whole, n, 10);
    const level = dot(whole.centroid, n) + 10;
    const random = stream(3);
    for (let k = 0; k < 200; k++) {
      const r: Vec3 = [random.uniform(-70, 70), random.uniform(-70, 70), random.uniform(-70, 70)];
      const image = subtract(r, scale(n, 2 * (dot(r, n) - level)));
      expect(twin.signedDistance(...image)).toBeCloseTo(twin.signedDistance(...r), 9);
    }
  });
});
