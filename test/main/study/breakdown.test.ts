import { describe, expect, it } from 'vitest';
import type { Conditions } from '@main/learn/conditions';
import { asMarkdown, breakDown } from '@main/study/breakdown';

const sure = (truth: number, named: number): { logits: number[]; truth: number } => ({
  logits: [0, 1, 2].map((c) => (c === named ? 9 : 0)),
  truth,
});
const condition = (change: Partial<Conditions>): Conditions => ({ label: 'screw', oversampling: 3.2, ...change });

describe('accuracy by condition', () => {
  const outcomes = [sure(1, 1), sure(1, 2), sure(1, 0), sure(0, 0)];
  const conditions = [
    condition({ offCentre: 0.01, hkl: [-1, 1, 1], peakCounts: 5000 }),
    condition({ offCentre: 0.12, hkl: [0, 0, -2], exposure: { counts: 2e5 } }),
    condition({ offCentre: 0.3, oversampling: 2.7 }),
    condition({ label: 'perfect', offCentre: 0.01 }),
  ];
  const tables = breakDown(outcomes, conditions, 1);

  it('counts a screw called edge as right in two classes only', () => {
    expect(tables['class']).toEqual([
      { value: 'perfect', patterns: 1, threeClass: 1, twoClass: 1 },
      { value: 'screw', patterns: 3, threeClass: 1 / 3, twoClass: 2 / 3 },
    ]);
  });

  it('sorts intervals as numbers, and leaves out what does not apply', () => {
    const field = 'dislocation off centre, part of the size';
    expect(tables[field]!.map(({ value, patterns }) => [value, patterns])).toEqual([
      ['below 0.05', 1],
      ['0.1 to 0.15', 1],
      ['0.25 and above', 1],
    ]);
    expect(tables['placement']).toBeUndefined();
  });

  it('takes reflections by family and counts from either kind of set', () => {
    expect(tables['reflection']!.map(({ value }) => value)).toEqual(['{111}', '{200}']);
    expect(tables['counts at the peak']!.map(({ value }) => value)).toEqual(['3000 to 10000', '100000 to 300000']);
  });

  it('leaves screw and edge alone for a network that does not tell them', () => {
    const two = [
      { logits: [0, 3], truth: 1 },
      { logits: [0, 3], truth: 0 },
    ];
    const tables = breakDown(two, [condition({ element: 'Au' }), condition({ element: 'Au', label: 'perfect' })], 1);
    expect(tables['element']).toEqual([{ value: 'Au', patterns: 2, twoClass: 0.5 }]);
    expect(asMarkdown({ element: tables['element']! })).toBe(
      '| element | patterns | two classes |\n| --- | --- | --- |\n| Au | 2 | 50.0 % |',
    );
  });

  it('is written as Markdown', () => {
    expect(asMarkdown({ element: [{ value: 'Au', patterns: 8, threeClass: 0.875, twoClass: 1 }] })).toBe(
      '| element | patterns | three classes | two classes |\n| --- | --- | --- | --- |\n| Au | 8 | 87.5 % | 100.0 % |',
    );
  });
});
