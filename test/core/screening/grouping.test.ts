import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asPlaced, groupsOf, joined, splitOff, type Groupable, type Word } from '@core/screening/grouping';

const at = (x: number, on = 'pt'): Groupable['place'] => ({ on, at: [x, 0] });
const scan = (id: string, x?: number, word: string | null = null): Groupable => ({
  id,
  word,
  ...(x !== undefined && { place: at(x) }),
});
const sets = (scans: readonly Groupable[]): string[] =>
  groupsOf(scans)
    .map(({ ids }) => ids.join(''))
    .toSorted();
const groupWith = (scans: readonly Groupable[], id: string): { ids: readonly string[] } =>
  groupsOf(scans).find(({ ids }) => ids.includes(id))!;
const told = (scans: readonly Groupable[], words: readonly Word[]): Groupable[] =>
  scans.map((each) => words.find(({ id }) => id === each.id) ?? each).map((each, n) => ({ ...scans[n]!, ...each }));

describe('particles', () => {
  it('are the scans of one place on one sample; one without a place is a particle of its own', () => {
    const all = [scan('a', 0), scan('b', 5), scan('c', 0.1), { ...scan('d'), place: at(0, 'au') }, scan('e')];
    expect(sets(all)).toEqual(['ac', 'b', 'd', 'e']);
    const um = (id: string): number | undefined => groupsOf(all).find(({ ids }) => ids.includes(id))!.nearestUm;
    expect([um('a'), um('b'), um('d'), um('e')]).toEqual([5, 5, undefined, undefined]);
  });

  it('are split and joined by hand, and what comes later goes where nobody contradicts', () => {
    let all = [scan('a', 0), scan('b', 0), scan('c', 0), scan('d', 5), scan('e')];
    all = told(all, splitOff(groupWith(all, 'b'), 'b'));
    expect(sets(all)).toEqual(['ac', 'b', 'd', 'e']);
    // A further repeat is none of the one that was taken out.
    expect(sets([...all, scan('f', 0)])).toEqual(['acf', 'b', 'd', 'e']);
    all = told(all, joined(groupWith(all, 'd'), groupWith(all, 'b')));
    expect(sets(all)).toEqual(['ac', 'bd', 'e']);
    // At the place of two particles that a person told apart nobody knows which it is; at that of one it is that.
    expect(sets([...all, scan('f', 0), scan('g', 5)])).toEqual(['ac', 'bdg', 'e', 'f']);
    all = told(all, joined(groupWith(all, 'e'), groupWith(all, 'a')));
    expect(sets(all)).toEqual(['ace', 'bd']);
    for (const { ids } of groupsOf(all)) all = told(all, asPlaced({ ids }));
    expect(sets(all)).toEqual(['abc', 'd', 'e']);
  });

  it('law: whatever people do, no scan is lost, who was told apart stays apart, and who was joined stays together', () => {
    const act = fc.record({ do: fc.constantFrom('split', 'join'), a: fc.nat(11), b: fc.nat(11) });
    const places = fc.array(fc.constantFrom(0, 0.1, 3, 3.2, undefined), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        places,
        fc.array(act, { maxLength: 12 }),
        fc.array(fc.constantFrom(0, 3, undefined)),
        (xs, acts, later) => {
          let all = xs.map((x, n) => scan(String.fromCharCode(97 + n), x));
          for (const { do: what, a, b } of acts) {
            const [first, second] = [all[a]!.id, all[b]!.id];
            const before = groupWith(all, first);
            const others = groupsOf(all).filter(({ ids }) => !ids.includes(first) && !ids.includes(second));
            if (what === 'split') all = told(all, splitOff(before, first));
            else if (!before.ids.includes(second)) all = told(all, joined(before, groupWith(all, second)));
            const after = groupsOf(all);
            expect(after.flatMap(({ ids }) => ids).toSorted()).toEqual(all.map(({ id }) => id));
            if (what === 'split') expect(groupWith(all, first).ids).toEqual([first]);
            else expect(groupWith(all, first).ids).toContain(second);
            // Nobody else's particle is touched.
            const sameAs = after.map(({ ids }) => ids.join());
            for (const { ids } of others)
              if (what === 'join' || !before.ids.some((id) => ids.includes(id))) expect(sameAs).toContain(ids.join());
          }
          const settled = groupsOf(all).map(({ ids }) => ids);
          const more = groupsOf([...all, ...later.map((x, n) => scan(`z${n}`, x))]).map(({ ids }) =>
            ids.filter((id) => !id.startsWith('z')),
          );
          expect(
            more
              .filter((ids) => ids.length > 0)
              .map((ids) => ids.join())
              .toSorted(),
          ).toEqual(settled.map((ids) => ids.join()).toSorted());
        },
      ),
    );
  });
});
