import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closeBall } from '@core/phase/morphology';

const SIZE = 9;
const places = Array.from({ length: SIZE ** 3 }, (_, v) => [
  Math.floor(v / SIZE ** 2),
  Math.floor(v / SIZE) % SIZE,
  v % SIZE,
]);

/** By the definition: a voxel is added where a ball that touches it holds one of the set's. */
const dilated = (set: Uint8Array, radius: number): Uint8Array =>
  set.map((_, v) =>
    places.some((place, w) => set[w] === 1 && Math.hypot(...place.map((x, n) => x - places[v]![n]!)) <= radius + 1e-9)
      ? 1
      : 0,
  );

it('closes a set by a ball as the definition does: grown by it, and what is outside grown back', () => {
  const set = fc
    .array(fc.nat(5), { minLength: SIZE ** 3, maxLength: SIZE ** 3 })
    .map((all) => Uint8Array.from(all, (n) => (n === 0 ? 1 : 0)));
  fc.assert(
    fc.property(set, fc.constantFrom(1, 1.5, 2.3, 3), (some, radius) => {
      const grown = dilated(some, radius).map((is) => 1 - is);
      expect(closeBall(some, SIZE, radius)).toEqual(dilated(grown, radius).map((is) => 1 - is));
    }),
    { numRuns: 12 },
  );
});
