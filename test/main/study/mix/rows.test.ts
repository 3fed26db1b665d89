import { describe, expect, it } from 'vitest';
import { assign, planCrystal } from '@main/dataset/plan';
import { placeOf } from '@main/study/mix/judgement';
import { createOutlook } from '@main/study/mix/outlook';
import { paper, paperScans, type PaperRow } from '@main/study/mix/paper';
import { chooseRows, recipeOf, rowIds } from '@main/study/mix/rows';
import { checkSettings } from '@main/study/mix/folder';

const common = { seed: 5, crystals: 40, orientations: 2, cells: null, split: { validation: 0.1, test: 0.2 } };
const settings = checkSettings({ ...common, training: { epochs: 1, batch: 8 } });

describe('the rows of the study', () => {
  it('differ in relaxing, elements and places of dislocations alone', () => {
    const [first, ...others] = rowIds.map((row) => recipeOf(row, settings));
    for (const recipe of others) {
      const { name, elements, centred, relaxation } = recipe;
      expect({ ...first, name, elements, centred, relaxation }).toEqual(recipe);
    }
    expect(first).not.toHaveProperty('relaxation');
    expect(first).toMatchObject({ elements: { Pt: 1 }, centred: 1, sizeCells: [40, 40], seed: 5 });
    expect(others.map(({ centred }) => centred)).toEqual([1, 1, 0, 0.75]);
    expect(others.map(({ elements }) => Object.keys(elements).length)).toEqual([1, 4, 4, 4]);
  });

  it('hold the same crystals in the same parts', () => {
    const drawn = rowIds.map((row) => {
      const recipe = recipeOf(row, settings);
      return assign(recipe).map((assignment, n) => {
        const { defect, split, height, hkl, interfaceIndex, dislocation } = planCrystal(recipe, n, assignment);
        return { defect, split, height, hkl, interfaceIndex, burgers: dislocation?.burgers };
      });
    });
    for (const row of drawn) expect(row).toEqual(drawn[0]);
    expect(new Set(drawn[0]!.map(({ split }) => split)).size).toBe(3);
  });

  it('are sampled more finely where crystals are small', () => {
    const [from, to] = recipeOf('mixed', { ...settings, cells: [10, 12] }).oversampling;
    expect(from * 10).toBeGreaterThanOrEqual(32 / 0.7);
    expect(to).toBe(5);
  });

  it('are chosen by name, in the order of the table', () => {
    expect(chooseRows()).toEqual(rowIds);
    expect(chooseRows(['mixed', 'unrelaxed'])).toEqual(['unrelaxed', 'mixed']);
    expect(() => chooseRows(['mixed', 'toString'])).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('are refused with too few crystals to train, validate and test on', () => {
    const check = (change: object) => () => checkSettings({ ...common, training: { batch: 8 }, ...change });
    expect(check({})).not.toThrow();
    for (const change of [{ crystals: 6 }, { crystals: 15 }, { training: { batch: 64 } }, { cells: [4, 5] }])
      expect(check(change), JSON.stringify(change)).toThrow();
  });
});

describe("the paper's numbers", () => {
  it('agree with each other where the paper has them twice', () => {
    const of = (kind: string): number[] => paperScans.flatMap((scan, n) => (scan.includes(kind) ? [n] : []));
    for (const [id, { measured, table1 }] of Object.entries<PaperRow>(paper)) {
      for (const cell of table1.cells) expect(Math.abs(100 - cell[0] - cell[1] - cell[2]), id).toBeLessThanOrEqual(1);
      if (table1.size === 'large') continue;
      const right = (columns: number[], holds: (p: number, s: number, e: number) => boolean): number =>
        (100 * columns.filter((n) => holds(...table1.cells[n]!)).length) / columns.length;
      expect(right(of('no defect'), (p, s, e) => p > s + e)).toBe(measured.perfect);
      expect(right(of('screw'), (p, s, e) => s > p && s > e)).toBe(measured.screw);
      expect(right(of('mixed'), (p, s, e) => s + e > p)).toBe(measured.mixed);
    }
  });
});

describe('a pattern counts', () => {
  const of = (more: object) => placeOf({ label: 'screw', oversampling: 3, ...more });
  it('as perfect, centred or off centre, by what its set says of the place', () => {
    expect(of({ label: 'perfect', offCentre: 0.2 })).toBe('perfect');
    expect(of({ dislocation: { placement: 'CD' } })).toBe('centred');
    expect(of({ dislocation: { placement: 'RPD' } })).toBe('offCentre');
    expect(of({ offCentre: 0.09 })).toBe('centred');
    expect(of({ offCentre: 0.1 })).toBe('offCentre');
    expect(of({})).toBeUndefined();
  });
});

describe('the time left', () => {
  it('follows the pace of each kind of work, and says where one is not known yet', () => {
    let now = 0;
    const outlook = createOutlook(() => now);
    outlook.add('a', 'relaxed crystals', 10);
    outlook.add('b', 'relaxed crystals', 5);
    outlook.add('c', 'training steps', 4);
    expect(outlook.left()).toEqual({ atLeast: true });
    now = 1e6;
    outlook.begin('a', 4);
    now += 30_000;
    outlook.advance('a', 6);
    // 15 s a crystal: 4 of a, 5 of b.
    expect(outlook.left()).toEqual({ secondsLeft: 135, atLeast: true });
    outlook.finish('a');
    outlook.finish('b');
    outlook.begin('c', 0);
    now += 2000;
    outlook.advance('c', 1);
    expect(outlook.left()).toEqual({ secondsLeft: 6, atLeast: false });
    outlook.finish('c');
    expect(outlook.left()).toEqual({ atLeast: false });
  });
});
