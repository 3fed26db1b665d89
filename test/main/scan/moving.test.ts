import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { moves } from '@main/scan/moving';

const seeds = fc.integer({ min: 0, max: 1e6 });
const counts = fc.integer({ min: 40, max: 200 });

describe('a list of positions', () => {
  it('moves in whatever order it goes to its places, with some left out and an unsteady motor', () => {
    fc.assert(
      fc.property(seeds, counts, fc.constantFrom('up', 'up and down', 'twice', 'shuffled'), (seed, n, way) => {
        const draw = stream(seed, 'moving');
        const places = Array.from({ length: n }, (_, k) => 17 + 0.01 * (k + draw.uniform(-0.2, 0.2)));
        const up = places.filter(() => draw.uniform() > 0.1);
        const down = up.toReversed();
        const taken = {
          up,
          'up and down': [...up.filter((_, k) => k % 2 === 0), ...down.filter((_, k) => k % 2 === 1)],
          twice: [...up, ...down],
          shuffled: draw.shuffle(up),
        };
        expect(moves(taken[way])).toBe(true);
      }),
    );
  });

  it('does not move where it trembles about a place, or counts', () => {
    fc.assert(
      fc.property(seeds, counts, fc.constantFrom('normal', 'uniform', 'resolved', 'counter'), (seed, n, kind) => {
        const draw = stream(seed, 'still');
        const of = {
          normal: () => 17 + 1e-4 * draw.normal(),
          uniform: () => 17 + 1e-4 * draw.uniform(),
          // An encoder's own steps.
          resolved: () => 17 + 1e-4 * Math.round(draw.normal()),
          counter: () => draw.poisson(1000),
        };
        expect(moves(Float64Array.from({ length: n }, of[kind]))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('does not move where it is one number, or none is known', () => {
    for (const list of [[], [3], [3, 3, 3, 3, 3, 3, 3, 3, 3], [NaN, NaN, NaN]]) expect(moves(list)).toBe(false);
  });
});
