import { listedClasses } from '@vocabulary/listed';
import { wilson } from '@core/screening/wilson';
import type { ExportedScan } from '@contract/export';
import { standingOf, type Standing } from '@contract/standing';
import { classes, classKeys, type DefectClass, type Probabilities } from '@vocabulary/classes';
import type { Share } from '@vocabulary/screening';

export interface Tally {
  /** Judged particles with a final class that counts: a person's, or the network's where it is sure. */
  readonly counted: number;
  readonly of: { readonly [K in DefectClass]?: number };
  /** Shares of the counted ones with their 95 % intervals; undefined where there are none. */
  readonly shares: { readonly [K in DefectClass]?: Share } | undefined;
  /** Judged by the network, unsure of it, and by nobody else. */
  readonly unsure: number;
  readonly overruled: number;
  /** Rejected, skipped, or not judged yet. */
  readonly unjudged: number;
}

/** The classes that some scans' verdicts tell of, or that people gave them. */
export const classesOf = (scans: readonly ExportedScan[]): readonly DefectClass[] =>
  listedClasses(
    scans.flatMap(({ class: of, overruled, probabilities }) => [
      ...told(probabilities),
      ...[of ?? [], overruled?.class ?? []].flat(),
    ]),
  );

const told = (probabilities: Partial<Probabilities> = {}): readonly DefectClass[] =>
  classKeys.filter((name) => probabilities[name] !== undefined);

type Counting = Pick<Standing, 'class' | 'sure' | 'early' | 'byHand'>;

/** What each particle counts as, once, by all its scans; undefined where none of these is judged. A scan whose particle nobody told is one. */
function standingsOf(scans: readonly ExportedScan[]): readonly (Counting | undefined)[] {
  return [...Map.groupBy(scans, ({ id, particle }) => particle?.id ?? { id }).values()].map((group) => {
    const own = group.map(scanStanding);
    const judged = own.find((standing) => standing && !standing.early);
    const { particle } = group[0]!;
    if (!judged || particle?.class === undefined) return judged ?? own[0];
    return { class: particle.class, sure: particle.sure === true, early: false, byHand: particle.byHand === true };
  });
}

const scanStanding = ({ state, class: network, sure, early, overruled }: ExportedScan): Counting | undefined =>
  standingOf({ state, verdict: network && { class: network, sure: sure === true, early }, overruled });

/** Counts a beamtime's particles; an early verdict does not count. */
export function tallyOf(scans: readonly ExportedScan[]): Tally {
  const names = classesOf(scans);
  const of: { [K in DefectClass]?: number } = Object.fromEntries(names.map((name) => [name, 0]));
  const other = { unsure: 0, overruled: 0, unjudged: 0 };
  for (const standing of standingsOf(scans)) {
    // Not judged, or a class by hand from before such scans were refused it, or whose verdict went when it was judged again.
    if (!standing || standing.early) {
      other.unjudged++;
      continue;
    }
    if (standing.byHand) other.overruled++;
    if (standing.sure) of[standing.class] = (of[standing.class] ?? 0) + 1;
    else other.unsure++;
  }
  const counted = names.reduce((sum, name) => sum + (of[name] ?? 0), 0);
  return {
    counted,
    of,
    shares: counted > 0 ? Object.fromEntries(names.map((name) => [name, wilson(of[name] ?? 0, counted)])) : undefined,
    ...other,
  };
}

/** The clearest particle of each class, and then the next clearest defective ones, at most `most`. */
export function bestExamples(scans: readonly ExportedScan[], most = 6): readonly ExportedScan[] {
  const certainty = (scan: ExportedScan): number => (scan.class ? (scan.probabilities?.[scan.class] ?? 0) : 0);
  const clear = scans
    .filter(({ class: of, sure, early, overruled }) => of && sure && !early && (overruled?.class ?? of) === of)
    .sort((a, b) => certainty(b) - certainty(a));
  const first = classKeys.flatMap((name) => clear.find((scan) => scan.class === name) ?? []);
  const rest = clear.filter((scan) => !first.includes(scan));
  const defectiveFirst = [
    ...rest.filter(({ class: of }) => of !== undefined && classes[of].defective),
    ...rest.filter(({ class: of }) => of !== undefined && !classes[of].defective),
  ];
  return [...first, ...defectiveFirst].slice(0, most);
}
