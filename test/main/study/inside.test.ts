import { expect, it } from 'vitest';
import type { PrintedInside } from '@contract/printed-inside';
import { drawInsideScan, insideKindNames } from '@main/study/inside/kinds';
import { insideMarkdown, insideTable, type InsideCase } from '@main/study/inside/table';

const opinion = (says: PrintedInside['says'], character: PrintedInside['character'] = null): PrintedInside => ({
  says,
  starts: 5,
  agreeing: 5,
  free_error: 0.1,
  body_nm: 200,
  phase_spread_rad: 0.3,
  lines: [],
  character,
});
const one = (truth: InsideCase['truth'], retrieval: PrintedInside, defective: boolean, sure = true): InsideCase => ({
  kind: 'bent',
  index: 0,
  truth,
  retrieval,
  network: { defective, sure },
});

it('counts what is found, what is false and what the retrieval saves the network from', () => {
  const rows = insideTable([
    one('perfect', opinion('none'), true),
    one('perfect', opinion('undecided'), true),
    one('perfect', opinion('line', 'edge'), false),
    one('screw', opinion('line', 'screw'), true),
    one('screw', opinion('line', 'edge'), false),
    one('edge', opinion('none'), true, false),
    one('edge', opinion('line', 'edge'), true, false),
    one('perfect', opinion('line', 'edge'), true, false),
    one('perfect', opinion('undecided'), true, false),
    one('edge', opinion('none'), false, false),
    { kind: 'bent', index: 6, truth: 'edge', refused: 'peak-absent' },
  ]);
  expect(rows).toEqual([
    {
      kind: 'bent',
      crystals: 10,
      found: { n: 3, of: 5 },
      falseLines: { n: 2, of: 5 },
      undecided: { n: 2, of: 10 },
      character: { n: 2, of: 3 },
      networkSureWrong: { n: 3, of: 5 },
      // The undecided one alone: none against a sure dislocation, and a line against a sure perfect one, contradict.
      bothSureWrong: { n: 1, of: 5 },
      doubted: { n: 1, of: 5 },
      // Of those that are not sure, one is contradicted, and of one it says nothing.
      lineWrong: { n: 1, of: 2 },
      noneWrong: { n: 1, of: 1 },
    },
  ]);
  expect(insideMarkdown(rows).split('\n')).toHaveLength(3);
  expect(insideMarkdown(rows)).toContain(
    '| 10 | 3 of 5 | 2 of 5 | 2 of 10 | 2 of 3 | 3 of 5 | 1 of 5 | 1 of 5 | 1 of 2 | 1 of 1 |',
  );
});

it('draws crystals of the strain that each kind promises, the same again from the same seed', () => {
  for (const kind of insideKindNames) {
    const specs = Array.from({ length: 12 }, (_, index) => drawInsideScan(kind, 7, index));
    expect(specs).toEqual(Array.from({ length: 12 }, (_, index) => drawInsideScan(kind, 7, index)));
    expect(new Set(specs.map(({ defect }) => defect))).toEqual(new Set(['perfect', 'screw', 'edge']));
    for (const { strainRad, offCentre, bent } of specs) {
      const [least, most] = kind === 'bent' ? [3, 7] : kind === 'strained' ? [3, 5] : [0, 2];
      expect(strainRad).toBeGreaterThanOrEqual(least);
      expect(strainRad).toBeLessThanOrEqual(most);
      expect(offCentre).toBeLessThanOrEqual(0.33);
      expect(bent).toBe(kind === 'bent' ? true : undefined);
    }
  }
});
