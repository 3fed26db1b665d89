import { standingOf } from '@contract/standing';
import { BURGERS } from '@core/verdict/visibility';
import type { Particle } from '@core/screening/candidates';
import { sizeNmOf } from '@core/screening/measured';
import { placesOf, type Placed } from '@core/screening/places';
import type { LedgerRow } from '@main/ledger/row';
import { isDefectSure } from '@vocabulary/doubts';

/** What of a scan its place tells: how near the next particle is, and what all reflections measured there show. */
interface Surroundings {
  readonly isolationUm: number | undefined;
  readonly seen: number | undefined;
}

function placed({ id, sample, position }: LedgerRow): Placed[] {
  if (!position) return [];
  const axes = position.axes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  // What no file says a sample of may all be one.
  return [
    {
      id,
      on: [sample ?? '', ...axes.map(({ name }) => name)].join('\n'),
      at: axes.map(({ micrometres }) => micrometres),
    },
  ];
}

/** Share of the Burgers vectors that at least one of the scans' reflections shows; undefined where no reflection is known. */
function seenBy(rows: readonly LedgerRow[]): number | undefined {
  const hidden = rows.flatMap(({ line }) => (line?.invisible ? [line.invisible] : []));
  const [first, ...others] = hidden;
  if (!first) return undefined;
  const unseen = first.filter((b) => others.every((list) => list.includes(b)));
  return 1 - unseen.length / BURGERS.length;
}

/** Tells of any scan what lies about it among all that were measured, the filter's choice or not. */
function surroundings(all: readonly LedgerRow[]): (row: LedgerRow) => Surroundings {
  const byId = new Map(all.map((row) => [row.id, row]));
  const places = placesOf(all.toSorted((a, b) => (a.seenAt < b.seenAt ? -1 : 1)).flatMap(placed));
  const known = new Map(
    places.flatMap(({ ids, nearestUm }) => {
      const seen = seenBy(ids.flatMap((id) => byId.get(id) ?? []));
      return ids.map((id) => [id, { seen, isolationUm: Number.isFinite(nearestUm) ? nearestUm : undefined }] as const);
    }),
  );
  return (row) => known.get(row.id) ?? { isolationUm: undefined, seen: seenBy([row]) };
}

/**
 * The scans that count for good, as far as their worth for a BCDI experiment goes.
 * @param all that were measured, these among them
 */
export function particlesOf(rows: readonly LedgerRow[], all: readonly LedgerRow[]): Particle[] {
  const around = surroundings(all);
  return rows.flatMap((row): Particle[] => {
    const standing = standingOf(row);
    if (!standing || standing.early || !row.verdict) return [];
    const { probabilities, novelty, inside } = row.verdict;
    const curve = row.rockingCurve;
    return [
      {
        id: row.id,
        class: standing.class,
        byHand: standing.byHand,
        plan: row.plan ?? undefined,
        probabilities,
        sure: standing.sure,
        defectSure: standing.byHand || isDefectSure(row.verdict),
        novelty,
        counts: curve && curve.counts.length > 0 ? peakCounts(curve.counts) : undefined,
        oversampling: row.line?.reduction?.measuredOversampling,
        sizeNm: inside?.bodyNm ?? sizeOf(row),
        ...(inside && {
          within: { says: inside.says, character: inside.character, agreement: inside.agreeing / inside.starts },
          phaseSpreadRad: inside.phaseSpreadRad,
        }),
        ...around(row),
      },
    ];
  });
}

function sizeOf({ line }: LedgerRow): number | undefined {
  if (!line?.reduction) return undefined;
  const size = sizeNmOf(line.reduction);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

/** Counts of a rocking curve above its lowest frame, which is background. */
function peakCounts(frames: readonly number[]): number {
  const lowest = frames.reduce((least, count) => Math.min(least, count), Infinity);
  return frames.reduce((sum, count) => sum + count - lowest, 0);
}
