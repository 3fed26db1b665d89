import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSetfl } from '@core/potential/setfl';
import { zhou04Tables } from '@core/potential/zhou04';
import { buildCrystal } from '@main/dataset/crystal';
import { assign, planCrystal } from '@main/dataset/plan';
import { loadRecipe, type Recipe, type RelaxationRecipe } from '@main/dataset/recipe';
import { metalOf, relaxingTools } from '@main/dataset/relaxing';
import provisional from '@resources/recipes/provisional.json';
import { temporaryFolder } from '../../support/build';

/** A recipe beside a folder with a potential of the user's own for gold; what it names no file for stays Zhou's. */
function recipeWith(files: object): Recipe & { relaxation: RelaxationRecipe } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'tables'));
  writeFileSync(join(folder, 'tables', 'mine.eam.alloy'), writeSetfl(zhou04Tables('Au')));
  const path = join(folder, 'recipe.json');
  const relaxation = { potential: 'zhou04', files };
  writeFileSync(path, JSON.stringify({ ...provisional, elements: { Au: 1, Pt: 1 }, crystals: 6, relaxation }));
  const recipe = loadRecipe(path);
  return { ...recipe, relaxation: recipe.relaxation! };
}

describe("a recipe with potentials of the user's own", () => {
  const mine = { Au: { file: 'tables/mine.eam.alloy', surface: [1, 1.6, 1.7] } };

  it('finds the file from its own folder on, for its element alone', () => {
    const { relaxation } = recipeWith(mine);
    const gold = relaxingTools.potential(relaxation, 'Au');
    expect(gold).toMatchObject({ name: 'mine.eam.alloy', element: 'Au', style: 'eam/alloy' });
    expect(relaxingTools.potential(relaxation, 'Pt').name).toBe('zhou04:Pt');
  });

  it("shapes crystals by that potential's surfaces and builds them with its cell edge", () => {
    const recipe = recipeWith(mine);
    const gold = relaxingTools.potential(recipe.relaxation, 'Au');
    const assignment = assign(recipe)[0]!;
    const plan = { ...planCrystal(recipe, 0, { ...assignment, defect: 'perfect' }), element: 'Au' as const };
    const metal = metalOf(recipe.relaxation, 'Au', gold);
    expect(metal.latticeAngstrom).toBeCloseTo(4.08, 2);
    // Costly {100} leave the octahedron's corners on: more atoms than the rounder crystal of Zhou's surfaces with the same {111}.
    const theirs = buildCrystal(recipe.seed, plan, metal).positions.length;
    const ours = buildCrystal(recipe.seed, plan, { ...metal, surface: [1, 1.12, 1.22] }).positions.length;
    expect(theirs).not.toBe(ours);
    expect(metal.surface).toEqual([1, 1.6, 1.7]);
  });

  it('is refused where the file is missing, or is of another metal', () => {
    const missing = recipeWith({ Au: { file: 'nowhere.eam', surface: [1, 1, 1] } }).relaxation;
    expect(() => relaxingTools.potential(missing, 'Au')).toThrow(expect.objectContaining({ code: 'path-missing' }));
    const other = recipeWith({ Pt: { file: 'tables/mine.eam.alloy', surface: [1, 1, 1] } }).relaxation;
    expect(() => relaxingTools.potential(other, 'Pt')).toThrow(expect.objectContaining({ code: 'potential-invalid' }));
  });
});
