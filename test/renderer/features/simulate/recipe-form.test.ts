import { describe, expect, it } from 'vitest';
import type { RecipeDraft, RecipeRules } from '@contract/recipe';
import { readDraft } from '@main/simulation/issues';
import { recipeRules } from '@main/simulation/rules';
import provisional from '@resources/recipes/provisional.json';
import { allFields } from '@renderer/features/simulate/recipe-fields';
import { draftFrom, inputsOf, knownFields, valuesOf, withSwitch } from '@renderer/features/simulate/recipe-form';
import { errorsOf } from '@renderer/ui/form';
import { simulateText } from '@renderer/features/simulate/words';

const rules = recipeRules();
const recipe = provisional as RecipeDraft;
const values = valuesOf(recipe, rules);
const edited = (changes: Record<string, string>): RecipeDraft => draftFrom(recipe, { ...values, ...changes }, rules);
const errors = (draft: RecipeDraft): Readonly<Record<string, string>> => {
  const read = readDraft(draft);
  return errorsOf('issues' in read ? read.issues : []);
};

describe('the recipe form', () => {
  it('gives back the recipe it was given, and keeps what it does not show', () => {
    expect(draftFrom(recipe, values, rules)).toEqual(recipe);
    const more = { ...recipe, later: { idea: [1, 2] } };
    expect(draftFrom(more, valuesOf(more, rules), rules)).toEqual(more);
  });

  it('has words for each of its fields', () => {
    expect(allFields.length).toBeGreaterThan(5);
    for (const { path } of allFields) expect(simulateText.recipe.fields[path], path).toBeDefined();
  });

  it('shows every field there is to a recipe', () => {
    const inputs = allFields.flatMap((field) => inputsOf(field, rules));
    const known = [...Object.keys(rules.limits), ...Object.keys(rules.choices)];
    // Potential files are for the command: a screen names no files.
    const lists = ['elements', 'reflections', 'relaxation.files', 'bodies', 'strains', 'others'];
    expect(known.filter((path) => !inputs.includes(path) && !lists.includes(path))).toEqual([]);
  });

  it('reads numbers as people type them', () => {
    expect(edited({ 'exposure.counts.1': ' 1e7 ', shiftVoxels: '.25' })).toMatchObject({
      exposure: { counts: [3000, 1e7] },
      shiftVoxels: 0.25,
    });
  });

  it('leaves an element out whose weight is empty, and draws no crystal of a class whose weight is', () => {
    expect(edited({ 'elements.Au': '', 'elements.Cu': '2', 'classes.perfect': '' })).toMatchObject({
      elements: { Pt: 1, Ag: 1, Al: 1, Cu: 2 },
      classes: { perfect: 0, screw: 1, edge: 1 },
    });
    expect(edited({ 'elements.Au': '' })['elements']).not.toHaveProperty('Au');
  });

  it('leaves out what may be empty, and does not show what the app does not know', () => {
    const knowing: RecipeRules = { ...rules, limits: { ...rules.limits, 'exposure.gaps': [0, 1] } };
    const older = Object.entries(rules.limits).filter(([path]) => path !== 'exposure.gaps');
    expect(knownFields({ ...rules, limits: Object.fromEntries(older) }).map(({ path }) => path)).not.toContain(
      'exposure.gaps',
    );
    expect(draftFrom(recipe, valuesOf(recipe, knowing), knowing)).toEqual(recipe);
    const gapped = draftFrom(recipe, { ...values, 'exposure.gaps': '0.2' }, knowing);
    expect(gapped['exposure']).toMatchObject({ gaps: 0.2 });
    expect(draftFrom(gapped, { ...values, 'exposure.gaps': '' }, knowing)).toEqual(recipe);
  });

  it('turns reflections and the relaxation on and off', () => {
    expect(edited({ 'reflections.220': 'on', 'reflections.111': '' })['reflections']).toEqual(['200', '220']);
    const relaxation = allFields.find(({ path }) => path === 'relaxation')!;
    const on = withSwitch(values, relaxation, true);
    const relaxing = draftFrom(recipe, on, rules);
    expect(relaxing['relaxation']).toEqual({ potential: 'zhou04', energyTolerance: 1e-6, maxIterations: 1000 });
    expect(errors(relaxing)).toEqual({});
    expect(draftFrom(relaxing, withSwitch(on, relaxation, false), rules)).toEqual(recipe);
  });

  it('says in few words what is wrong, by the field', () => {
    expect(
      errors(
        edited({
          name: '',
          crystals: '1.5',
          seed: '',
          'sizeCells.0': '4',
          centred: '2',
          'exposure.range.1': 'wide',
          'reflections.111': '',
          'reflections.200': '',
        }),
      ),
    ).toEqual({
      name: 'may not be empty',
      crystals: 'a whole number',
      seed: 'a number',
      'sizeCells.0': 'at least 8',
      centred: 'at most 1',
      'exposure.range.1': 'a number',
      reflections: 'may not be empty',
    });
    expect(errors(edited({ 'height.0': '0.9' }))).toEqual({ height: 'the first number is the smaller one' });
  });
});
