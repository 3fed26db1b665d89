import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalAxis } from '@core/math/principal';
import { cross, dot, normalise, scale } from '@core/math/vector';
import { stream } from '@core/random/stream';

describe('the principal axis', () => {
  it('is the one that a cloud was stretched along most', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = stream(seed, 'cloud');
        const a = random.unitVector();
        const b = normalise(cross(a, random.unitVector()));
        // Pairs of points on each axis: a covariance that is known exactly.
        const points = (
          [
            [a, 5],
            [b, 2],
            [cross(a, b), 1],
          ] as const
        ).flatMap(([axis, s]) => [scale(axis, s), scale(axis, -s)]);
        expect(Math.abs(dot(principalAxis(points), a))).toBeCloseTo(1, 9);
      }),
      { numRuns: 50 },
    );
  });
});
