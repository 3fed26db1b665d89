import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { showsOther } from '@core/crystal/other';
import { dot } from '@core/math/vector';
import { createScatterer } from '@core/scatter/nufft';
import { buildCrystal, viewCrystal } from '@main/dataset/crystal';
import { kindsOf } from '@main/dataset/kinds';
import { measurePattern } from '@main/dataset/measured/measure';
import { assign, planCrystal, planView } from '@main/dataset/plan';
import { parseRecipe } from '@main/dataset/recipe';
import defects from '@resources/recipes/defects-2.json';
import paper from '@resources/recipes/provisional.json';

/** SHA-256 of the plans of `provisional`, 40 crystals, and of eight of their atoms, by the program before there was any variety. */
const DRAWN_BEFORE = 'cf83e04f175d52e0029e4384ab2aaca12ca06f007da6f21ab7070737e5f25d14';
const ATOMS_BEFORE = '5a3d8492088831814cc83d3810a7618a474b8e5da4f784f27d409a3917ce5c46';

const recipe = parseRecipe({ ...defects, crystals: 300, sizeCells: [20, 22], oversampling: [3, 4] });
const assignments = assign(recipe);
const plans = assignments.map((assignment, n) => planCrystal(recipe, n, assignment));

describe('a varied set', () => {
  it('has every class in its share, every kind of body, strain and defect, and all angles between line and Burgers vector', () => {
    const count = (value: (plan: (typeof plans)[number]) => string | undefined): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const plan of plans) {
        const name = value(plan);
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return counts;
    };
    expect(count((p) => p.defect).get('other')).toBe(84);
    expect(count((p) => p.body).size).toBe(7);
    expect(count((p) => p.strain).size).toBe(6);
    expect(count((p) => p.other?.kind).size).toBe(9);
    const angles = plans.flatMap((p) => (p.dislocation ? [kindsOf(p, buildCrystal(1, p)).mixingDeg ?? -1] : []));
    for (const from of [0, 15, 30, 45, 60, 75]) {
      expect(angles.filter((a) => a >= from && a < from + 15).length).toBeGreaterThan(5);
    }
  }, 60_000);

  it('labels dislocations by their dominant part, half twins as the perfect halves that are seen, and shows every other defect', () => {
    for (const plan of plans) {
      const { dislocation, other, label, hkl } = plan;
      if (dislocation) {
        const turned = Math.abs(Math.cos((dislocation.characterDeg * Math.PI) / 180));
        expect(label).toBe(turned > Math.SQRT1_2 ? 'screw' : 'edge');
        expect(dot(hkl, dislocation.burgers)).not.toBeCloseTo(0, 6);
      }
      if (other) expect(label).toBe(other.kind === 'half-twin' ? 'perfect' : 'other');
      if (other) expect(showsOther(other, hkl)).toBe(true);
      if (!dislocation && !other) expect(label).toBe('perfect');
    }
  });

  it('shows two dislocations at right angles by another family where its own shows one at a time', () => {
    const only = parseRecipe({
      ...defects,
      crystals: 400,
      reflections: ['111'],
      others: { several: 1 },
      classes: { perfect: 0, screw: 0, edge: 0, other: 1 },
    });
    const drawn = assign(only).map((assignment, n) => planCrystal(only, n, assignment));
    const views = drawn.flatMap((plan) => [plan, planView(only, plan, 1), planView(only, plan, 2)]);
    for (const { other, hkl } of views) expect(other && showsOther(other, hkl)).toBe(true);
    expect(views.some(({ hkl }) => Math.abs(hkl[0]) !== 1)).toBe(true);
  });

  it('looks as large as it says: sites of the true lattice, as far apart as blocks of cells', () => {
    for (const plan of plans.filter(({ defect }) => defect === 'perfect').slice(0, 8)) {
      const crystal = buildCrystal(recipe.seed, plan);
      const { positions, g } = crystal;
      // All scatter in phase at the reflection, whatever the size.
      let [re, im] = [0, 0];
      for (let n = 0; n < positions.length; n += 3) {
        const phase = dot(g, [positions[n]!, positions[n + 1]!, positions[n + 2]!]);
        re += Math.cos(phase);
        im += Math.sin(phase);
      }
      expect(Math.hypot(re, im) / (positions.length / 3)).toBeCloseTo(1, 6);
      expect(crystal.sizeAngstrom).toBeGreaterThan(200);
      expect(crystal.sizeAngstrom).toBeLessThan(10_000);
    }
  });

  it("leaves sets of the paper's kind as they were drawn before there was any variety", () => {
    const old = parseRecipe({ ...paper, crystals: 40 });
    const drawn = assign(old).map((assignment, n) => planCrystal(old, n, assignment));
    const text = JSON.stringify(drawn);
    expect(createHash('sha256').update(text).digest('hex')).toBe(DRAWN_BEFORE);
    const atoms = createHash('sha256');
    for (const plan of drawn.slice(0, 8)) atoms.update(new Uint8Array(buildCrystal(old.seed, plan).positions.buffer));
    expect(atoms.digest('hex')).toBe(ATOMS_BEFORE);
  });
});

describe('a measured pattern', () => {
  it('is what the reduction makes of raw frames: centred, of maximum 1, and the same each time', () => {
    const scatterer = createScatterer();
    const plan = plans.find(({ defect, body }) => defect === 'perfect' && body === 'cube')!;
    const seen = viewCrystal(recipe, plan, buildCrystal(recipe.seed, plan));
    const crystal = { ...seen.crystal, crystal: plan.crystal, element: plan.element };
    const one = measurePattern(recipe, recipe.measured!, crystal, 3, scatterer);
    const again = measurePattern(recipe, recipe.measured!, crystal, 3, scatterer);
    expect(again).toEqual(one);
    expect(one.intensity).toHaveLength(64 ** 3);
    let [most, total] = [0, 0];
    const sums = [0, 0, 0];
    one.intensity.forEach((value, n) => {
      most = Math.max(most, value);
      total += value;
      [n >> 12, (n >> 6) & 63, n & 63].forEach((index, axis) => (sums[axis]! += index * value));
    });
    expect(most).toBe(1);
    for (const sum of sums) expect(Math.abs(sum / total - 32)).toBeLessThan(0.1);
    const found = (2 * Math.PI) / (one.facts.dq * one.facts.oversampling) / crystal.sizeAngstrom;
    expect(found).toBeGreaterThan(0.3);
    expect(found).toBeLessThan(1.2);
  }, 60_000);
});
