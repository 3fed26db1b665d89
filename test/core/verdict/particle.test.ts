import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleBetween } from '@core/math/vector';
import { consistentIndices } from '@core/verdict/indexing';
import { particleVerdict, type Told } from '@core/verdict/particle';
import { membersOf } from '@core/verdict/second-reflection';

type Triple = readonly [number, number, number];
const unit = ([x, y, z]: Triple): Triple => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};
/** Turns about z, then about x: how a crystal lies on its sample nobody knows. */
const turned = ([x, y, z]: Triple, a: number, b: number): Triple => {
  const [u, v] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
  return [u, v * Math.cos(b) - z * Math.sin(b), v * Math.sin(b) + z * Math.cos(b)];
};
const seen = (hkl: Triple, a = 0.4, b = 1.1): Triple => turned(unit(hkl), a, b);

let count = 0;
const scan = (truth: Triple | null, says: 'perfect' | 'screw' | 'edge', over: Partial<Told> = {}): Told => ({
  id: String(count++),
  probabilities: { perfect: 0.02, screw: 0.02, edge: 0.02, [says]: 0.96 },
  hkl: truth,
  recorded: true,
  ...(truth && { direction: seen(truth) }),
  ...over,
});
/** As a spacing tells: the family's first member. */
const family = (hkl: Triple): Triple => {
  const [h, k, l] = hkl.map(Math.abs).toSorted((x, y) => y - x) as [number, number, number];
  return [h, k, l];
};

describe('the verdict on a particle', () => {
  it('tells reflections by family and direction, and repeats of each together', () => {
    const found = particleVerdict([
      scan([1, 1, 1], 'screw'),
      scan([1, 1, -1], 'perfect', { hkl: [1, 1, 1], recorded: false }),
      scan([1, 1, 1], 'screw', { recorded: false }),
      scan([2, 0, 0], 'edge'),
    ]);
    expect(found.reflections.map(({ ids }) => ids.length)).toEqual([2, 1, 1]);
  });

  it('is a defect where one reflection shows it for certain, whatever another cannot see', () => {
    const found = particleVerdict([scan([1, 1, 1], 'perfect'), scan([1, 1, 1], 'perfect'), scan([2, -2, 0], 'screw')]);
    expect(found).toMatchObject({ class: 'screw', sure: true });
    // Written out: with g.b = 0 at (111) there are [1-10], [10-1], [01-1]; all three show at (2-20).
    expect(found.burgers).toEqual({
      possible: ['1/2[1-10]', '1/2[10-1]', '1/2[01-1]'],
      notIn: [[2, -2, 0]],
      within: [[1, 1, 1]],
    });
  });

  it('names the one Burgers vector that three reflections leave', () => {
    // b = 1/2[1-10] shows at (200) and hides at (111) and (11-1).
    const found = particleVerdict([scan([1, 1, 1], 'perfect'), scan([1, 1, -1], 'perfect'), scan([2, 0, 0], 'edge')]);
    expect(found.burgers?.possible).toEqual(['1/2[1-10]']);
  });

  it('of no defect takes all reflections, and says which Burgers vectors all of them could have missed', () => {
    const found = particleVerdict([scan([1, 1, 1], 'perfect'), scan([2, -2, 0], 'perfect')]);
    expect(found).toMatchObject({ class: 'perfect', sure: true, burgers: { possible: [], notIn: [] } });
    const unsure = scan([2, 0, 0], 'edge', {
      probabilities: { perfect: 0.4, screw: 0.1, edge: 0.5 },
      doubts: ['probability'],
    });
    expect(particleVerdict([scan([1, 1, 1], 'perfect'), unsure])).toMatchObject({ class: 'edge', sure: false });
  });

  it('tells nothing of Burgers vectors where nobody knows how the reflections stand to each other', () => {
    const blind = { direction: undefined };
    const guessed = particleVerdict([
      scan([1, 1, 1], 'edge', { ...blind, recorded: false }),
      scan([2, 0, 0], 'edge', { ...blind, recorded: false }),
    ]);
    expect(guessed.reflections).toHaveLength(2);
    expect(guessed.burgers).toBeUndefined();
    const written = particleVerdict([scan([1, 1, 1], 'edge', blind), scan([2, 0, 0], 'edge', blind)]);
    expect(written.burgers?.possible).toHaveLength(2);
  });

  it('is a person’s where one decided', () => {
    const found = particleVerdict([scan([1, 1, 1], 'screw', { decided: 'perfect' }), scan([2, 0, 0], 'edge')]);
    expect(found).toMatchObject({ class: 'perfect', byHand: true, sure: true });
  });
});

const members = [membersOf([1, 1, 1]), membersOf([2, 0, 0]), membersOf([2, 2, 0]), membersOf([3, 1, 1])].flat();

describe('reflections of one crystal', () => {
  it('law: named by their families alone, they are named so that all angles between them fit', () => {
    const chosen = fc.uniqueArray(fc.nat(members.length - 1), { minLength: 2, maxLength: 4 });
    const angle = fc.double({ min: 0, max: 6, noNaN: true });
    fc.assert(
      fc.property(chosen, angle, angle, (picked, a, b) => {
        const truths = picked.map((n) => members[n]!);
        const found = consistentIndices(truths.map((hkl) => ({ hkl: family(hkl), direction: seen(hkl, a, b) })))!;
        expect(found.map(family)).toEqual(truths.map(family));
        truths.forEach((g, n) =>
          truths.forEach((h, m) =>
            expect(Math.abs(angleBetween(found[n]!, found[m]!) - angleBetween(g, h))).toBeLessThan(5.001),
          ),
        );
      }),
    );
  });

  it('that no crystal has at such an angle get no names', () => {
    const direction = seen([1, 1, 1]);
    const off = turned(unit([1, 1, 1]), 0.4, 1.1 + 0.7);
    expect(
      consistentIndices([
        { hkl: [1, 1, 1], direction },
        { hkl: [1, 1, 1], direction: off },
      ]),
    ).toBeUndefined();
    expect(consistentIndices([{ hkl: [1, 1, 1] }, { hkl: [2, 0, 0], direction }])).toBeUndefined();
  });
});
