import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { compressedCounts } from '@core/reduce/compressed';
import { poisson } from '@core/random/poisson';

/** Counts of a peak's surroundings: mostly none, some of a few, a tail of more. */
function drawn(seed: number, mean: number): number[] {
  const random = stream(seed);
  return Array.from({ length: 40_000 }, (_, i) =>
    poisson(mean * (1 + 200 * (i / 40_000) ** 8), () => random.uniform()),
  );
}

const scan = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0.05, 0.2, 1));

it.each([
  ['logarithms', (c: number) => Math.log10(c + 1)],
  ['logarithms', Math.log1p],
  ['square roots', Math.sqrt],
] as const)('finds %s in whole numbers by their levels', (name, of) => {
  fc.assert(
    fc.property(scan, fc.constantFrom(10, 20, 50, 100, 250), ([seed, mean], factor) => {
      const values = drawn(seed, mean).map((c) => Math.round(factor * of(c)));
      expect(compressedCounts(values)).toBe(name);
    }),
    { numRuns: 30 },
  );
});

it('takes counts for counts, whatever a photon is worth, and where few are suppressed', () => {
  fc.assert(
    fc.property(scan, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 5 }), ([seed, mean], unit, least) => {
      const counts = drawn(seed, mean).map((c) => (c < least ? 0 : unit * c));
      expect(compressedCounts(counts)).toBeUndefined();
      // A detector's own noise about each photon's level.
      expect(compressedCounts(counts.map((c, i) => c + (i % 3)))).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
