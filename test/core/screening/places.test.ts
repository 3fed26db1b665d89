import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestOf, placesOf, SAME_PLACE_UM, type Placed } from '@core/screening/places';

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((x, n) => x - b[n]!));
const some: fc.Arbitrary<Placed[]> = fc
  .array(
    fc.record({
      on: fc.constantFrom('pt', 'au'),
      at: fc.tuple(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map((each, n) => ({ ...each, id: String(n) })));

describe('places', () => {
  it('hold every scan once, only such of one sample, and none farther from the first than the stage errs', () => {
    fc.assert(
      fc.property(some, (scans) => {
        const places = placesOf(scans);
        expect(places.flatMap(({ ids }) => ids).toSorted()).toEqual(scans.map(({ id }) => id).toSorted());
        for (const { ids } of places) {
          const [first, ...others] = ids.map((id) => scans[Number(id)]!);
          for (const other of others) {
            expect(other.on).toBe(first!.on);
            expect(distance(other.at, first!.at)).toBeLessThanOrEqual(SAME_PLACE_UM);
          }
        }
      }),
    );
  });

  it('know the nearest other place of their sample, as one finds it by looking at all', () => {
    fc.assert(
      fc.property(some, (scans) => {
        const places = placesOf(scans);
        const sampleOf = ({ ids }: (typeof places)[number]): string => scans[Number(ids[0])]!.on;
        const nearest = nearestOf(places);
        for (const place of places) {
          const others = places.filter((other) => other !== place && sampleOf(other) === sampleOf(place));
          expect(nearest.get(place)).toBe(Math.min(...others.map(({ at }) => distance(at, place.at))));
        }
      }),
    );
  });

  it('never run together: of a row of neighbours each is a particle', () => {
    const row = Array.from({ length: 5 }, (_, n) => ({ id: String(n), on: 'pt', at: [0.2 * n, 0] }));
    expect(placesOf(row).map(({ ids }) => ids)).toEqual([['0', '1'], ['2', '3'], ['4']]);
  });
});
