import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQMap, spacing } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import { fixture, scan54Geometry } from '../support/fixtures';

describe('Q of a pixel', () => {
  it('equals xrayutilities to 1e-9', () => {
    const reference = JSON.parse(readFileSync(fixture('scan54/q.json'), 'utf8')) as {
      q: { idx: [number, number, number]; theta: number; q: [number, number, number] }[];
    };
    expect(reference.q.length).toBeGreaterThan(5);
    for (const { idx, theta, q } of reference.q) {
      const got = createQMap(scan54Geometry([theta])).at(0, idx[1], idx[2]);
      q.forEach((value, axis) => expect(Math.abs(got[axis]! - value) / norm(q)).toBeLessThan(1e-9));
    }
  });

  it('has |q| = 2 k sin(theta), whatever the sample circles', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (theta) => {
        const map = createQMap(scan54Geometry([theta]));
        const cosTwoTheta = Math.cos((32.174 * Math.PI) / 180) * Math.cos((12.6346 * Math.PI) / 180);
        const expected = 2 * map.k(0) * Math.sin(Math.acos(cosTwoTheta) / 2);
        expect(norm(map.at(0, 128, 128))).toBeCloseTo(expected, 9);
        expect(spacing(map.at(0, 128, 128))).toBeCloseTo(2.3347, 3);
      }),
    );
  });
});
