import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dislocationField } from '@core/crystal/dislocation';
import { loopField, regularPolygon, type DislocationLoop } from '@core/crystal/loop';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';

const POISSON = 0.34;

const at = (field: ReturnType<typeof loopField>, r: Vec3): Vec3 => {
  const out = new Float64Array(3);
  field(r[0], r[1], r[2], out);
  return [out[0]!, out[1]!, out[2]!];
};

/** Vectors of three independent directions and sizes. */
const vector = (size: number) =>
  fc
    .tuple(...([1, 2, 3].map(() => fc.double({ min: -size, max: size, noNaN: true })) as [never, never, never]))
    .map((v) => v as unknown as Vec3);

const loops = fc
  .record({ normal: vector(1), burgers: vector(3), radius: fc.double({ min: 20, max: 60, noNaN: true }) })
  .filter(({ normal, burgers }) => norm(normal) > 0.1 && norm(burgers) > 0.3)
  .map(({ normal, burgers, radius }): DislocationLoop & { radius: number; normal: Vec3 } => ({
    burgers,
    radius,
    normal: normalise(normal),
    corners: regularPolygon([3, -5, 2], normalise(normal), radius, 7),
    poisson: POISSON,
  }));

describe('a dislocation loop', () => {
  it('has its Burgers vector in every circuit right-handed about its line, and none in circuits beside it', () => {
    fc.assert(
      fc.property(loops, fc.integer({ min: 0, max: 6 }), (loop, side) => {
        const field = loopField(loop);
        const [from, to] = [loop.corners[side]!, loop.corners[(side + 1) % 7]!];
        const t = normalise(subtract(to, from));
        const middle = scale(add(from, to), 0.5);
        const e1 = normalise(cross(t, [t[1], t[2], -t[0]]));
        const circuit = (centre: Vec3, radius: number): Vec3 => {
          let failure: Vec3 = [0, 0, 0];
          const e2 = cross(t, e1);
          const steps = 400;
          let before: Vec3 | undefined;
          for (let n = 0; n <= steps; n++) {
            const angle = (2 * Math.PI * n) / steps;
            const u = at(
              field,
              add(centre, add(scale(e1, radius * Math.cos(angle)), scale(e2, radius * Math.sin(angle)))),
            );
            const step: Vec3 = before ? subtract(u, before) : [0, 0, 0];
            // The one step across the cut jumps by b; all others are the strain, whose sum is what closes the circuit.
            if (norm(step) < 0.5 * norm(loop.burgers)) failure = add(failure, step);
            before = u;
          }
          return failure;
        };
        const radius = 0.2 * loop.radius;
        expect(norm(subtract(circuit(middle, radius), loop.burgers))).toBeLessThan(0.08 * norm(loop.burgers));
        const beside = add(middle, scale(loop.normal, 3 * radius));
        expect(norm(circuit(beside, radius))).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('jumps by the Burgers vector across its disc and nowhere else in its plane', () => {
    fc.assert(
      fc.property(loops, (loop) => {
        const field = loopField(loop);
        const jump = (r: Vec3): Vec3 =>
          subtract(at(field, add(r, scale(loop.normal, 1e-4))), at(field, subtract(r, scale(loop.normal, 1e-4))));
        const centre: Vec3 = [3, -5, 2];
        const aside = scale(subtract(loop.corners[0]!, centre), 1.7);
        expect(Math.abs(norm(jump(add(centre, scale(aside, 0.2)))) - norm(loop.burgers))).toBeLessThan(1e-2);
        expect(norm(jump(add(centre, aside)))).toBeLessThan(1e-2);
      }),
      { numRuns: 30 },
    );
  });

  it("is in equilibrium: Navier's equation holds off the line", () => {
    fc.assert(
      fc.property(loops, vector(1), (loop, way) => {
        fc.pre(norm(way) > 0.2 && Math.abs(dot(normalise(way), loop.normal)) > 0.3);
        const field = loopField(loop);
        const r = add([3, -5, 2], scale(normalise(way), 0.8 * loop.radius));
        const h = 0.02 * loop.radius;
        const unit = (a: number): Vec3 => [a === 0 ? h : 0, a === 1 ? h : 0, a === 2 ? h : 0];
        // d2 u_c / dx_a dx_b by central differences.
        const second = (a: number, b: number): Vec3 => {
          const p = at(field, add(r, add(unit(a), unit(b))));
          const q = at(field, add(r, subtract(unit(a), unit(b))));
          const s = at(field, subtract(r, subtract(unit(a), unit(b))));
          const t = at(field, subtract(r, add(unit(a), unit(b))));
          return scale(add(subtract(p, q), subtract(t, s)), 1 / (4 * h * h));
        };
        const all = [0, 1, 2].map((a) => [0, 1, 2].map((b) => second(a, b)));
        const largest = Math.max(...all.flat().map(norm));
        for (const c of [0, 1, 2] as const) {
          const laplacian = all[0]![0]![c] + all[1]![1]![c] + all[2]![2]![c];
          const divergence = all[0]![c]![0] + all[1]![c]![1] + all[2]![c]![2];
          expect(Math.abs(laplacian + divergence / (1 - 2 * POISSON))).toBeLessThan(0.02 * largest);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('strains like a straight dislocation beside the long side of a large loop', () => {
    const cell = burgersVectors[1]!;
    const glideNormal = glidePlanes(cell)[0]!;
    for (const character of [0, 30, 60, 90]) {
      const burgers = scale(cell, 4);
      const line = lineDirection(cell, glideNormal, character);
      const aside = cross(glideNormal, line);
      const far = 40_000;
      const corner = (s: number, t: number): Vec3 => add(scale(line, s * far), scale(aside, t * far));
      // The line, then back at a great distance.
      const loop = loopField({
        burgers,
        corners: [corner(-1, 0), corner(1, 0), corner(1, 2), corner(-1, 2)],
        poisson: POISSON,
      });
      const straight = dislocationField({ burgers, line, glideNormal, point: [0, 0, 0], poisson: POISSON });
      const gradient = (field: typeof loop, r: Vec3): Vec3[] =>
        (
          [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ] as Vec3[]
        ).map((h) => scale(subtract(at(field, add(r, scale(h, 0.01))), at(field, subtract(r, scale(h, 0.01)))), 50));
      for (const [p, q] of [
        [-9, 14],
        [7, 11],
        [5, -12],
        [-8, -6],
      ] as const) {
        const r = add(scale(aside, p), scale(glideNormal, q));
        const [a, b] = [gradient(loop, r), gradient(straight, r)];
        const size = Math.max(...b.map(norm));
        for (const n of [0, 1, 2]) expect(norm(subtract(a[n]!, b[n]!))).toBeLessThan(0.01 * size);
      }
    }
  });
});
