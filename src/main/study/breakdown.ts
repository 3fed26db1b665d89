import { percent } from '@contract/percent';
import { familyOf } from '@core/network/family';
import { decide, softmax } from '@core/verdict/probabilities';
import type { Outcome } from '@core/verdict/calibration';
import type { Conditions } from '@main/learn/conditions';
import { countsOf } from '@main/learn/known';

export interface Row {
  readonly value: string;
  readonly patterns: number;
  /** Share judged right among perfect, screw, edge, by a network that tells them; and among perfect, defective. */
  readonly threeClass?: number;
  readonly twoClass: number;
}

/** Names the interval of ascending bounds that a number lies in. */
const interval =
  (bounds: readonly number[], unit = '') =>
  (value: number | undefined): string | undefined => {
    if (value === undefined) return undefined;
    const at = bounds.findIndex((bound) => value < bound);
    const [low, high] = at < 0 ? [bounds.at(-1), undefined] : [bounds[at - 1], bounds[at]];
    if (low === undefined) return `below ${high}${unit}`;
    return high === undefined ? `${low}${unit} and above` : `${low} to ${high}${unit}`;
  };

const oversampling = interval([2.5, 3, 3.5, 4, 5]);
const counts = interval([3e3, 1e4, 3e4, 1e5, 3e5]);
const offCentre = interval([0.05, 0.1, 0.15, 0.2, 0.25]);
const depth = interval([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]);
const nanometres = interval([100, 200, 300, 400], ' nm');
const radian = interval([0.25, 0.5, 1, 1.5, 2]);

/** The conditions that accuracy is broken down by; undefined leaves a pattern out of a table. */
const fields: Readonly<Record<string, (c: Conditions) => string | undefined>> = {
  class: (c) => c.label,
  oversampling: (c) => oversampling(c.oversampling),
  'counts at the peak': (c) => counts(countsOf(c)),
  element: (c) => c.element,
  reflection: (c) => c.hkl && `{${familyOf(c.hkl)}}`,
  'dislocation off centre, part of the size': (c) => (c.label === 'perfect' ? undefined : offCentre(c.offCentre)),
  placement: (c) => c.dislocation?.placement,
  'dislocation below the surface, part of the size': (c) => depth(c.depth),
  size: (c) => nanometres(c.lateralNm),
  'smooth strain, rad': (c) => radian(c.strainRad),
};

/**
 * Accuracy under each condition, by the rule that scans are judged by.
 * @param conditions of each outcome, in the same order
 */
export function breakDown(
  outcomes: readonly Outcome[],
  conditions: readonly Conditions[],
  temperature: number,
): Record<string, Row[]> {
  const right = outcomes.map(({ logits, truth }) => {
    const named = decide(softmax(logits, temperature));
    return { three: named === truth, two: (named === 0) === (truth === 0) };
  });
  const tables: Record<string, Row[]> = {};
  for (const [field, valueOf] of Object.entries(fields)) {
    const groups = Map.groupBy(right.keys(), (i) => valueOf(conditions[i]!));
    groups.delete(undefined);
    const rows = [...groups].map(([value, members]): Row => {
      const share = (kind: 'three' | 'two'): number => members.filter((i) => right[i]![kind]).length / members.length;
      const row = { value: value!, patterns: members.length, twoClass: share('two') };
      return outcomes[0]?.logits.length === 2 ? row : { ...row, threeClass: share('three') };
    });
    // Intervals begin with their lower bound, so numbers sort as numbers; 'below' comes first.
    const key = ({ value }: Row): number => (value.startsWith('below') ? -1 : parseFloat(value) || 0);
    if (rows.length > 0) tables[field] = rows.sort((a, b) => key(a) - key(b) || a.value.localeCompare(b.value));
  }
  return tables;
}

/** The tables as Markdown. */
export const asMarkdown = (tables: Readonly<Record<string, readonly Row[]>>): string =>
  Object.entries(tables)
    .map(([field, rows]) => {
      const three = rows.every((r) => r.threeClass !== undefined);
      const line = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
      return [
        line(field, 'patterns', ...(three ? ['three classes'] : []), 'two classes'),
        line('---', '---', ...(three ? ['---'] : []), '---'),
        ...rows.map((r) =>
          line(
            r.value,
            r.patterns,
            ...(r.threeClass === undefined ? [] : [percent(r.threeClass)]),
            percent(r.twoClass),
          ),
        ),
      ].join('\n');
    })
    .join('\n\n');
