import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCandidates, type Particle } from '@core/screening/candidates';
import { keysOf, tableOf } from '@vocabulary/keys';
import { criteria, type Criterion } from '@vocabulary/screening';

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

  it('of any defect do not rank lower because nobody knows which it is', () => {
    const unsure = { sure: false, defectSure: true };
    expect(score(unsure, 'defect')).toBe(score({}, 'defect'));
    expect(score(unsure, 'screw')).toBeLessThan(score({}, 'screw'));
  });

  it('get half the points for what nobody recorded', () => {
    const [candidate] = rankCandidates([particle({ counts: undefined })], 'screw');
    const { found, points, most } = candidate!.reasons.find(({ of }) => of === 'counts')!;
    expect(found).toBeNull();
    expect(points).toBeCloseTo(most / 2, 9);
  });

  /** Each criterion with two values, the second better than the first. */
  const better: Readonly<Record<Criterion, fc.Arbitrary<readonly [Partial<Particle>, Partial<Particle>]>>> = {
    certainty: rise(0.34, 0.999, (screw) => ({ probabilities: { perfect: 1 - screw, screw, edge: 0 } })),
    inside: rise(0, 1, (agreement) => ({ within: { says: 'line', character: 'screw', agreement } })),
    counts: rise(1, 1e10, (counts) => ({ counts })),
    oversampling: rise(2, 20, (oversampling) => ({ oversampling })),
    size: rise(1, 2000, (sizeNm) => ({ sizeNm })),
    strain: rise(0, 6, (spread) => ({ phaseSpreadRad: 6 - spread })),
    isolation: rise(0, 1e4, (isolationUm) => ({ isolationUm })),
    reflections: rise(0, 1, (seen) => ({ seen })),
    familiarity: rise(0, 5, (likeness) => ({ novelty: 5 - likeness })),
  };

  it.each(keysOf(criteria))('rank higher for more of it, however much there is already: %s', (name) => {
    fc.assert(
      fc.property(better[name], ([less, more]) => {
        expect(score(more)).toBeGreaterThan(score(less));
        const without = { ...criteria, [name]: 0 };
        const scoreWithout = (over: Partial<Particle>): number =>
          rankCandidates([particle(over)], 'screw', without)[0]!.score;
        expect(scoreWithout(more)).toBe(scoreWithout(less));
      }),
    );
  });

  it('have what phase retrieval shows against them', () => {
    const inside = (says: 'line' | 'none', character: 'screw' | 'edge' | null): number =>
      score({ within: { says, character, agreement: 1 } });
    expect(inside('line', 'screw')).toBeGreaterThan(inside('line', 'edge'));
    expect(inside('line', 'edge')).toBeGreaterThan(score({ within: undefined }));
    expect(score({ within: undefined })).toBeGreaterThan(inside('none', null));
    const perfect = (says: 'line' | 'none'): number =>
      rankCandidates([particle({ class: 'perfect', within: { says, character: null, agreement: 1 } })], 'perfect')[0]!
        .score;
    expect(perfect('none')).toBeGreaterThan(perfect('line'));
  });

  it('go first where a person says so, whatever network and physics say', () => {
    const some = fc.record({
      sure: fc.boolean(),
      counts: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
      seen: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), some, (others, own) => {
        const decided = particle({
          ...own,
          id: 'decided',
          byHand: true,
          probabilities: { perfect: 1, screw: 0, edge: 0 },
          within: { says: 'none', character: null, agreement: 1 },
        });
        const all = [...others.map((over, n) => particle({ ...over, id: String(n) })), decided];
        expect(rankCandidates(all, 'screw')[0]).toMatchObject({ id: 'decided', byHand: true });
      }),
    );
  });

  it('stand by what people mean to do: queued first, then the open ones, what was measured or skipped last', () => {
    const all = [
      particle({ id: 'skipped', plan: 'skip', byHand: true }),
      particle({ id: 'measured', plan: 'measured', counts: 1e9 }),
      particle({ id: 'open' }),
      particle({ id: 'queued', plan: 'queued', counts: 1, sure: false }),
    ];
    expect(rankCandidates(all, 'screw').map(({ id }) => id)).toEqual(['queued', 'open', 'measured', 'skipped']);
  });

  it('have scores that are the sums of their reasons, best first, between 0 and 100', () => {
    const some = fc.record({
      id: fc.uuid(),
      sure: fc.boolean(),
      novelty: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
      oversampling: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
      counts: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
    });
    const weight = fc.integer({ min: 0, max: 5 });
    const weights = fc
      .record(tableOf(keysOf(criteria), () => weight))
      .filter((each) => Object.values(each).some((one) => one > 0));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), weights, (list, chosen) => {
        const ranked = rankCandidates(
          list.map((over) => particle(over)),
          'defect',
          chosen,
        );
        expect(ranked).toHaveLength(list.length);
        ranked.forEach(({ score: total, reasons }, n) => {
          expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(total, 9);
          expect(reasons.reduce((sum, { most }) => sum + most, 0)).toBeCloseTo(100, 9);
          expect(reasons.every(({ points, most }) => points >= 0 && points <= most)).toBe(true);
          if (n > 0) expect(ranked[n - 1]!.score).toBeGreaterThanOrEqual(total);
        });
      }),
    );
  });
});

/** Two values between the ends, the first below the second. */
function rise(
  min: number,
  max: number,
  of: (value: number) => Partial<Particle>,
): fc.Arbitrary<readonly [Partial<Particle>, Partial<Particle>]> {
  const value = fc.double({ min, max, noNaN: true });
  return fc
    .tuple(value, value)
    .filter(([a, b]) => Math.abs(a - b) > 1e-6 * (max - min))
    .map(([a, b]) => [of(Math.min(a, b)), of(Math.max(a, b))]);
}
