import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalAxes } from '@core/math/principal';
import { cross, dot, normalise, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

describe('principal axes', () => {
  it('are those that a cloud was stretched along, wherever it lies', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = stream(seed, 'cloud');
        const a = random.unitVector();
        const b = normalise(cross(a, random.unitVector()));
        const c = cross(a, b);
        const centre: Vec3 = [random.uniform(-9, 9), random.uniform(-9, 9), random.uniform(-9, 9)];
        // Pairs of points on each axis: a covariance that is known exactly.
        const points = (
          [
            [a, 5],
            [b, 2],
            [c, 1],
          ] as const
        ).flatMap(([axis, s]) => [s, -s].flatMap((t) => axis.map((x, k) => centre[k]! + t * x)));
        const found = principalAxes(Float64Array.from(points), [0, 1, 2, 3, 4, 5]);
        [a, b, c].forEach((axis, k) => expect(Math.abs(dot(found.axes[k]!, axis))).toBeCloseTo(1, 9));
        [5, 2, 1].forEach((s, k) => expect(found.spreads[k]).toBeCloseTo(s / Math.sqrt(3), 9));
        found.centre.forEach((x, k) => expect(x).toBeCloseTo(centre[k]!, 9));
      }),
      { numRuns: 50 },
    );
  });
});
