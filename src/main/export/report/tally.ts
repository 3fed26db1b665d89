import { wilson, type Share } from '@core/screening/wilson';
import type { ExportedScan } from '@contract/export';
import { isJudged, type DefectClass } from '@contract/scan';
import { defectClasses } from '@core/network/description';

export interface Tally {
  /** Judged scans with a final class that counts: a person's, or the network's where it is sure. */
  readonly counted: number;
  readonly of: Readonly<Record<DefectClass, number>>;
  /** Shares of the counted ones with their 95 % intervals; undefined where there are none. */
  readonly shares: Readonly<Record<DefectClass, Share>> | undefined;
  /** Judged by the network, unsure of it, and by nobody else. */
  readonly unsure: number;
  readonly overruled: number;
  /** Rejected, skipped, or not judged yet. */
  readonly unjudged: number;
}

/** Counts a beamtime's scans; an early verdict does not count. */
export function tallyOf(scans: readonly ExportedScan[]): Tally {
  const of = { perfect: 0, screw: 0, edge: 0 };
  const other = { unsure: 0, overruled: 0, unjudged: 0 };
  for (const { state, class: network, sure, early, overruled } of scans) {
    // A class by hand from before such scans were refused it, or whose verdict went when it was judged again.
    if (!isJudged({ state, verdict: network })) {
      other.unjudged++;
      continue;
    }
    if (overruled) other.overruled++;
    const counts = overruled?.class ?? (network && sure && !early ? network : undefined);
    if (counts) of[counts]++;
    else if (network && !early) other.unsure++;
    else other.unjudged++;
  }
  const counted = of.perfect + of.screw + of.edge;
  const share = (name: DefectClass): Share => wilson(of[name], counted);
  return {
    counted,
    of,
    shares: counted > 0 ? { perfect: share('perfect'), screw: share('screw'), edge: share('edge') } : undefined,
    ...other,
  };
}

/** The clearest particle of each class, and then the next clearest defective ones, at most `most`. */
export function bestExamples(scans: readonly ExportedScan[], most = 6): readonly ExportedScan[] {
  const certainty = (scan: ExportedScan): number => (scan.class ? (scan.probabilities?.[scan.class] ?? 0) : 0);
  const clear = scans
    .filter(({ class: of, sure, early, overruled }) => of && sure && !early && (overruled?.class ?? of) === of)
    .sort((a, b) => certainty(b) - certainty(a));
  const first = defectClasses.flatMap((name) => clear.find((scan) => scan.class === name) ?? []);
  const rest = clear.filter((scan) => !first.includes(scan));
  const defectiveFirst = [
    ...rest.filter(({ class: of }) => of !== 'perfect'),
    ...rest.filter(({ class: of }) => of === 'perfect'),
  ];
  return [...first, ...defectiveFirst].slice(0, most);
}
