import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { fillFcc } from '@core/crystal/lattice';
import { findNeighbours } from '@core/crystal/neighbours';
import { findRibbon } from '@core/crystal/ribbon';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

const A = 4;
const shape = winterbottom({ element: 'Al', lateral: 16 * A, interfaceIndex: 2, height: 0.7 });
const crystal = (): Float64Array => fillFcc(shape, A, [0.9, 0.4, 1.7]);
const at = (p: Float64Array, i: number): Vec3 => [p[3 * i]!, p[3 * i + 1]!, p[3 * i + 2]!];
const FCC = 1;
const HCP = 2;
const CORE = 5;

describe('neighbours', () => {
  it('are those that comparing all pairs finds', () => {
    const random = stream(3, 'points');
    const points = Float64Array.from({ length: 600 }, () => random.uniform(-20, 20));
    const { start, list } = findNeighbours(points, 6);
    for (let i = 0; i < 200; i++) {
      const expected = Array.from({ length: 200 }, (_, j) => j).filter(
        (j) => j !== i && norm(subtract(at(points, i), at(points, j))) < 6,
      );
      expect([...list.subarray(start[i], start[i + 1])].sort((a, b) => a - b)).toEqual(expected);
    }
  });
});

describe('a ribbon', () => {
  it('is found where a dislocation was put, with its Burgers vector, its line and its character', () => {
    const which = fc.record({
      burgers: fc.constantFrom(...burgersVectors),
      plane: fc.nat(1),
      characterDeg: fc.double({ min: 0, max: 90, noNaN: true }),
    });
    fc.assert(
      fc.property(which, ({ burgers: inEdges, plane, characterDeg }) => {
        const burgers = scale(inEdges, A);
        const glideNormal = glidePlanes(inEdges)[plane]!;
        const line = lineDirection(inEdges, glideNormal, characterDeg);
        const point = add(shape.centroid, [2, -1, 1]);
        const positions = displace(crystal(), dislocationField({ burgers, line, glideNormal, point, poisson: 0.35 }));
        // Elasticity ends in the core: a tube about the line that nobody should call fcc.
        const off = (p: Vec3): number => norm(cross(subtract(p, point), line));
        const structure = Uint8Array.from({ length: positions.length / 3 }, (_, i) =>
          off(at(positions, i)) < 6 ? CORE : FCC,
        );
        const report = findRibbon(positions, structure, A, burgers);
        expect(report).toMatchObject({ state: 'whole', present: true });
        expect(Math.abs(dot(report.burgers!, burgers) / dot(burgers, burgers))).toBeCloseTo(1, 9);
        expect(norm(report.burgers!)).toBeCloseTo(norm(burgers), 9);
        expect(Math.abs(dot(report.line!, line))).toBeGreaterThan(Math.cos(0.15));
        expect(off(report.point!)).toBeLessThan(2);
        expect(Math.abs(report.characterDeg! - characterDeg)).toBeLessThan(10);
      }),
      { numRuns: 25 },
    );
  });

  it('is absent from a perfect crystal, whatever its surface looks like', () => {
    const positions = crystal();
    const { start } = findNeighbours(positions, 0.85 * A);
    const structure = Uint8Array.from({ length: positions.length / 3 }, (_, i) =>
      start[i + 1]! - start[i]! < 12 ? CORE : FCC,
    );
    expect(findRibbon(positions, structure, A, [A / 2, A / 2, 0])).toEqual({
      state: 'escaped',
      present: false,
      atoms: 0,
    });
  });

  it('without its partials is a fault: half of the crystal slipped by a/6 <112>, and no walk encloses anything', () => {
    const normal = normalise([1, 1, 1]);
    const partial = scale([1, 1, -2], A / 6);
    const layer = A / Math.sqrt(3);
    // Layers are a / sqrt(3) apart, one of them through the lattice's origin; the cut lies half-way between two.
    const cut = (Math.round(dot([0.9, 0.4, 1.7], normal) / layer) + 0.5) * layer;
    const origin = dot([0.9, 0.4, 1.7], normal) - Math.round(dot([0.9, 0.4, 1.7], normal) / layer) * layer;
    const height = (p: Vec3): number => dot(p, normal) - origin - cut;
    const positions = crystal();
    const structure = Uint8Array.from({ length: positions.length / 3 }, (_, i) =>
      Math.abs(height(at(positions, i))) < 0.9 * layer ? HCP : FCC,
    );
    displace(positions, (x, y, z, u) => {
      if (height([x, y, z]) > 0) partial.forEach((c, a) => (u[a]! += c));
    });
    const report = findRibbon(positions, structure, A, [A / 2, -A / 2, 0]);
    expect(report).toMatchObject({ state: 'faulted', present: false });
    expect(report.burgers).toBeUndefined();
    expect(Math.abs(dot(report.point!, normal) - origin - cut)).toBeLessThan(0.2);
  });
});
