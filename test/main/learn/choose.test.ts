import { describe, expect, it } from 'vitest';
import { choosePatterns, spreadOver, type Candidate } from '@main/learn/choose';

const labels = ['perfect', 'screw', 'edge'] as const;

/** Crystals of two metals at two reflections, each at four orientations; far more perfect ones than others. */
const candidates: Candidate[] = [];
for (let crystal = 0; crystal < 120; crystal++) {
  const label = crystal % 12 === 0 ? 'screw' : crystal % 12 === 6 ? 'edge' : 'perfect';
  for (let orientation = 0; orientation < 4; orientation++) {
    candidates.push({
      index: candidates.length,
      entry: { crystal, split: 'train', label, oversampling: 3 },
      conditions: {
        label,
        oversampling: 3,
        element: crystal % 5 === 0 ? 'Au' : 'Pt',
        hkl: crystal % 7 === 0 ? [2, 0, 0] : [1, -1, 1],
        ...(label !== 'perfect' && { depth: crystal / 300, dislocation: { placement: crystal % 8 ? 'CD' : 'RPD' } }),
      },
    });
  }
}

describe('choosing patterns to show', () => {
  const chosen = choosePatterns(candidates, 60);
  const count = (of: (candidate: Candidate) => boolean): number => chosen.filter(of).length;

  it('takes as many of each class, however rare it is, and none twice', () => {
    expect(labels.map((label) => count(({ entry }) => entry.label === label))).toEqual([20, 20, 20]);
    expect(new Set(chosen.map(({ index }) => index)).size).toBe(60);
  });

  it('has every metal, reflection and placement in it', () => {
    expect(count(({ conditions }) => conditions.element === 'Au')).toBeGreaterThanOrEqual(15);
    expect(count(({ conditions }) => conditions.hkl![0] === 2)).toBeGreaterThanOrEqual(10);
    expect(count(({ conditions }) => conditions.dislocation?.placement === 'RPD')).toBeGreaterThanOrEqual(8);
  });

  it('takes another crystal rather than the same one in another orientation', () => {
    const perfect = chosen.filter(({ entry }) => entry.label === 'perfect');
    expect(new Set(perfect.map(({ entry }) => entry.crystal)).size).toBe(20);
    // There are ten screws for twenty places: every one of them, twice.
    expect(new Set(chosen.filter(({ entry }) => entry.label === 'screw').map(({ entry }) => entry.crystal)).size).toBe(
      10,
    );
  });

  it('reaches from shallow to deep', () => {
    const depths = chosen.flatMap(({ entry, conditions }) => (entry.label === 'screw' ? [conditions.depth!] : []));
    expect(Math.min(...depths)).toBeLessThan(0.05);
    expect(Math.max(...depths)).toBeGreaterThan(0.3);
  });

  it('takes all there are where more are asked for', () => {
    expect(choosePatterns(candidates.slice(0, 6), 60)).toHaveLength(6);
    expect(choosePatterns([], 60)).toEqual([]);
  });
});

describe('spreading over a list', () => {
  it('begins with the first and is even', () => {
    expect(spreadOver([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 3, 6]);
    expect(spreadOver([1, 2], 5)).toEqual([1, 2]);
  });
});
