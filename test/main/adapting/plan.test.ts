import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Measured } from '@core/screening/measured';
import { drawUp } from '@main/adapting/draw-up';
import { trialKinds } from '@main/adapting/kinds';
import { likenessOf } from '@main/adapting/likeness';
import { readPlan, readTrial, stageOf, writeTrial } from '@main/adapting/plan';
import { summaryPath } from '@main/dataset/merge';
import { freeName } from '@main/training/folder';
import { temporaryFolder } from '../../support/build';

const scan: Measured = { elements: ['Pt'], family: '200', sizeNm: 200, oversampling: 3, counts: 30_000 };
const scans = Array<Measured>(6).fill(scan);

it('a plan is kept with its folder, and says what is next by what there is', async () => {
  const folder = join(temporaryFolder(), 'beamtime-1');
  const plan = await drawUp(scans, { folder, model: join(folder, 'model'), start: 'three-class', crystals: 10 });
  expect(readPlan(folder)).toEqual(plan);
  expect(plan).toMatchObject({ network: 'three-class', start: 'three-class', recipe: { crystals: 10 } });
  expect(stageOf(plan)).toBe('simulating');
  mkdirSync(join(folder, 'set'));
  writeFileSync(summaryPath(join(folder, 'set')), '{}');
  expect(stageOf(plan)).toBe('training');
  mkdirSync(plan.model);
  writeFileSync(join(plan.model, 'card.json'), '{}');
  expect(stageOf(plan)).toBe('judging');
  const none = { right: 0, found: 0, sure: 0, sureWrong: 0 };
  const row = { kind: 'all', scans: 1, before: none, after: { ...none, right: 1 } };
  const trial = { before: { name: 'a', hash: '1' }, after: { name: 'b', hash: '2' }, rows: [row] };
  await writeTrial(plan, trial);
  expect(stageOf(plan)).toBeNull();
  expect(readTrial(plan)).toEqual(trial);
});

it.each(['', '{', '{}', 'null', '{"recipe":{}}'])('%j is no plan that could be gone on with', (text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'adapting.json'), text);
  expect(readPlan(folder)).toBeUndefined();
});

it('too few scans make no plan, and nothing is written', async () => {
  const folder = join(temporaryFolder(), 'beamtime-1');
  const wanted = drawUp(scans.slice(0, 4), { folder, model: folder, start: 'three-class' });
  await expect(wanted).rejects.toMatchObject({ code: 'adapting-too-few' });
  expect(readPlan(folder)).toBeUndefined();
});

it('a name is free where no set and no model has it', () => {
  const [sets, models] = [temporaryFolder(), temporaryFolder()];
  expect(freeName('beamtime', sets, models)).toBe('beamtime-1');
  mkdirSync(join(sets, 'beamtime-1'));
  mkdirSync(join(models, 'beamtime-2'));
  expect(freeName('beamtime', sets, models, join(sets, 'not there'))).toBe('beamtime-3');
});

it('tells what will be simulated as soon as there are scans enough', () => {
  expect(likenessOf(scans.slice(0, 4))).toEqual({ scans: 4, needed: 5, crystals: null });
  const { crystals } = likenessOf(scans);
  expect(crystals).toMatchObject({ elements: ['Pt'], reflections: ['200'], patterns: 4800 });
  const [[low, high], counts] = [crystals!.sizeNm, crystals!.counts];
  expect([low < 200, high > 200, counts[0] < 30_000, counts[1] > 30_000]).toEqual([true, true, true, true]);
});

it('both models judge scans of kinds that are shifted from what was trained on, from other seeds', async () => {
  const folder = temporaryFolder();
  const { recipe } = await drawUp(scans, { folder, model: folder, start: 'three-class' });
  const kinds = trialKinds(recipe);
  expect(kinds.map(({ name }) => name)).toEqual([
    'like those measured',
    'more strained',
    'of other bodies',
    'of fewer counts',
  ]);
  for (const { recipe: drawn, classes } of kinds) {
    expect(drawn).toMatchObject({ elements: recipe.elements, effectiveNm: recipe.effectiveNm, crystals: 1 });
    expect(drawn.measured).toBeDefined();
    expect(classes).toEqual(['perfect', 'screw', 'edge']);
  }
  expect(new Set([recipe, ...kinds.map((kind) => kind.recipe)].map(({ seed }) => seed)).size).toBe(5);
  const [like, strained, bodies, fewer] = kinds.map((kind) => kind.recipe);
  expect(strained!.strainRad[0]).toBeGreaterThanOrEqual(like!.strainRad[1]);
  expect(bodies!.bodies).toMatchObject({ winterbottom: 0, rod: 1, cube: 1 });
  expect(fewer!.exposure.counts[1]).toBe(recipe.exposure.counts[0]);
});
