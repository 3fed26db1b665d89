import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace } from '@core/crystal/displacement';
import { dislocationField, type Dislocation } from '@core/crystal/dislocation';
import { placeLine } from '@core/crystal/placement';
import { octahedral, winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

const make = (b: number, plane: number, character: number, point: Vec3 = [0, 0, 0]): Dislocation => {
  const cell = burgersVectors[b]!;
  const glideNormal = glidePlanes(cell)[plane]!;
  return {
    burgers: scale(cell, 4),
    line: lineDirection(cell, glideNormal, character),
    glideNormal,
    point,
    poisson: 0.35,
  };
};

const any = fc
  .record({
    b: fc.integer({ min: 0, max: 11 }),
    plane: fc.integer({ min: 0, max: 1 }),
    character: fc.oneof(fc.constantFrom(0, 90), fc.double({ min: 0, max: 180, noNaN: true })),
  })
  .map(({ b, plane, character }) => make(b, plane, character, [3, -2, 1]));

/** Displacement at a place given in the dislocation's own axes: e1 in the glide plane across the line, e2 = t x e1, t. */
function local(d: Dislocation): { at: (p: number, q: number, s?: number) => Vec3; e1: Vec3; e2: Vec3 } {
  const field = dislocationField(d);
  const edge = subtract(d.burgers, scale(d.line, dot(d.burgers, d.line)));
  const e1 =
    norm(edge) > 1e-9 * Math.abs(dot(d.burgers, d.line)) ? normalise(edge) : normalise(cross(d.glideNormal, d.line));
  const e2 = cross(d.line, e1);
  const at = (p: number, q: number, s = 0): Vec3 => {
    const r = add(d.point, add(scale(e1, p), add(scale(e2, q), scale(d.line, s))));
    const out = new Float64Array(3);
    field(r[0], r[1], r[2], out);
    return [out[0]!, out[1]!, out[2]!];
  };
  return { at, e1, e2 };
}

describe('slip systems', () => {
  it('are the twelve of fcc, each on two {111}', () => {
    expect(new Set(burgersVectors.map(String)).size).toBe(12);
    for (const b of burgersVectors) {
      expect(norm(b)).toBeCloseTo(Math.SQRT1_2, 12);
      expect(glidePlanes(b)).toHaveLength(2);
    }
    expect(octahedral).toHaveLength(8);
  });
  it("give the paper's lines: [1-10] for the screw, [11-2] for the edge of b = [1-10]/2", () => {
    const b: Vec3 = [0.5, -0.5, 0];
    expect(Math.abs(dot(lineDirection(b, normalise([1, 1, 1]), 0), normalise([1, -1, 0])))).toBeCloseTo(1, 12);
    expect(Math.abs(dot(lineDirection(b, normalise([1, 1, 1]), 90), normalise([1, 1, -2])))).toBeCloseTo(1, 12);
  });
});

describe('dislocationField', () => {
  it('closes a circuit about the line to b, whatever its radius and character', () => {
    fc.assert(
      fc.property(any, fc.double({ min: 5, max: 200, noNaN: true }), (d, radius) => {
        const { at } = local(d);
        const tiny = 1e-9;
        const difference = subtract(
          at(radius * Math.cos(Math.PI - tiny), radius * Math.sin(Math.PI - tiny)),
          at(radius * Math.cos(-Math.PI + tiny), radius * Math.sin(-Math.PI + tiny)),
        );
        difference.forEach((x, i) => expect(x).toBeCloseTo(d.burgers[i]!, 6));
      }),
    );
  });

  it('jumps nowhere but on its half of the glide plane', () => {
    const { at } = local(make(2, 0, 60));
    for (let k = 0; k < 720; k++) {
      const from = -Math.PI + 1e-6 + (k * (2 * Math.PI - 2e-6)) / 720;
      const to = -Math.PI + 1e-6 + ((k + 1) * (2 * Math.PI - 2e-6)) / 720;
      const step = subtract(at(30 * Math.cos(to), 30 * Math.sin(to)), at(30 * Math.cos(from), 30 * Math.sin(from)));
      expect(norm(step)).toBeLessThan(0.05);
    }
  });

  it("has the edge's dilatation and is in equilibrium, by finite differences", () => {
    const d = make(0, 1, 90, [0, 0, 0]);
    const { at, e1, e2 } = local(d);
    const b = norm(d.burgers);
    const h = 1e-2;
    const components = (p: number, q: number): [number, number] => {
      const u = at(p, q);
      return [dot(u, e1), dot(u, e2)];
    };
    const divergence = (p: number, q: number): number =>
      (components(p + h, q)[0] - components(p - h, q)[0] + components(p, q + h)[1] - components(p, q - h)[1]) / (2 * h);
    for (const [p, q] of [
      [10, 4],
      [-7, 12],
      [3, -9],
      [20, 20],
    ] as const) {
      const expected = (-(b / (2 * Math.PI)) * ((1 - 2 * d.poisson) / (1 - d.poisson)) * q) / (p * p + q * q);
      expect(divergence(p, q)).toBeCloseTo(expected, 7);
      // Navier: grad div u / (1 - 2 nu) + laplacian u = 0.
      const gradient = [
        (divergence(p + h, q) - divergence(p - h, q)) / (2 * h),
        (divergence(p, q + h) - divergence(p, q - h)) / (2 * h),
      ];
      for (const axis of [0, 1] as const) {
        const laplacian =
          (components(p + h, q)[axis] +
            components(p - h, q)[axis] +
            components(p, q + h)[axis] +
            components(p, q - h)[axis] -
            4 * components(p, q)[axis]) /
          h ** 2;
        expect(gradient[axis]! / (1 - 2 * d.poisson) + laplacian).toBeCloseTo(0, 5);
      }
    }
  });

  it('moves only along the line for a screw, never along it for an edge, and alike all along the line', () => {
    const screw = make(5, 0, 0);
    const u = local(screw).at(4, 7);
    expect(norm(cross(u, screw.line))).toBeCloseTo(0, 12);
    expect(dot(u, screw.line)).toBeCloseTo((dot(screw.burgers, screw.line) / (2 * Math.PI)) * Math.atan2(7, 4), 12);
    const edge = make(5, 0, 90);
    expect(dot(local(edge).at(4, 7), edge.line)).toBeCloseTo(0, 12);
    const far = local(edge).at(4, 7, 100);
    local(edge)
      .at(4, 7)
      .forEach((x, i) => expect(x).toBeCloseTo(far[i]!, 9));
  });

  it('keeps an atom on the line finite', () => {
    for (const character of [0, 37, 90]) {
      const positions = displace(
        new Float64Array([0, 0, 0, 1e-300, 0, 0, 1e-9, 1e-9, 0]),
        dislocationField(make(1, 0, character)),
      );
      expect(positions).toHaveLength(9);
      for (const x of positions) expect(Math.abs(x)).toBeLessThan(5);
    }
  });
});

describe('placeLine', () => {
  const shape = winterbottom({ element: 'Pt', lateral: 150, interfaceIndex: 5, height: 0.7 });
  it('keeps centred lines within a tenth of the lateral size', () => {
    const line = normalise([1, 1, -2]);
    const random = stream(4, 'cd');
    let farthest = 0;
    for (let i = 0; i < 500; i++) {
      const offset = subtract(placeLine(shape, line, 'CD', random), shape.centroid);
      farthest = Math.max(farthest, norm(cross(offset, line)));
    }
    expect(farthest).toBeLessThanOrEqual(15);
    expect(farthest).toBeGreaterThan(13);
  });
  it('puts the others anywhere inside, evenly', () => {
    const random = stream(4, 'rpd');
    const sum: Vec3[] = [];
    for (let i = 0; i < 3000; i++) {
      const p = placeLine(shape, [0, 0, 1], 'RPD', random);
      expect(shape.contains(...p)).toBe(true);
      sum.push(p);
    }
    const mean = scale(sum.reduce(add), 1 / 3000);
    expect(norm(subtract(mean, shape.centroid))).toBeLessThan(3);
  });
});

describe('smoothStrain', () => {
  it('never turns the phase further than asked, and comes near it', () => {
    const g: Vec3 = [1.5, 1.5, 1.5];
    const field = smoothStrain({ size: 100, g, phase: 1.8 }, stream(2, 'strain'));
    let most = 0;
    for (let i = 0; i < 4000; i++) {
      const u = new Float64Array(3);
      field((i % 16) * 7, (Math.floor(i / 16) % 16) * 7, Math.floor(i / 256) * 7, u);
      most = Math.max(most, Math.abs(dot(g, [u[0]!, u[1]!, u[2]!])));
    }
    expect(most).toBeLessThanOrEqual(1.8);
    expect(most).toBeGreaterThan(0.2);
  });
});
