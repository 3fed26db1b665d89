import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { assign, planCrystal, planView, viewOf } from '@main/dataset/plan';
import { loadRecipe, parseRecipe } from '@main/dataset/recipe';
import { paperRecipes, recipeText } from '../../../scripts/paper-recipes';
import provisional from '@resources/recipes/provisional.json';
import relaxed from '@resources/recipes/relaxed.json';

const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const code = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof BraggwatchError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

describe('recipes', () => {
  it('accept the provisional one', () => {
    expect(parseRecipe(provisional)).not.toHaveProperty('relaxation');
  });
  it('accept the relaxed one', () => {
    expect(parseRecipe(relaxed).relaxation).toMatchObject({ potential: 'zhou04', energyTolerance: 1e-6 });
  });
  it.each([
    ['unknown keys', { ...provisional, extra: 1 }],
    ['a range upside down', { ...provisional, sizeCells: [40, 20] }],
    ['no element', { ...provisional, elements: { Au: 0 } }],
    ['an element that is none of ours', { ...provisional, elements: { Fe: 1 } }],
    ['a crystal that would not fit in memory', { ...provisional, sizeCells: [20, 4000] }],
    ['nothing to train on', { ...provisional, split: { validation: 0.6, test: 0.4 } }],
    ['several Bragg peaks in one cube', { ...provisional, sizeCells: [10, 40] }],
    ['NaN', { ...provisional, centred: Number.NaN }],
    ['no object', 'recipe'],
  ])('refuse %s', (_, value) => {
    expect(code(() => parseRecipe(value))).toBe('recipe-invalid');
  });
  it('say what is wrong with a file', () => {
    const path = join(folder, 'r.json');
    expect(code(() => loadRecipe(path))).toBe('path-missing');
    writeFileSync(path, '{"name": ');
    expect(code(() => loadRecipe(path))).toBe('recipe-invalid');
    writeFileSync(path, JSON.stringify(provisional));
    expect(loadRecipe(path)).toEqual(parseRecipe(provisional));
  });
});

describe('recipes that come with the program', () => {
  const shipped = new URL('../../../resources/recipes/', import.meta.url);
  const files = readdirSync(shipped, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

  it.each(files)('%s is one, and named as its file is', (file) => {
    expect(loadRecipe(fileURLToPath(new URL(file, shipped))).name).toBe(basename(file, '.json'));
  });

  it("hold every set of the paper's tables, as the generator writes them", () => {
    const made = paperRecipes();
    expect(files.filter((file) => file.startsWith('paper')).sort()).toEqual(
      made.map(({ name }) => join('paper', `${name}.json`)).sort(),
    );
    for (const recipe of made)
      expect(readFileSync(new URL(`paper/${recipe.name}.json`, shipped), 'utf8')).toBe(recipeText(recipe));
    // Supplementary Tables 1 and 5 have 28 and 18 entries, Table 1 one more.
    expect(made).toHaveLength(28 + 18 + 1);
    expect(new Set(made.map(({ seed }) => seed)).size).toBe(made.length);
  });

  it('draw gaps by default only where the recipe says so', () => {
    expect(parseRecipe(provisional).exposure).not.toHaveProperty('gaps');
    expect(code(() => parseRecipe({ ...provisional, exposure: { ...provisional.exposure, gaps: 1.5 } }))).toBe(
      'recipe-invalid',
    );
  });
});

describe('the plan of a set', () => {
  const recipe = parseRecipe(provisional);
  const assignments = assign(recipe);
  const plans = assignments.map((assignment, i) => planCrystal(recipe, i, assignment));

  it('has its classes and parts in exact shares, the parts alike in every class', () => {
    for (const defect of ['perfect', 'screw', 'edge'] as const) {
      const members = assignments.filter((a) => a.defect === defect);
      expect(members).toHaveLength(recipe.crystals / 3);
      for (const [split, share] of [
        ['train', 0.85],
        ['validation', 0.1],
        ['test', 0.05],
      ] as const) {
        expect(Math.abs(members.filter((m) => m.split === split).length - share * members.length)).toBeLessThan(1);
      }
    }
  });

  it('draws a crystal from its number alone', () => {
    expect(planCrystal(recipe, 7, assignments[7]!)).toEqual(plans[7]);
    expect(planCrystal({ ...recipe, crystals: 9 }, 7, assignments[7]!)).toEqual(plans[7]);
    expect(plans[8]).not.toEqual({ ...plans[7], crystal: 8 });
  });

  it('draws only dislocations that the reflection sees, near screw or near edge, in a plane that holds b', () => {
    expect(plans.filter(({ dislocation }) => dislocation).length).toBeGreaterThan(100);
    for (const { dislocation: d, hkl, defect, label } of plans) {
      expect(label).toBe(defect);
      expect(d === undefined).toBe(defect === 'perfect');
      if (!d) continue;
      expect(d.burgers.reduce((s, b, a) => s + b * hkl[a]!, 0)).toBe(d.gb);
      expect(d.gb).not.toBe(0);
      expect(d.burgers.reduce((s, b, a) => s + b * d.glideNormal[a]!, 0)).toBeCloseTo(0, 12);
      expect(Math.abs(d.characterDeg - (defect === 'edge' ? 90 : 0))).toBeLessThanOrEqual(recipe.mixedDeg);
    }
  });

  it('has three quarters of its dislocations centred, every element, and both families', () => {
    const defective = plans.filter((p) => p.dislocation);
    const centred = defective.filter((p) => p.dislocation?.placement === 'CD').length / defective.length;
    expect(Math.abs(centred - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / defective.length));
    for (const element of ['Au', 'Pt', 'Ag', 'Al'])
      expect(plans.filter((p) => p.element === element).length).toBeGreaterThan(180);
    expect(plans.filter((p) => p.element === 'Cu')).toHaveLength(0);
    const families = plans.filter((p) => Math.abs(p.hkl[0]) === 1).length / plans.length;
    expect(families).toBeGreaterThan(0.4);
    expect(families).toBeLessThan(0.6);
  });

  it('labels hidden dislocations perfect where the recipe asks for them', () => {
    const hidden = { ...recipe, invisible: 'perfect' as const };
    const drawn = assignments.map((a, i) => planCrystal(hidden, i, a)).filter((p) => p.dislocation);
    const unseen = drawn.filter((p) => p.dislocation?.gb === 0);
    // Half of {111} and a third of {200} hide a given <110>/2.
    expect(unseen.length / drawn.length).toBeGreaterThan(0.3);
    for (const p of drawn) expect(p.label).toBe(p.dislocation?.gb === 0 ? 'perfect' : p.defect);
  });

  it('shows one crystal at several reflections, each seeing its dislocation, with as many patterns', () => {
    const several = { ...recipe, orientations: 10, reflectionsPerCrystal: 4 };
    expect(Array.from({ length: 10 }, (_, n) => viewOf(several, n))).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 3, 3]);
    expect(viewOf({ ...recipe, orientations: 10 }, 9)).toBe(0);
    expect(viewOf({ ...several, reflectionsPerCrystal: 40 }, 9)).toBe(9);
    for (const plan of plans.slice(0, 60)) {
      expect(planView(several, plan, 0)).toBe(plan);
      for (const view of [1, 2, 3]) {
        const { hkl, dislocation, strainRad, label, ...same } = planView(several, plan, view);
        expect(plan).toMatchObject(same);
        expect(strainRad).not.toBe(plan.strainRad);
        expect(label).toBe(plan.defect);
        if (!dislocation) continue;
        expect(dislocation.gb).not.toBe(0);
        expect(dislocation.burgers.reduce((s, b, a) => s + b * hkl[a]!, 0)).toBe(dislocation.gb);
      }
    }
    const first = plans.find((p) => p.dislocation)!;
    const seen = Array.from({ length: 40 }, (_, view) => String(planView(several, first, view).hkl));
    expect(new Set(seen).size).toBeGreaterThan(4);
  });
});
