import { describe, expect, it } from 'vitest';
import { buildCrystal, viewCrystal } from '@main/dataset/crystal';
import { assign, planCrystal } from '@main/dataset/plan';
import { parseRecipe } from '@main/dataset/recipe';
import provisional from '@resources/recipes/provisional.json';

const recipe = parseRecipe({
  ...provisional,
  crystals: 6,
  sizeCells: [20, 22],
  strainRad: [1, 2],
  shape: { facets: 0.15, rounding: [0.2, 0.8] },
});
const plans = assign(recipe).map((assignment, n) => planCrystal(recipe, n, assignment));

it('has as many plans as crystals', () => {
  expect(plans).toHaveLength(6);
});

describe('a crystal of a recipe', () => {
  it('is strained by a phase that its plan allows', () => {
    for (const plan of plans) {
      const built = buildCrystal(recipe.seed, plan);
      const before = built.positions;
      const { positions, g } = viewCrystal(recipe, plan, built).crystal;
      let most = 0;
      for (let i = 0; i < positions.length; i += 3) {
        const phase =
          g[0] * (positions[i]! - before[i]!) +
          g[1] * (positions[i + 1]! - before[i + 1]!) +
          g[2] * (positions[i + 2]! - before[i + 2]!);
        most = Math.max(most, Math.abs(phase));
      }
      expect(most).toBeLessThanOrEqual(plan.strainRad);
      expect(most).toBeGreaterThan(0.05 * plan.strainRad);
    }
  });

  it('has the phase of each of its reflections in turn, and stays as it was relaxed', () => {
    for (const plan of plans) {
      const built = buildCrystal(recipe.seed, plan);
      const before = built.positions.slice();
      const { plan: seen, crystal } = viewCrystal(recipe, plan, built, 2);
      expect(built.positions).toEqual(before);
      expect(crystal.positions).not.toEqual(viewCrystal(recipe, plan, built, 1).crystal.positions);
      // |G| = 2 pi |hkl| / a, along hkl.
      const ratios = crystal.g
        .map((x, axis) => (seen.hkl[axis] === 0 ? 0 : x / seen.hkl[axis]!))
        .filter((x) => x !== 0);
      const perIndex = Math.hypot(...built.g) / Math.hypot(...plan.hkl);
      expect(ratios).toHaveLength(seen.hkl.filter((index) => index !== 0).length);
      for (const ratio of ratios) expect(ratio).toBeCloseTo(perIndex, 12);
    }
  });

  it('has a shape of its own, smaller than the sharp one of the same size', () => {
    for (const plan of plans) {
      const sharp = buildCrystal(recipe.seed, { ...plan, shape: { facets: 0, rounding: 0 } });
      const rounded = buildCrystal(recipe.seed, { ...plan, shape: { facets: 0, rounding: plan.shape.rounding } });
      expect(plan.shape.rounding).toBeGreaterThanOrEqual(0.2);
      expect(rounded.positions.length).toBeLessThan(sharp.positions.length);
    }
    expect(new Set(plans.map(({ shape }) => shape.rounding)).size).toBe(plans.length);
  });
});
