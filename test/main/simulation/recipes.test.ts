import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecipeDraft } from '@contract/recipe';
import { parseRecipe } from '@main/dataset/recipe';
import { readDraft } from '@main/simulation/issues';
import { createPace, outlookOf } from '@main/simulation/outlook';
import { createRecipeShelf } from '@main/simulation/recipes';
import { recipeRules } from '@main/simulation/rules';
import defects from '@resources/recipes/defects-2.json';
import provisional from '@resources/recipes/provisional.json';
import { temporaryFolder } from '../../support/build';

const draft = provisional as RecipeDraft;

describe('the shelf of recipes', () => {
  it('holds every shipped recipe, and each of them is valid', () => {
    const recipes = createRecipeShelf(join(temporaryFolder(), 'none-yet')).list();
    expect(recipes.map(({ id }) => id)).toContain('shipped/provisional');
    for (const { recipe, own } of recipes) expect([own, 'recipe' in readDraft(recipe)]).toEqual([false, true]);
  });

  it('keeps the user’s own under their names, the newest of each name, and forgets them when told to', async () => {
    const folder = temporaryFolder();
    const shelf = createRecipeShelf(folder);
    const saved = await shelf.save({ ...draft, name: 'Großer Satz: Pt / 40' });
    expect(saved).toMatchObject({ id: 'own/gro-er-satz-pt-40', own: true, recipe: { name: 'Großer Satz: Pt / 40' } });
    await shelf.save({ ...draft, name: 'Großer Satz: Pt / 40', crystals: 7 });
    const own = (): number[] =>
      createRecipeShelf(folder)
        .list()
        .filter((each) => each.own)
        .map(({ recipe }) => recipe['crystals'] as number);
    expect(own()).toEqual([7]);
    expect(shelf.remove(saved.id).some(({ own: mine }) => mine)).toBe(false);
    expect(own()).toEqual([]);
  });

  it.each(['shipped/provisional', 'own/../../ledger', 'own/', '../x', 'own/UPPER'])('removes nothing for %s', (id) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'UPPER.json'), '{}');
    expect(() => createRecipeShelf(folder).remove(id)).toThrow(expect.objectContaining({ code: 'recipe-missing' }));
    expect(existsSync(join(folder, 'UPPER.json'))).toBe(true);
  });

  it('saves no recipe that is not valid, and lists an old one all the same so that it can be corrected', async () => {
    const folder = temporaryFolder();
    const shelf = createRecipeShelf(folder);
    await expect(shelf.save({ ...draft, crystals: 0 })).rejects.toMatchObject({ code: 'recipe-invalid' });
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ ...draft, crystals: 0 }));
    writeFileSync(join(folder, 'torn.json'), '{"name":');
    expect(shelf.list().filter(({ own }) => own)).toMatchObject([{ id: 'own/old', recipe: { crystals: 0 } }]);
  });
});

describe('what the form is told', () => {
  it('has the bounds and choices that the schema checks with', () => {
    const { limits, choices } = recipeRules();
    expect(limits['sizeCells.0']).toEqual([8, 120]);
    expect(limits['relaxation.energyTolerance']).toEqual([0, 0.01]);
    expect(limits['elements.Pt']).toBeDefined();
    expect(choices['elements']).toContain('Pt');
    expect(choices['reflections']).toEqual(['111', '200', '220', '222', '311']);
    for (const [path, [least, most]] of Object.entries(limits)) {
      const broken = (value?: number): RecipeDraft => {
        const recipe = structuredClone({
          ...draft,
          // Whatever is optional, so that every path leads somewhere; what is relaxed has neither ribbons nor another size.
          ...(path.startsWith('relaxation')
            ? { relaxation: { potential: 'zhou04' } }
            : { effectiveNm: [30, 800], ribbons: { share: 0.5, widthNm: [1, 2] } }),
          ...{ bodies: { cube: 1 }, others: { partial: 1 }, strains: { thermal: 1 }, measured: defects.measured },
          shape: { facets: 0.1, rounding: [0, 1] },
        }) as Record<string, unknown>;
        const keys = path.split('.');
        const last = keys.pop()!;
        const parent = keys.reduce<Record<string, unknown>>((node, key) => node[key] as never, recipe);
        if (value !== undefined) parent[last] = value;
        return recipe as RecipeDraft;
      };
      expect(readDraft(broken()), path).not.toHaveProperty('issues');
      for (const value of [least - 1, most + 1]) expect(readDraft(broken(value)), path).toHaveProperty('issues');
    }
  });

  it('is told what is wrong by the path of each field', () => {
    const read = readDraft({ ...draft, crystals: 1.5, sizeCells: [4, 'x'], elements: {}, reflections: [] });
    expect('issues' in read && read.issues.map(({ path, code }) => [path, code])).toEqual([
      ['crystals', 'invalid_type'],
      ['elements', 'custom'],
      ['sizeCells.0', 'too_small'],
      ['sizeCells.1', 'invalid_type'],
      ['reflections', 'too_small'],
    ]);
    expect('issues' in read && read.issues[2]).toMatchObject({ origin: 'number', minimum: 8, inclusive: true });
  });
});

describe('the outlook', () => {
  const recipe = parseRecipe(provisional);

  it('counts patterns and bytes', () => {
    const { crystals, patterns, bytes, atoms } = outlookOf(recipe, createPace());
    expect([crystals, patterns]).toEqual([960, 4800]);
    expect(bytes / patterns).toBeGreaterThan(4 * 64 ** 3);
    expect(bytes / patterns).toBeLessThan(1.01 * 4 * 64 ** 3);
    expect(atoms[0]).toBeLessThan(atoms[1]);
    expect(atoms[1]).toBeLessThan(atoms[2]);
  });

  it('goes by this machine’s own pace once that is known', () => {
    const pace = createPace();
    const before = outlookOf(recipe, pace);
    pace.learn('pattern', 100_000, 100);
    const after = outlookOf(recipe, pace);
    expect([before.measured, after.measured]).toEqual([false, true]);
    expect(after.coreSeconds).toBeGreaterThan(10 * before.coreSeconds);
  });

  it('counts the relaxation in', () => {
    const relaxing = parseRecipe({ ...provisional, relaxation: { potential: 'zhou04' } });
    expect(outlookOf(relaxing, createPace()).coreSeconds).toBeGreaterThan(
      2 * outlookOf(recipe, createPace()).coreSeconds,
    );
  });
});
