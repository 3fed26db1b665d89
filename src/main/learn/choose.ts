import { familyOf } from '@core/network/family';
import type { PatternEntry } from './patterns';
import type { Conditions } from './conditions';
import { simulatedClasses } from '@vocabulary/classes';

/** A pattern that may be chosen, with how it came about. */
export interface Candidate {
  readonly index: number;
  readonly entry: PatternEntry;
  readonly conditions: Conditions;
}

/** Evenly spread over a list, `count` of it at the most. */
export function spreadOver<T>(list: readonly T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, n) => list[Math.floor((n * list.length) / count)]!);
}

/** Shares `total` out among groups as evenly as their sizes allow. */
function shareOut(sizes: readonly number[], total: number): number[] {
  const shares = sizes.map(() => 0);
  for (
    let left = Math.min(
      total,
      sizes.reduce((a, b) => a + b, 0),
    );
    left > 0;
  ) {
    for (const [n, size] of sizes.entries()) {
      if (left === 0 || shares[n] === size) continue;
      shares[n]! += 1;
      left -= 1;
    }
  }
  return shares;
}

const kindOf = ({ conditions: { element, hkl, dislocation } }: Candidate): string =>
  // All reflections of a family look alike but for the crystal's shape.
  [element, familyOf(hkl ?? []), dislocation?.placement].join();
/** By what patterns of one kind differ most: how deep the dislocation lies, or how strained a perfect crystal is. */
const orderOf = ({ conditions: { depth, strainRad, oversampling } }: Candidate): number =>
  depth ?? strainRad ?? oversampling;

/** One pattern of each view of each crystal, another orientation from view to view; then the others. */
function oneOfEach(candidates: readonly Candidate[]): { readonly first: Candidate[]; readonly rest: Candidate[] } {
  const views = Map.groupBy(candidates, ({ entry, conditions }) => `${entry.crystal}:${conditions.hkl?.join()}`);
  const first = [...views.values()].map((view, n) => view[n % view.length]!);
  const taken = new Set(first);
  return { first, rest: candidates.filter((candidate) => !taken.has(candidate)) };
}

function chooseKinds(candidates: readonly Candidate[], count: number): Candidate[] {
  const kinds = [...Map.groupBy(candidates, kindOf).values()];
  const shares = shareOut(
    kinds.map(({ length }) => length),
    count,
  );
  return kinds.flatMap((kind, n) =>
    spreadOver(
      kind.toSorted((a, b) => orderOf(a) - orderOf(b) || a.index - b.index),
      shares[n]!,
    ),
  );
}

/**
 * Some patterns that stand for all: as many of each class, and in a class of each element, reflection and placement, spread over the
 * depths of the dislocation. The same ones every time.
 */
export function choosePatterns(candidates: readonly Candidate[], count: number): Candidate[] {
  const classes = [...Map.groupBy(candidates, ({ entry }) => entry.label).entries()].sort(
    ([a], [b]) => simulatedClasses.indexOf(a) - simulatedClasses.indexOf(b),
  );
  const shares = shareOut(
    classes.map(([, { length }]) => length),
    count,
  );
  return classes.flatMap(([, members], n) => {
    const { first, rest } = oneOfEach(members);
    const chosen = chooseKinds(first, shares[n]!);
    return [...chosen, ...chooseKinds(rest, shares[n]! - chosen.length)];
  });
}
