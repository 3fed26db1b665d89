import { describe, expect, it } from 'vitest';
import { shockleyPair, shockleyVectors, splitField } from '@core/crystal/partials';
import { sharedByTwin, shiftBeyond, twinLamella } from '@core/crystal/planar';
import { octahedral } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';

const A = 4;
/** Distance of a vector, in cell edges, from the nearest fcc lattice vector. */
function offLattice(v: Vec3): number {
  let best = Infinity;
  for (const i of [-1, 0, 1])
    for (const j of [-1, 0, 1])
      for (const k of [-1, 0, 1])
        for (const basis of [
          [0, 0, 0],
          [0.5, 0.5, 0],
          [0.5, 0, 0.5],
          [0, 0.5, 0.5],
        ] as const) {
          const d = v.map((x, a) => {
            const away = x - basis[a]! - [i, j, k][a]!;
            return away - Math.round(away);
          }) as unknown as Vec3;
          best = Math.min(best, norm(d));
        }
  return best;
}

describe('Shockley vectors', () => {
  it('lie in their plane, are a/6 <112>, and come in pairs that make up every Burgers vector', () => {
    for (const n of octahedral) {
      const normal = normalise(n);
      expect(new Set(shockleyVectors(normal).map((v) => v.map((x) => Math.round(6 * x)).join())).size).toBe(6);
      for (const v of shockleyVectors(normal)) {
        expect(norm(v)).toBeCloseTo(1 / Math.sqrt(6), 12);
        expect(dot(v, normal)).toBeCloseTo(0, 12);
        expect(offLattice(v)).toBeGreaterThan(0.1);
      }
    }
    for (const b of burgersVectors) {
      for (const plane of glidePlanes(b)) {
        const [p, q] = shockleyPair(b, plane);
        expect(norm(subtract(add(p, q), b))).toBeCloseTo(0, 12);
        expect(norm(q)).toBeCloseTo(norm(p), 12);
        expect(dot(q, plane)).toBeCloseTo(0, 12);
      }
    }
  });
});

describe('a split dislocation', () => {
  it('has b about both lines, one partial about one, and a fault on the ribbon between them alone', () => {
    for (const b of burgersVectors.slice(0, 4)) {
      const glideNormal = glidePlanes(b)[0]!;
      for (const character of [0, 30, 60, 90, 140]) {
        const line = lineDirection(b, glideNormal, character);
        const field = splitField({ burgers: scale(b, A), line, glideNormal, point: [0, 0, 0], poisson: 0.35 }, A, 40);
        const ahead = cross(glideNormal, line);
        const at = (p: number, q: number): Vec3 => {
          const r = add(scale(ahead, p), scale(glideNormal, q));
          const out = new Float64Array(3);
          field(r[0], r[1], r[2], out);
          return [out[0]!, out[1]!, out[2]!];
        };
        const jump = (p: number): Vec3 => scale(subtract(at(p, 1e-7), at(p, -1e-7)), 1 / A);
        expect(norm(jump(60))).toBeLessThan(1e-6);
        expect(Math.min(norm(subtract(jump(-60), b)), norm(add(jump(-60), b)))).toBeLessThan(1e-6);
        expect(norm(jump(0))).toBeCloseTo(1 / Math.sqrt(6), 6);
        // Seen by a reflection with g.b whole: a third of a turn, either way.
        for (const g of octahedral) {
          const turns = dot(g, jump(0));
          if (Math.abs(dot(g, glideNormal)) < 1) expect(Math.abs(turns * 3 - Math.round(turns * 3))).toBeLessThan(1e-5);
        }
      }
    }
  });
});

describe('a twin lamella', () => {
  it('leaves the two sides as stacking layer upon layer, reversed within, would', () => {
    // Layers of {111} lie over each other shifted by s, or by -s where the order is reversed; s is a lattice vector less its normal part.
    const normal = normalise([1, 1, 1]);
    const spacing = A / Math.sqrt(3);
    const up: Vec3 = [0.5, 0.5, 0];
    const s = subtract(up, scale(normal, dot(up, normal)));
    for (const shockley of shockleyVectors(normal)) {
      // Only the three that take an atom from one hollow to the next, over a bridge and not over an atom.
      const slips = offLattice(add(scale(s, 2), shockley)) < 1e-9;
      if (!slips) continue;
      for (let layers = 1; layers < 8; layers++) {
        const total = 10;
        let place: Vec3 = [0, 0, 0];
        for (let layer = 0; layer < total; layer++) {
          const reversed = layer >= 1 && layer < 1 + layers;
          place = add(place, add(scale(s, reversed ? -1 : 1), scale(normal, 1 / Math.sqrt(3))));
        }
        const twin = twinLamella([0, 0, 0], normal, layers, scale(shockley, A), spacing);
        const out = new Float64Array(3);
        const above = scale(normal, (layers + 1) * spacing);
        twin.field(above[0], above[1], above[2], out);
        expect(offLattice(subtract(place, scale([out[0]!, out[1]!, out[2]!], 1 / A)))).toBeLessThan(1e-9);
        const within = scale(normal, (layers - 0.5) * spacing);
        expect(twin.absent(within[0], within[1], within[2])).toBe(true);
        expect(twin.absent(above[0], above[1], above[2])).toBe(false);
      }
    }
  });

  it('is shared by just the reflections whose mirror image in the plane is one', () => {
    for (const n of octahedral) {
      const normal = normalise(n);
      for (const hkl of [
        [1, 1, 1],
        [1, -1, 1],
        [2, 0, 0],
        [2, -2, 0],
        [2, 2, 0],
        [3, 1, 1],
        [3, -1, 1],
        [2, 2, -2],
      ] as const) {
        const image = subtract(hkl, scale(normal, 2 * dot(hkl, normal)));
        const whole = image.every((x) => Math.abs(x - Math.round(x)) < 1e-9);
        expect(sharedByTwin(hkl, normal)).toBe(whole);
      }
    }
  });
});

describe('a stacking fault', () => {
  it('turns the phase of what lies beyond it by a third where it shows, and of nothing before it', () => {
    const normal = normalise([1, -1, 1]);
    const field = shiftBeyond([1, 2, 3], normal, scale(shockleyVectors(normal)[0]!, A));
    const phase = (r: Vec3, hkl: Vec3): number => {
      const out = new Float64Array(3);
      field(r[0], r[1], r[2], out);
      return dot(hkl, [out[0]!, out[1]!, out[2]!]) / A;
    };
    expect(phase([1, 2, 2.9], [1, 1, 1])).toBe(0);
    for (const hkl of octahedral) {
      const turns = phase([1, 2, 3.1], hkl);
      const third = Math.abs(turns - Math.round(turns));
      expect(third).toBeCloseTo(Math.abs(dot(hkl, normal)) > 1.7 ? 0 : 1 / 3, 9);
    }
  });
});
