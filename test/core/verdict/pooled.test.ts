import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pooled, pooledProbabilities, type Repeat } from '@core/verdict/pooled';

const chances = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return { perfect: low, screw: high - low, edge: 1 - high };
  });
const repeat = (perfect: number, screw: number, over: Partial<Repeat> = {}): Repeat => ({
  id: 'a',
  probabilities: { perfect, screw, edge: 1 - perfect - screw },
  ...over,
});

describe('repeats together', () => {
  it('law: are probabilities, whatever their order, and one alone says what it says', () => {
    fc.assert(
      fc.property(fc.array(chances, { minLength: 1, maxLength: 6 }), (all) => {
        const found = pooledProbabilities(all);
        const [p, s, e] = [found.perfect, found.screw!, found.edge!];
        expect(Math.min(p, s, e)).toBeGreaterThanOrEqual(0);
        expect(p + s + e).toBeCloseTo(1, 9);
        const turned = pooledProbabilities(all.toReversed());
        expect(turned.perfect).toBeCloseTo(p, 9);
        expect(turned.edge!).toBeCloseTo(e, 9);
        if (all.length === 1) expect(found).toEqual(all[0]);
      }),
    );
  });

  it('law: agreeing ones are surer than each, but never count for more than two', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.4, max: 0.99, noNaN: true }), fc.integer({ min: 2, max: 40 }), (screw, n) => {
        const one = { perfect: (1 - screw) / 2, screw, edge: (1 - screw) / 2 };
        const found = pooledProbabilities(Array.from({ length: n }, () => one)).screw!;
        // Two independent ones, by Bayes.
        const two = screw ** 2 / (screw ** 2 + 2 * one.edge ** 2);
        expect(found).toBeGreaterThan(screw);
        expect(found).toBeLessThan(two);
      }),
    );
  });

  it('law: are not moved by one that cannot decide, and made surer by one that agrees', () => {
    const flat = { perfect: 1 / 3, screw: 1 / 3, edge: 1 / 3 };
    const sharp = (screw: number) => ({ perfect: (1 - screw) / 2, screw, edge: (1 - screw) / 2 });
    const chance = fc.double({ min: 0.4, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(chance, chance, (a, b) => {
        const [most, least] = [Math.max(a, b), Math.min(a, b)];
        expect(pooledProbabilities([sharp(most), flat]).screw!).toBeCloseTo(most, 9);
        expect(pooledProbabilities([sharp(most), sharp(least)]).screw!).toBeGreaterThan(most - 1e-9);
        // One that is as sure of another class takes it all away.
        const other = { perfect: most, screw: (1 - most) / 2, edge: (1 - most) / 2 };
        const { perfect, screw } = pooledProbabilities([sharp(most), other]);
        expect(screw!).toBeCloseTo(perfect, 9);
      }),
    );
  });

  it('leave out what is strange while there is something that is not', () => {
    const strange = repeat(0.97, 0.01, { id: 's', doubts: ['unlike-training'] });
    const found = pooled([repeat(0.02, 0.95, { id: 'a' }), strange, repeat(0.03, 0.94, { id: 'b' })]);
    expect(found).toMatchObject({ class: 'screw', sure: true, doubts: [], from: ['a', 'b'] });
    expect(pooled([strange])).toMatchObject({ class: 'perfect', sure: false, doubts: ['unlike-training'] });
  });

  it('that contradict each other are not sure', () => {
    const found = pooled([repeat(0.97, 0.02), repeat(0.02, 0.96)]);
    expect(found).toMatchObject({ sure: false, doubts: ['probability'] });
  });

  it('count as a person says, the last one where several did', () => {
    const found = pooled([
      repeat(0.01, 0.98, { decided: 'perfect' }),
      repeat(0.01, 0.98, { decided: 'edge' }),
      repeat(0.01, 0.98),
    ]);
    expect(found).toMatchObject({ class: 'edge', byHand: true, sure: true });
    expect(found.probabilities.screw).toBeGreaterThan(0.9);
  });
});
