import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dislocationField } from '@core/crystal/dislocation';
import { shapeOf, winterbottom, type CrystalShape } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { scale, type Vec3 } from '@core/math/vector';
import { createContinuumCrystal, type ContinuumOptions } from '@core/scatter/continuum';

const cuboid = (edges: Vec3): CrystalShape =>
  shapeOf(
    [0, 1, 2].flatMap((a) =>
      [1, -1].map((s) => ({
        normal: [a === 0 ? s : 0, a === 1 ? s : 0, a === 2 ? s : 0] as const,
        distance: edges[a]! / 2,
      })),
    ),
    Math.max(...edges),
  );

const g: Vec3 = [1.54, 1.54, 1.54];

/** The sum over the same samples, term by term. */
function directSum({ shape, displacement, g: reflection, points = 64 }: ContinuumOptions, dq: Vec3): [number, number] {
  const size = Math.max(...shape.max.map((high, a) => high - shape.min[a]!));
  const centre = shape.max.map((high, a) => (high + shape.min[a]!) / 2);
  const step = size / (points - 2);
  let [re, im, total] = [0, 0, 0];
  for (let i = 0; i < points ** 3; i++) {
    const r = [Math.floor(i / points ** 2), Math.floor(i / points) % points, i % points].map(
      (n) => (n - points / 2) * step,
    ) as [number, number, number];
    const p = r.map((x, a) => x + centre[a]!) as [number, number, number];
    const filled = Math.min(1, Math.max(0, 0.5 - shape.signedDistance(...p) / step));
    const u = new Float64Array(3);
    displacement?.(...p, u);
    const phase = r.reduce((s, x, a) => s + dq[a]! * x + reflection[a]! * u[a]!, 0);
    total += filled;
    re += filled * Math.cos(phase);
    im += filled * Math.sin(phase);
  }
  return [re / total, im / total];
}

describe('createContinuumCrystal', () => {
  const cell = burgersVectors[1]!;
  const glideNormal = glidePlanes(cell)[0]!;
  const displacement = dislocationField({
    burgers: scale(cell, 3.92),
    line: lineDirection(cell, glideNormal, 30),
    glideNormal,
    point: [40, -20, 10],
    poisson: 0.39,
  });
  const options: ContinuumOptions = {
    shape: winterbottom({ element: 'Pt', lateral: 1000, interfaceIndex: 2, height: 0.7 }),
    displacement,
    g,
    points: 16,
  };
  const crystal = createContinuumCrystal(options);

  it('is the sum over its samples to 1e-4 of the peak, anywhere within reach', () => {
    const part = fc.double({ min: -0.999, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const dq: Vec3 = [a * crystal.reach, b * crystal.reach, c * crystal.reach];
        const [re, im] = directSum(options, dq);
        const found = crystal.amplitude(Float64Array.from(dq));
        expect(Math.hypot(found[0]! - re, found[1]! - im)).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it('has the fringes of a cuboid: a product of three sinc', () => {
    const edges: Vec3 = [800, 600, 400];
    const perfect = createContinuumCrystal({ shape: cuboid(edges), g });
    const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x) / x);
    for (const dq of [
      [0, 0, 0],
      [0.004, 0, 0],
      [0.011, 0.006, 0],
      [0.01, -0.013, 0.02],
      [0, 0, 0.0471],
    ] as const) {
      const expected = dq.reduce((product, q, a) => product * sinc((q * edges[a]!) / 2), 1);
      const found = perfect.amplitude(Float64Array.from(dq));
      expect(found[0]).toBeCloseTo(expected, 2.3);
      expect(found[1]).toBeCloseTo(0, 3);
    }
  });

  it('moves the peak of a uniformly strained crystal by -strain x G', () => {
    const strain = 2e-3;
    const stretched = createContinuumCrystal({
      shape: cuboid([600, 600, 600]),
      displacement: (x, y, z, out) => {
        out[0]! += strain * x;
        out[1]! += strain * y;
        out[2]! += strain * z;
      },
      g,
    });
    const found = stretched.amplitude(Float64Array.from(scale(g, -strain)));
    expect(Math.hypot(found[0]!, found[1]!)).toBeCloseTo(1, 4);
  });

  it('answers 0 beyond its reach and refuses grids it cannot hold', () => {
    expect([...crystal.amplitude(Float64Array.from([0, crystal.reach * 1.01, 0]))]).toEqual([0, 0]);
    expect(() => createContinuumCrystal({ ...options, points: 512 })).toThrow(RangeError);
    expect(() => createContinuumCrystal({ ...options, points: 48 })).toThrow(RangeError);
  });
});
