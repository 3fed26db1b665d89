import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ball, cuboid } from '@core/crystal/bodies';
import { bending, drawStrain, misfit, scaledToPhase, strainKinds, thermal } from '@core/crystal/strain-kinds';
import type { DisplacementField } from '@core/crystal/displacement';
import { fillFcc } from '@core/crystal/lattice';
import { add, dot, norm, scale, subtract, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

const NU = 0.37;
const H = 1e-3;
const axes: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const at = (field: DisplacementField, r: Vec3): Vec3 => {
  const out = new Float64Array(3);
  field(r[0], r[1], r[2], out);
  return [out[0]!, out[1]!, out[2]!];
};
/** Gradient by central differences: row c, column a is du_c / dx_a. */
const gradient = (field: DisplacementField, r: Vec3): number[][] => {
  const columns = axes.map((a) =>
    scale(subtract(at(field, add(r, scale(a, H))), at(field, subtract(r, scale(a, H)))), 1 / (2 * H)),
  );
  return [0, 1, 2].map((c) => columns.map((column) => column[c]!));
};

describe('a bent bar', () => {
  it('is stretched along by its distance from the middle, narrower there by Poisson, and not sheared', () => {
    const field = bending([0, 0, 0], [1, 0, 0], [0, 1, 0], NU);
    const r: Vec3 = [1.3, 0.7, -0.4];
    const g = gradient(field, r);
    expect(g[0]![0]).toBeCloseTo(0.7, 6);
    expect(g[1]![1]).toBeCloseTo(-NU * 0.7, 6);
    expect(g[2]![2]).toBeCloseTo(-NU * 0.7, 6);
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const)
      expect(g[a]![b]! + g[b]![a]!).toBeCloseTo(0, 6);
  });
});

describe('a ball hotter inside', () => {
  it('satisfies the thermoelastic Navier equation for the temperature that it was made for', () => {
    const R = 5;
    const field = thermal([1, 2, 3], R, NU);
    const temperature = (r: Vec3): number => 3 / 5 - (norm(subtract(r, [1, 2, 3])) / R) ** 2;
    const r: Vec3 = [2.2, 1.1, 4.9];
    const h = 0.05;
    for (const c of [0, 1, 2]) {
      let laplacian = 0;
      let gradDiv = 0;
      const divergence = (p: Vec3): number => gradient(field, p).reduce((sum, row, i) => sum + row[i]!, 0);
      for (const a of axes)
        laplacian +=
          (at(field, add(r, scale(a, h)))[c]! - 2 * at(field, r)[c]! + at(field, subtract(r, scale(a, h)))[c]!) /
          h ** 2;
      const e = axes[c]!;
      gradDiv = (divergence(add(r, scale(e, h))) - divergence(subtract(r, scale(e, h)))) / (2 * h);
      const gradT = (temperature(add(r, scale(e, h))) - temperature(subtract(r, scale(e, h)))) / (2 * h);
      // (1 - 2 nu) lap u + grad div u = 2 (1 + nu) alpha grad T.
      expect((1 - 2 * NU) * laplacian + gradDiv).toBeCloseTo(2 * (1 + NU) * gradT, 3);
    }
    expect(norm(at(field, [1 + R, 2, 3]))).toBeCloseTo(0, 9);
  });
});

describe('misfit with a substrate', () => {
  it('strains the interface by 1 in its plane, pays for it across, and fades by 1/e in the given length', () => {
    const plane = { normal: [0, 0, -1] as Vec3, distance: 10 };
    const field = misfit(plane, [0, 0, 0], 4, NU);
    const below = gradient(field, [0, 0, -10]);
    expect(below[0]![0]).toBeCloseTo(1, 5);
    expect(below[1]![1]).toBeCloseTo(1, 5);
    expect(below[2]![2]).toBeCloseTo((-2 * NU) / (1 - NU), 5);
    expect(gradient(field, [0, 0, -6])[0]![0]).toBeCloseTo(Math.exp(-1), 5);
  });
});

describe('a strain of any kind', () => {
  it('has just the range of phase that it is scaled to, and is smooth', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...strainKinds),
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        fc.boolean(),
        (kind, seed, phase, round) => {
          const body = round ? ball(60) : cuboid(60, stream(seed, 'body'));
          const positions = fillFcc(body, 6);
          const g: Vec3 = [1.6, 1.6, -1.6];
          const drawn = drawStrain(kind, { ...body, size: 60 }, g, NU, stream(seed, 'strain'));
          const field = scaledToPhase(drawn, positions, g, phase);
          let [low, high, steepest] = [Infinity, -Infinity, 0];
          for (let n = 0; n < positions.length; n += 3) {
            const r: Vec3 = [positions[n]!, positions[n + 1]!, positions[n + 2]!];
            const seen = dot(g, at(field, r));
            low = Math.min(low, seen);
            high = Math.max(high, seen);
            if (n % 51 === 0)
              steepest = Math.max(steepest, Math.abs(dot(g, at(field, add(r, [0.01, 0, 0]))) - seen) / 0.01);
          }
          expect(high - low).toBeCloseTo(phase, 9);
          // No jump: across the body the phase changes by a few times its range at the steepest.
          expect(steepest * 60).toBeLessThan(25 * phase);
        },
      ),
      { numRuns: 40 },
    );
  });
});
