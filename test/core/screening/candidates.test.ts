import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCandidates, type Particle } from '@core/screening/candidates';

const particle = (over: Partial<Particle> = {}): Particle => ({
  id: 'a',
  class: 'screw',
  probabilities: { perfect: 0.02, screw: 0.95, edge: 0.03 },
  sure: true,
  novelty: 0.5,
  oversampling: 3.5,
  counts: 2e7,
  ...over,
});
const score = (over: Partial<Particle>, wanted: 'defect' | 'screw' = 'screw'): number =>
  rankCandidates([particle(over)], wanted)[0]!.score;

describe('candidates for BCDI', () => {
  it('are of the class that is wanted', () => {
    const all = [
      particle({ id: 's' }),
      particle({ id: 'e', class: 'edge', probabilities: { perfect: 0, screw: 0.1, edge: 0.9 } }),
      particle({ id: 'p', class: 'perfect', probabilities: { perfect: 0.9, screw: 0.1, edge: 0 } }),
    ];
    const ids = (wanted: Parameters<typeof rankCandidates>[1]): string[] =>
      rankCandidates(all, wanted)
        .map(({ id }) => id)
        .sort();
    expect(ids('defect')).toEqual(['e', 's']);
    expect(ids('screw')).toEqual(['s']);
    expect(ids('edge')).toEqual(['e']);
    expect(ids('perfect')).toEqual(['p']);
  });

  it('rank lower for every single thing that speaks against them', () => {
    const best = score({});
    for (const worse of [
      { sure: false },
      { probabilities: { perfect: 0.2, screw: 0.75, edge: 0.05 } },
      { oversampling: 2.2 },
      { counts: 3e4 },
      { novelty: 1.8 },
    ]) {
      expect(score(worse)).toBeLessThan(best);
    }
  });

  it('get half the points for what nobody recorded', () => {
    const [candidate] = rankCandidates([particle({ counts: undefined })], 'screw');
    expect(candidate!.reasons.find(({ of }) => of === 'counts')).toEqual({
      of: 'counts',
      found: null,
      points: 7.5,
      most: 15,
    });
  });

  it('have scores that are the sums of their reasons, best first, between 0 and 100', () => {
    const some = fc.record({
      id: fc.uuid(),
      sure: fc.boolean(),
      novelty: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
      oversampling: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
      counts: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (list) => {
        const ranked = rankCandidates(
          list.map((over) => particle(over)),
          'defect',
        );
        expect(ranked).toHaveLength(list.length);
        ranked.forEach(({ score: total, reasons }, n) => {
          expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(total, 9);
          expect(reasons.reduce((sum, { most }) => sum + most, 0)).toBe(100);
          expect(reasons.every(({ points, most }) => points >= 0 && points <= most)).toBe(true);
          if (n > 0) expect(ranked[n - 1]!.score).toBeGreaterThanOrEqual(total);
        });
      }),
    );
  });
});
