import { describe, expect, it } from 'vitest';
import { displace, sum } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { fillFcc } from '@core/crystal/lattice';
import { measureLattice } from '@core/crystal/measure';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { scale } from '@core/math/vector';
import { stream } from '@core/random/stream';

const crystal = (a: number, cells: number): Float64Array =>
  fillFcc(winterbottom({ element: 'Au', lateral: cells * a, interfaceIndex: 1, height: 0.7 }), a, [0.2, 0.3, 0.4]);

describe('measureLattice', () => {
  it('finds the cell edge of a perfect crystal, whichever way it is turned', () => {
    for (const a of [3.5, 3.9242, 4.12]) {
      const atoms = crystal(a, 10);
      expect(measureLattice(atoms)).toBeCloseTo(a, 9);
      const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
      const turned = atoms.map((x, n) =>
        n % 3 === 0 ? c * x - s * atoms[n + 1]! : n % 3 === 1 ? s * atoms[n - 1]! + c * x : x,
      );
      expect(measureLattice(turned)).toBeCloseTo(a, 9);
    }
  });

  it('is hardly moved by a dislocation and a strain: by less than a tenth of a fringe', () => {
    const [a, cells] = [4.0782, 24];
    const cell = burgersVectors[0]!;
    const glideNormal = glidePlanes(cell)[0]!;
    const line = lineDirection(cell, glideNormal, 90);
    const field = sum([
      dislocationField({ burgers: scale(cell, a), line, glideNormal, point: [3, 2, 1], poisson: 0.4 }),
      smoothStrain({ size: cells * a, g: [2.6, 0, 0], phase: 1 }, stream(5)),
    ]);
    const found = measureLattice(displace(crystal(a, cells), field))!;
    expect(Math.abs(found / a - 1) * cells).toBeLessThan(0.1);
  });

  it('sees no lattice in a gas, in a lone atom, or in a chain', () => {
    const random = stream(3);
    expect(measureLattice(new Float64Array(3000).map(() => random.uniform(0, 20)))).toBeUndefined();
    expect(measureLattice(new Float64Array(3))).toBeUndefined();
    expect(measureLattice(new Float64Array(90).map((_, n) => (n % 3 === 0 ? n : 0)))).toBeUndefined();
  });
});
