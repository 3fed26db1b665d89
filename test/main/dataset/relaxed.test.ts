import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elements, type ElementName } from '@core/crystal/elements';
import { assign, planCrystal } from '@main/dataset/plan';
import { parseRecipe } from '@main/dataset/recipe';
import { simulate } from '@main/dataset/simulate';
import { reasonToDrop } from '@main/dataset/survival';
import provisional from '@resources/recipes/provisional.json';
import { fingerprint } from '../../support/dataset';
import { asBuilt, fakeRelaxing, gone, whole, type FakeRelaxing } from '../../support/relaxer';

const root = mkdtempSync(join(tmpdir(), 'relaxed-'));
afterAll(() => rmSync(root, { recursive: true }));

const unrelaxed = parseRecipe({
  ...provisional,
  name: 'small',
  crystals: 3,
  orientations: 1,
  sizeCells: [12, 13],
  oversampling: [4, 5],
  crystalsPerShard: 2,
});
const recipe = parseRecipe({ ...unrelaxed, relaxation: { potential: 'zhou04' } });

interface Line {
  crystal: number;
  attempt: number;
  defect: string;
  label: string;
  element: ElementName;
  hkl: number[];
  g: number[];
  sizeAngstrom: number;
  discarded: string[];
  dislocation?: { placement: string };
  relaxation: { relaxer: object; latticeAngstrom: number; energyEv: number[]; ribbon: object };
}
const crystalsOf = (folder: string): Line[] =>
  readFileSync(join(folder, 'crystals.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);

async function make(tools: FakeRelaxing, folder = mkdtempSync(join(root, 'set-'))) {
  const summary = await simulate(recipe, folder, { tools });
  return { folder, summary, crystals: crystalsOf(folder), files: fingerprint(folder) };
}

describe('a recipe with relaxation', () => {
  let plain: Record<string, string>;
  beforeAll(async () => {
    const folder = mkdtempSync(join(root, 'plain-'));
    await simulate(unrelaxed, folder);
    plain = fingerprint(folder);
  });

  it('fills in what the paper says, refuses paths, and may be left out', () => {
    expect(recipe.relaxation).toEqual({ potential: 'zhou04', energyTolerance: 1e-6, maxIterations: 1000 });
    expect(() => parseRecipe({ ...unrelaxed, relaxation: { potential: '../Au.eam' } })).toThrow('not a path');
    expect(parseRecipe({ ...unrelaxed, relaxation: null }).relaxation).toBeNull();
    expect(unrelaxed).not.toHaveProperty('relaxation');
  });

  it('scatters the atoms that come back: as built where none moved, others where they did', async () => {
    const still = await make(fakeRelaxing());
    const moved = await make(fakeRelaxing({ move: 0.3 }));
    expect(still.files['patterns-0000.npy']).toBe(plain['patterns-0000.npy']);
    expect(moved.files['patterns-0000.npy']).not.toBe(plain['patterns-0000.npy']);
  });

  it('builds with the cell edge of the potential, and records who relaxed what', async () => {
    const { crystals, summary } = await make(fakeRelaxing({ lattice: 1.02 }));
    for (const { element, hkl, g, relaxation } of crystals) {
      const edge = 1.02 * elements[element].latticeAngstrom;
      expect(Math.hypot(...g)).toBeCloseTo((2 * Math.PI * Math.hypot(...hkl)) / edge, 9);
      expect(relaxation).toMatchObject({
        relaxer: { kind: 'wasm', version: 'double' },
        ...{ energyEv: [-1, -2], iterations: 10, evaluations: 20, stopped: 'energy tolerance' },
      });
    }
    expect(summary).toMatchObject({ relaxers: { 'wasm double': 3 }, discarded: {} });
  });

  it('draws anew for a dislocation that left or turned, the same class, element and placement', async () => {
    const tools = fakeRelaxing({
      ribbon: (plan) => {
        if (plan.defect === 'edge' && plan.attempt === 0) return gone;
        if (plan.defect === 'screw' && plan.attempt < 2) return whole(80);
        return asBuilt(plan);
      },
    });
    const { crystals, summary, files } = await make(tools);
    expect(summary).toMatchObject({
      classes: { perfect: 1, screw: 1, edge: 1 },
      discarded: { escaped: 1, 'character-changed': 2 },
    });
    const assignments = assign(recipe);
    for (const line of crystals) {
      const first = planCrystal(recipe, line.crystal, assignments[line.crystal]!);
      expect(line.attempt).toBe({ perfect: 0, edge: 1, screw: 2 }[line.defect]);
      expect(line.discarded).toHaveLength(line.attempt);
      expect(line.label).toBe(first.defect);
      expect(line.element).toBe(first.element);
      expect(line.dislocation?.placement).toBe(first.dislocation?.placement);
      const again = planCrystal(recipe, line.crystal, assignments[line.crystal]!, line.attempt);
      expect(line.hkl).toEqual(again.hkl);
      if (line.attempt > 0) expect(again.cells).not.toBe(first.cells);
    }
    expect((await make(tools)).files).toEqual(files);
  });

  it('tries a crystal again with a fresh LAMMPS when one died, and the set is the same', async () => {
    const healthy = await make(fakeRelaxing());
    const tools = fakeRelaxing({ fails: (n) => (n === 1 || n === 3 ? 'relaxer-died' : undefined) });
    const { files, summary } = await make(tools);
    expect(files).toEqual(healthy.files);
    expect(summary?.discarded).toEqual({});
    expect(tools.started).toBe(3);
  });

  it('discards a crystal that kills LAMMPS twice or that it refuses, and counts it', async () => {
    const deadly = await make(fakeRelaxing({ fails: (n) => (n <= 2 ? 'relaxer-died' : undefined) }));
    expect(deadly.summary?.discarded).toEqual({ 'relaxer-died': 1 });
    expect(deadly.crystals.map((c) => c.attempt)).toEqual([1, 0, 0]);
    const refused = await make(fakeRelaxing({ fails: (n) => (n === 1 ? 'relaxation-failed' : undefined) }));
    expect(refused.summary?.discarded).toEqual({ 'relaxation-failed': 1 });
    expect(refused.files).toMatchObject({ 'patterns-0000.npy': deadly.files['patterns-0000.npy'] });
  });

  it('ends with a coded error when nothing survives, or when LAMMPS cannot be used at all', async () => {
    const hopeless = fakeRelaxing({ ribbon: () => ({ ...gone, state: 'faulted' }) });
    await expect(make(hopeless)).rejects.toMatchObject({ code: 'recipe-hopeless' });
    const unknown = fakeRelaxing({ fails: () => 'potential-invalid' });
    await expect(make(unknown)).rejects.toMatchObject({ code: 'potential-invalid' });
    expect(unknown.relaxed).toBe(1);
  });

  it('never mixes two kinds of LAMMPS in one set', async () => {
    const folder = mkdtempSync(join(root, 'kinds-'));
    const some = { part: { index: 1, of: 2 } };
    await simulate(recipe, folder, { ...some, tools: fakeRelaxing({ kind: 'native' }) });
    await expect(make(fakeRelaxing({ kind: 'wasm' }), folder)).rejects.toMatchObject({ code: 'dataset-differs' });
    await make(fakeRelaxing({ kind: 'native' }), folder);
  });
});

describe('what a crystal still is after relaxation', () => {
  const [, edge] = ['screw', 'edge'].map((defect) => {
    const at = assign(recipe).findIndex((a) => a.defect === defect);
    return planCrystal(recipe, at, assign(recipe)[at]!);
  });
  it.each([
    [90, undefined],
    [46, undefined],
    [44, 'character-changed'],
    [0, 'character-changed'],
  ])('goes by the dominant part of its line: an edge at %d degrees: %s', (characterDeg, reason) => {
    expect(reasonToDrop(edge!, whole(characterDeg))).toBe(reason);
  });

  it('is nothing with a partial left behind, and a perfect one nothing with any fault', () => {
    const perfect = assign(recipe).findIndex((a) => a.defect === 'perfect');
    const plan = planCrystal(recipe, perfect, assign(recipe)[perfect]!);
    expect(reasonToDrop(edge!, gone)).toBe('escaped');
    expect(reasonToDrop(edge!, { ...gone, state: 'faulted' })).toBe('faulted');
    expect(reasonToDrop(plan, gone)).toBeUndefined();
    expect(reasonToDrop(plan, { ...gone, state: 'faulted' })).toBe('dislocated');
    expect(reasonToDrop(plan, whole(90))).toBe('dislocated');
  });
});
