import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mendPositions } from '@main/reading/positions';
import { orderOf } from '@main/reading/plan';
import { findCorrupt } from '@main/reading/spoiled';

it('a position that is lost among points in no order is not made up from those beside it', () => {
  const shuffled = [0.3, 0.9, 0.1, NaN, 0.8, 0.2, 0.7, 0.4, 1, 0.6, 0];
  expect(mendPositions(shuffled)).toMatchObject({ interpolated: [], unknown: [3] });
  expect(mendPositions([0, 0.1, NaN, 0.3, 0.4]).positions[2]).toBeCloseTo(0.2, 12);
});

it('the brightest frame among points in no order is no corrupt one, and a corrupt one is found by its angle', () => {
  const at = [0, 3, 5, 1, 4, 2];
  const sums = at.map((angle) => [1, 10, 900, 2000, 60, 2][angle]!);
  expect(findCorrupt(sums)).not.toEqual([]);
  expect(findCorrupt(sums, orderOf(at))).toEqual([]);
  expect(findCorrupt(sums.with(3, 1e9), orderOf(at))).toEqual([3]);
});

it('the frames that are left where every second or third one is dark are no corrupt ones', () => {
  const curve = Array.from({ length: 41 }, (_, f) => 400 + Math.round(1e6 / (1 + ((f - 20) / 2) ** 4)));
  for (const every of [2, 3]) expect(findCorrupt(curve.map((sum, f) => (f % every === 1 ? 0 : sum)))).toEqual([]);
});

it('law: frames without beam beside any frame make it no corrupt one, on any background; one that is corrupt is still found', () => {
  const runs = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 32 }),
      runs,
      fc.constantFrom(0, 50, 20_000),
      (lit, [before, behind], background) => {
        const curve = Array.from({ length: 41 }, (_, f) => background + Math.round(1e6 / (1 + ((f - 20) / 2) ** 4)));
        const sums = curve.map((sum, f) => (f !== lit && f >= lit - before && f <= lit + behind ? 0 : sum));
        expect(findCorrupt(sums)).toEqual([]);
        expect(findCorrupt(sums.with(lit, 1e10))).toEqual([lit]);
      },
    ),
  );
});
