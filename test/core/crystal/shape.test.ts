import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementNames, elements, poissonRatio } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { polyhedron, type HalfSpace } from '@core/crystal/polyhedron';
import { octahedral, winterbottom } from '@core/crystal/shape';
import { dot } from '@core/math/vector';
import { stream } from '@core/random/stream';

const cube = (edge: number): HalfSpace[] =>
  [0, 1, 2].flatMap((a) =>
    [1, -1].map((s) => ({
      normal: [a === 0 ? s : 0, a === 1 ? s : 0, a === 2 ? s : 0] as const,
      distance: edge / 2 + s,
    })),
  );

describe('polyhedron', () => {
  it('knows a cube off the origin', () => {
    const body = polyhedron(cube(10), 20);
    expect(body.volume).toBeCloseTo(1000, 8);
    body.centroid.forEach((c) => expect(c).toBeCloseTo(1, 10));
    body.areas.forEach((a) => expect(a).toBeCloseTo(100, 8));
    expect(body.max).toEqual([6, 6, 6]);
  });
  it('knows a regular octahedron', () => {
    const body = polyhedron(
      octahedral.map((n) => ({
        normal: [n[0] / Math.sqrt(3), n[1] / Math.sqrt(3), n[2] / Math.sqrt(3)],
        distance: 1 / Math.sqrt(3),
      })),
      4,
    );
    expect(body.volume).toBeCloseTo(4 / 3, 10);
    body.areas.forEach((a) => expect(a).toBeCloseTo(Math.sqrt(3) / 2, 10));
  });
});

describe('winterbottom', () => {
  const options = fc.record({
    element: fc.constantFrom(...elementNames),
    lateral: fc.double({ min: 50, max: 400, noNaN: true }),
    interfaceIndex: fc.integer({ min: 0, max: 7 }),
    height: fc.double({ min: 0.65, max: 0.75, noNaN: true }),
  });

  it('has the volume that random points find', () => {
    fc.assert(
      fc.property(options, fc.integer(), (o, seed) => {
        const shape = winterbottom(o);
        const random = stream(seed, 'volume');
        const box = shape.max.map((m, a) => m - shape.min[a]!);
        let inside = 0;
        const n = 20_000;
        for (let i = 0; i < n; i++) {
          const p = box.map((w, a) => shape.min[a]! + w * random.uniform());
          if (shape.contains(p[0]!, p[1]!, p[2]!)) inside++;
        }
        // Five standard errors of a proportion near one half are 2 %.
        expect(inside / n).toBeCloseTo(shape.volume / (box[0]! * box[1]! * box[2]!), 1.4);
      }),
      { numRuns: 10 },
    );
  });

  it('places facets as far out as their surface energy is high, the interface at its height', () => {
    fc.assert(
      fc.property(options, (o) => {
        const shape = winterbottom(o);
        const [g111, g100, g110] = elements[o.element].surface;
        const along = (n: readonly [number, number, number]): number =>
          shape.facets.find((f) => dot(f.normal, n) > 0.9999 * Math.hypot(...n))!.distance;
        const bottom = octahedral[o.interfaceIndex]!;
        const top = along([-bottom[0], -bottom[1], -bottom[2]]);
        expect(along([1, 0, 0])).toBeCloseTo(o.lateral / 2, 9);
        expect(along([1, 0, 0]) / top).toBeCloseTo(g100 / g111, 9);
        expect(along([1, 1, 0]) / top).toBeCloseTo(g110 / g111, 9);
        expect((top + along(bottom)) / (2 * top)).toBeCloseTo(o.height, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('is filled to bulk density: over random origins the mean count is the volume over the volume per atom', () => {
    const a = 4;
    const shape = winterbottom({ element: 'Ag', lateral: 12 * a, interfaceIndex: 2, height: 0.68 });
    const random = stream(8, 'origin');
    let total = 0;
    for (let i = 0; i < 200; i++)
      total += fillFcc(shape, a, [a * random.uniform(), a * random.uniform(), a * random.uniform()]).length / 3;
    expect((total / 200) * (a ** 3 / 4 / shape.volume)).toBeCloseTo(1, 2);
  });

  it('holds the atoms of the paper in 40 cells', () => {
    for (const element of ['Al', 'Ag', 'Au', 'Pt'] as const) {
      const a = elements[element].latticeAngstrom;
      const count = (height: number): number =>
        fillFcc(winterbottom({ element, lateral: 40 * a, interfaceIndex: 3, height }), a, [0.3, 0.2, 0.1]).length / 3;
      // 100 000 - 140 000 in the paper, with other potentials of Al, Ag and Au.
      expect(count(0.65)).toBeGreaterThan(90_000);
      expect(count(0.75)).toBeLessThan(140_000);
    }
  });

  it('holds every site once, all inside, each with fcc neighbours', () => {
    const a = 4;
    const shape = winterbottom({ element: 'Au', lateral: 40, interfaceIndex: 0, height: 0.7 });
    const p = fillFcc(shape, a);
    const keys = new Set<string>();
    for (let i = 0; i < p.length; i += 3) {
      expect(shape.contains(p[i]!, p[i + 1]!, p[i + 2]!)).toBe(true);
      keys.add(`${p[i]},${p[i + 1]},${p[i + 2]}`);
    }
    expect(keys.size).toBe(p.length / 3);
    const shell = [...keys].filter((k) => {
      const [x, y, z] = k.split(',').map(Number);
      return [-2, 2].every((s) =>
        [-2, 2].every(
          (t) =>
            keys.has(`${x! + s},${y! + t},${z}`) &&
            keys.has(`${x! + s},${y},${z! + t}`) &&
            keys.has(`${x},${y! + s},${z! + t}`),
        ),
      );
    });
    expect(shell.length).toBeGreaterThan(0.5 * keys.size);
  });

  it('refuses what is no crystal', () => {
    const good = { element: 'Pt', lateral: 100, interfaceIndex: 0, height: 0.7 } as const;
    expect(() => winterbottom({ ...good, lateral: 0 })).toThrow(RangeError);
    expect(() => winterbottom({ ...good, interfaceIndex: 8 })).toThrow(RangeError);
    expect(() => winterbottom({ ...good, height: 1.2 })).toThrow(RangeError);
  });
});

describe('poissonRatio', () => {
  it("gives Hirth and Lothe's averages", () => {
    expect(poissonRatio(elements.Au.elasticGpa)).toBeCloseTo(0.412, 1.5);
    expect(poissonRatio(elements.Al.elasticGpa)).toBeCloseTo(0.347, 1.5);
    expect(poissonRatio(elements.Cu.elasticGpa)).toBeCloseTo(0.324, 1.5);
  });
});
