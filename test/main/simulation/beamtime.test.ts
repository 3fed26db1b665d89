import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured } from '@core/screening/measured';
import { LEAST_SCANS, recipeLike } from '@main/simulation/beamtime';
import { parseRecipe } from '@main/dataset/recipe';

describe('a recipe like a beamtime', () => {
  const scan = fc.record<Measured>({
    elements: fc.subarray(['Al', 'Ag', 'Au', 'Pt', 'Cu', 'Ni', 'Pd'] as const),
    family: fc.constantFrom(undefined, '111', '200', '220', '311', '222'),
    sizeNm: fc.double({ min: 1, max: 5000, noNaN: true }),
    oversampling: fc.double({ min: 0.5, max: 30, noNaN: true }),
    counts: fc.option(fc.double({ min: 1, max: 1e9, noNaN: true }), { nil: undefined }),
  });

  it('is a recipe whatever was measured, of nothing that was not', () => {
    fc.assert(
      fc.property(fc.array(scan, { minLength: LEAST_SCANS, maxLength: 40 }), (scans) => {
        const recipe = recipeLike(scans)!;
        expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
        const seen = new Set<string>(scans.flatMap(({ elements }) => elements));
        if (seen.size > 0) expect(new Set(Object.keys(recipe.elements))).toEqual(seen);
        const families = new Set(scans.flatMap(({ family }) => family ?? []));
        if (families.size > 0) expect(new Set(recipe.reflections)).toEqual(families);
      }),
    );
  });

  it('holds the sizes, samplings and counts of nine scans in ten', () => {
    const scans = Array.from({ length: 40 }, (_, n): Measured => ({
      ...{ elements: ['Pt'], family: '111' },
      ...{ sizeNm: 100 + 5 * n, oversampling: 2.5 + n / 40, counts: 1000 * (n + 1) },
    }));
    const recipe = recipeLike(scans)!;
    const within = ([low, high]: readonly [number, number], value: number): boolean => value >= low && value <= high;
    const held = scans.filter(
      ({ sizeNm, oversampling, counts }) =>
        within(recipe.effectiveNm!, sizeNm) &&
        within(recipe.oversampling, oversampling) &&
        within(recipe.exposure.counts, counts!),
    );
    expect(held.length).toBeGreaterThanOrEqual(36);
    expect(recipe.effectiveNm![0]).toBeGreaterThan(60);
    expect(recipe.effectiveNm![1]).toBeLessThan(500);
  });

  it('weighs families as often as they were measured', () => {
    const at = (family: Measured['family']): Measured => ({
      elements: [],
      family,
      sizeNm: 200,
      oversampling: 3,
      counts: 1e4,
    });
    const { reflections } = recipeLike([...Array<Measured>(8).fill(at('111')), at('200'), at('200')])!;
    expect(reflections.filter((name) => name === '111')).toHaveLength(8);
    expect(reflections.filter((name) => name === '200')).toHaveLength(2);
  });

  it('waits for scans enough', () => {
    expect(recipeLike([])).toBeUndefined();
  });
});
