import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf, nextPair, nextReflections, type NextReflection } from '@core/verdict/second-reflection';

/** All twelve 1/2<110>, written out: the truth that shares no code with what is tested. */
const twelve = [
  [1, 1, 0],
  [1, -1, 0],
  [-1, 1, 0],
  [-1, -1, 0],
  [1, 0, 1],
  [1, 0, -1],
  [-1, 0, 1],
  [-1, 0, -1],
  [0, 1, 1],
  [0, 1, -1],
  [0, -1, 1],
  [0, -1, -1],
] as const;
type Indices = readonly [number, number, number];
const product = (g: Indices, b: Indices): number => g[0] * b[0] + g[1] * b[1] + g[2] * b[2];
const unseenBy = (...gs: readonly Indices[]): number =>
  twelve.filter((b) => gs.every((g) => product(g, b) === 0)).length / 2;
const length = (g: Indices): number => Math.sqrt(product(g, g));

/** Every reflection with indices up to 2 that is a {111}, {200} or {220}. */
const all: Indices[] = [];
for (let h = -2; h <= 2; h++)
  for (let k = -2; k <= 2; k++)
    for (let l = -2; l <= 2; l++) if ([3, 4, 8].includes(h * h + k * k + l * l)) all.push([h, k, l]);

const even = fc.integer({ min: -3, max: 3 }).map((n) => 2 * n);
const odd = fc.integer({ min: -3, max: 2 }).map((n) => 2 * n + 1);
/** Any reflection that fcc has. */
const fcc = fc.oneof(fc.tuple(even, even, even), fc.tuple(odd, odd, odd)).filter((g) => length(g) > 0);

describe('families', () => {
  it('have 4, 3, 6 and 12 members, opposite ones counted once', () => {
    expect(all).toHaveLength(8 + 6 + 12);
    expect(membersOf([1, 1, 1])).toHaveLength(4);
    expect(membersOf([2, 0, 0])).toHaveLength(3);
    expect(membersOf([2, 2, 0])).toHaveLength(6);
    expect(membersOf([3, 1, 1])).toHaveLength(12);
  });
});

describe('the next reflection', () => {
  it('is for (111) a {220} at right angles; {111} and {200} leave one Burgers vector unseen', () => {
    const next = nextReflections([1, 1, 1]);
    expect(next[0]).toMatchObject({ hkl: [2, -2, 0], equivalents: 3, remaining: [] });
    expect(next[0]!.angleDeg).toBeCloseTo(90, 9);
    expect(next[0]!.reveals).toHaveLength(3);
    expect(next[1]).toMatchObject({ equivalents: 3, remaining: [expect.any(String)] });
    expect(next.map(({ hkl }) => product(hkl, hkl))).toEqual([8, 3, 4, 8]);
    expect(next[1]!.angleDeg).toBeCloseTo(70.5288, 3);
    expect(next[2]!.angleDeg).toBeCloseTo(54.7356, 3);
    expect(next[3]!.angleDeg).toBeCloseTo(35.2644, 3);
  });

  it('is for (200) another {200}, and next a {220} at 45 degrees', () => {
    const [first, second] = nextReflections([2, 0, 0]);
    expect(first).toMatchObject({ hkl: [0, 2, 0], equivalents: 2, remaining: [] });
    expect(second).toMatchObject({ equivalents: 4, remaining: [] });
    expect(product(second!.hkl, second!.hkl)).toBe(8);
    expect(second!.angleDeg).toBeCloseTo(45, 9);
  });

  it('is none where nothing is hidden', () => {
    expect(nextReflections([5, 3, 1])).toEqual([]);
    expect(nextPair([5, 3, 1])).toBeUndefined();
    expect(nextReflections([0, 0, 0])).toEqual([]);
  });

  it('leaves none unseen, or the fewest that any of the families leaves, at the lowest |G| and angle that do', () => {
    fc.assert(
      fc.property(fcc, (first) => {
        const next = nextReflections(first);
        const unseen = unseenBy(first);
        expect(next.length > 0).toBe(unseen > 0);
        if (unseen === 0) return;
        const fewest = Math.min(...all.map((g) => unseenBy(first, g)));
        // As two planes meet in one line at the most, a second reflection always can.
        expect(fewest).toBe(0);
        expect(next[0]!.remaining).toHaveLength(fewest);
        const best = all.filter((g) => unseenBy(first, g) === fewest);
        const lowest = Math.min(...best.map(length));
        expect(length(next[0]!.hkl)).toBeCloseTo(lowest, 9);
        const angles = best
          .filter((g) => Math.abs(length(g) - lowest) < 1e-9)
          .map((g) => (Math.acos(Math.abs(product(g, first)) / length(g) / length(first)) * 180) / Math.PI);
        expect(next[0]!.angleDeg).toBeCloseTo(Math.min(...angles), 6);
      }),
    );
  });

  it('tells of each what it shows and leaves, and how many there are of it', () => {
    fc.assert(
      fc.property(fcc, (first) => {
        const useful = all.filter((g) => unseenBy(first, g) < unseenBy(first));
        const next = nextReflections(first);
        expect(next.reduce((sum, { equivalents }) => sum + equivalents, 0)).toBe(useful.length / 2);
        for (const { hkl, reveals, remaining, angleDeg } of next) {
          expect(remaining).toHaveLength(unseenBy(first, hkl));
          expect(reveals).toHaveLength(unseenBy(first) - unseenBy(first, hkl));
          expect(new Set([...reveals, ...remaining]).size).toBe(unseenBy(first));
          expect(angleDeg).toBeLessThanOrEqual(90 + 1e-9);
          expect(product(hkl, first)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('does not depend on which of its family the first was called', () => {
    const facts = (next: readonly NextReflection[]): unknown =>
      next.map(({ hkl, equivalents, angleDeg, remaining }) => [
        length(hkl).toFixed(6),
        equivalents,
        angleDeg.toFixed(6),
        remaining.length,
      ]);
    fc.assert(
      fc.property(fcc, ([h, k, l]) => {
        expect(facts(nextReflections([l, -h, k]))).toEqual(facts(nextReflections([h, k, l])));
      }),
    );
  });
});

describe('two further reflections', () => {
  it('of {111} decide with (111) where {220} is out of reach', () => {
    const pair = nextPair([1, 1, 1])!;
    expect(pair.hkl.map((g) => product(g, g))).toEqual([3, 3]);
    expect(pair.remaining).toEqual([]);
    expect(unseenBy([1, 1, 1], ...pair.hkl)).toBe(0);
    for (const degrees of pair.angleDeg) expect(degrees).toBeCloseTo(70.5288, 3);
  });

  it('are told where a single one of the families cannot', () => {
    const only111: Indices[] = [[1, 1, 1]];
    expect(nextReflections([1, 1, 1], only111)[0]!.remaining).toHaveLength(1);
    expect(nextPair([1, 1, 1], only111)!.remaining).toEqual([]);
    expect(nextPair([2, 0, 0])?.hkl.map((g) => product(g, g))).toEqual([3, 3]);
  });

  it('always lie nearer than the best single one, or leave fewer', () => {
    fc.assert(
      fc.property(fcc, (first) => {
        const [best] = nextReflections(first);
        const pair = nextPair(first);
        if (!pair || !best) return;
        expect(unseenBy(first, ...pair.hkl)).toBe(pair.remaining.length);
        expect(Math.max(...pair.hkl.map(length))).toBeLessThan(length(best.hkl));
      }),
    );
  });
});
