import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dirichlet, gamma } from '@core/random/gamma';
import { stream, type RandomStream } from '@core/random/stream';
import { correctedShares } from '@core/screening/corrected';
import { proportions, type CountedVerdict } from '@core/screening/proportions';
import { nearestShares } from '@core/screening/simplex';
import { wilson } from '@core/screening/wilson';
import { paperClasses } from '@vocabulary/classes';

const draw = (shares: readonly number[], n: number, random: RandomStream): number[] => {
  const counts = shares.map(() => 0);
  for (let i = 0; i < n; i++) {
    let rest = random.uniform();
    let k = 0;
    while (k < shares.length - 1 && rest >= shares[k]!) rest -= shares[k++]!;
    counts[k]!++;
  }
  return counts;
};
/** How the shipped model errs: edges far from the centre go for screws. */
const confusion = [
  [240, 0, 0],
  [17, 222, 1],
  [12, 40, 188],
];
const chances = confusion.map((row) => row.map((count) => count / 240));
const through = (truth: readonly number[]): number[] =>
  [0, 1, 2].map((v) => truth.reduce((sum, share, t) => sum + share * chances[t]![v]!, 0));
const shares = fc
  .tuple(
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
  )
  .map(([a, b, c]) => [a / (a + b + c), b / (a + b + c), c / (a + b + c)]);

describe('gamma deviates', () => {
  it.each([0.5, 1, 4.5])('have mean and variance %s', (shape) => {
    const random = stream(3, shape);
    const values = Array.from({ length: 20_000 }, () => gamma(shape, random));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(shape, 1);
    expect(variance / shape).toBeGreaterThan(0.93);
    expect(variance / shape).toBeLessThan(1.07);
    expect(dirichlet([shape, 1, 2], random).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });
});

describe('Wilson intervals', () => {
  it('are those of the literature', () => {
    // Newcombe, Stat. Med. 17 (1998) 857, table I, method 3.
    for (const [count, total, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      expect(wilson(count, total).low).toBeCloseTo(low, 4);
      expect(wilson(count, total).high).toBeCloseTo(high, 4);
    }
  });

  it('hold their share and stay within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (total, some) => {
        const count = Math.min(some, total);
        const { value, low, high } = wilson(count, total);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low <= value && value <= high).toBe(true);
      }),
    );
  });

  it.each([0.05, 0.3, 0.8])('cover a true share of %s in 95 of 100 experiments', (truth) => {
    const random = stream(11, truth * 100);
    const trials = 2000;
    let covered = 0;
    for (let i = 0; i < trials; i++) {
      const { low, high } = wilson(draw([truth, 1 - truth], 60, random)[0]!, 60);
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.925);
  });
});

describe('shares corrected for confusion', () => {
  it('are the true ones when the verdicts are what the matrix makes of them', () => {
    fc.assert(
      fc.property(shares, (truth) => {
        const found = nearestShares(chances, through(truth));
        expect(found).toHaveLength(truth.length);
        found.forEach((share, t) => expect(share).toBeCloseTo(truth[t]!, 9));
      }),
    );
  });

  it('are the best of all allowed shares, whatever was seen', () => {
    fc.assert(
      fc.property(shares, shares, (seen, other) => {
        const miss = (x: readonly number[]): number => through(x).reduce((sum, p, v) => sum + (p - seen[v]!) ** 2, 0);
        const best = nearestShares(chances, seen);
        expect(best.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...best)).toBeGreaterThanOrEqual(0);
        expect(miss(best)).toBeLessThanOrEqual(miss(other) + 1e-12);
      }),
    );
  });

  it('equal the counted ones for a model that never errs', () => {
    const found = correctedShares(
      [30, 50, 20],
      [
        [1e6, 0, 0],
        [0, 1e6, 0],
        [0, 0, 1e6],
      ],
    )!;
    [0.3, 0.5, 0.2].forEach((share, t) => expect(found.classes[t]!.value).toBeCloseTo(share, 9));
    const plain = wilson(50, 100);
    expect(found.classes[1]!.high - found.classes[1]!.low).toBeGreaterThan(0.8 * (plain.high - plain.low));
    expect(found.classes[1]!.high - found.classes[1]!.low).toBeLessThan(1.2 * (plain.high - plain.low));
  });

  it.each([
    ['many of each', [0.5, 0.3, 0.2]],
    ['few defects', [0.92, 0.05, 0.03]],
    ['mostly defects', [0.1, 0.6, 0.3]],
  ] as const)('cover the truth in nearly 95 of 100 beamtimes: %s', (name, truth) => {
    const random = stream(5, name);
    const trials = 200;
    const covered = [0, 0, 0, 0];
    for (let i = 0; i < trials; i++) {
      const tested = chances.map((row) => draw(row, 240, random));
      const found = correctedShares(draw(through(truth), 120, random), tested, undefined, 300)!;
      [...found.classes, found.defective].forEach(({ low, high }, k) => {
        const share = k < 3 ? truth[k]! : 1 - truth[0];
        if (low <= share && share <= high) covered[k]!++;
      });
    }
    // Three standard deviations of so many trials below 95 of 100.
    for (const count of covered) expect(count / trials).toBeGreaterThan(0.905);
  });

  it('are never certain to be 0: none of 140 seen leaves room for a few', () => {
    const screw = correctedShares([104, 0, 36], confusion)!.classes[1]!;
    expect(screw.value).toBe(0);
    expect(screw.high).toBeGreaterThan(0.01);
    expect(screw.high).toBeLessThan(0.1);
  });

  it('say nothing without verdicts or for a class never tested', () => {
    expect(correctedShares([0, 0, 0], confusion)).toBeUndefined();
    expect(
      correctedShares(
        [1, 1, 1],
        [
          [5, 0, 0],
          [0, 0, 0],
          [0, 0, 5],
        ],
      ),
    ).toBeUndefined();
  });
});

describe('counting', () => {
  const verdict = (over: Partial<CountedVerdict>): CountedVerdict => ({
    class: 'perfect',
    sure: true,
    early: false,
    strange: false,
    byModel: true,
    ...over,
  });

  it('keeps sure, unsure, early, strange and other models’ verdicts apart', () => {
    const found = proportions(
      [
        verdict({}),
        verdict({ class: 'edge' }),
        verdict({ class: 'screw', sure: false }),
        verdict({ class: 'screw', sure: false, strange: true }),
        verdict({ class: 'edge', early: true }),
        verdict({ class: 'edge', byModel: false }),
      ],
      { classes: paperClasses, confusion },
    );
    expect(found.sure).toEqual({ perfect: 1, screw: 0, edge: 2 });
    expect(found).toMatchObject({ unsure: 2, early: 1, strange: 1, otherModel: 1, correctable: 3 });
    expect(found.counted?.defective.value).toBeCloseTo(2 / 3, 9);
  });

  it('counts a person’s class, whatever the network said, and leaves it as it is where the network’s are corrected', () => {
    const network = [
      ...Array<CountedVerdict>(60).fill(verdict({})),
      ...Array<CountedVerdict>(40).fill(verdict({ class: 'screw' })),
    ];
    const byHand = Array<CountedVerdict>(100).fill(
      verdict({ class: 'edge', byHand: true, strange: true, byModel: false }),
    );
    const model = {
      classes: paperClasses,
      confusion: [
        [1e6, 0, 0],
        [0, 1e6, 0],
        [0, 0, 1e6],
      ],
    };
    const found = proportions([...network, ...byHand], model);
    expect(found).toMatchObject({ byHand: 100, strange: 0, otherModel: 0, correctable: 100 });
    expect(found.sure).toEqual({ perfect: 60, screw: 40, edge: 100 });
    expect(found.corrected?.edge?.value).toBeCloseTo(0.5, 9);
    expect(found.corrected?.screw?.value).toBeCloseTo(0.2, 9);
    expect(found.corrected?.defective.value).toBeCloseTo(0.7, 9);
    const edge = found.corrected!.edge!;
    expect(edge.low < 0.5 && edge.high > 0.5).toBe(true);
  });

  it('counts what a model with a fourth class tells, and a class that only an older verdict names', () => {
    const found = proportions(
      [
        verdict({ class: 'other' }),
        verdict({ class: 'other' }),
        verdict({}),
        verdict({ class: 'edge', byModel: false }),
      ],
      {
        classes: ['perfect', 'screw', 'other'],
        confusion: [
          [50, 0, 0],
          [0, 50, 0],
          [0, 0, 50],
        ],
      },
    );
    expect(found.sure).toEqual({ perfect: 1, screw: 0, edge: 1, other: 2 });
    expect(found.counted?.defective.value).toBeCloseTo(3 / 4, 9);
    // Of the model's own three verdicts, which its test never confused.
    expect(found.corrected?.other?.value).toBeCloseTo(2 / 3, 9);
    expect(found.corrected?.edge).toBeUndefined();
    expect(found.corrected?.defective.value).toBeCloseTo(2 / 3, 9);
  });

  it('gives no shares where there is nothing to count', () => {
    const found = proportions([verdict({ early: true })], { classes: paperClasses, confusion });
    expect(found.counted).toBeUndefined();
    expect(found.corrected).toBeUndefined();
  });
});
