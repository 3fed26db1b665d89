import { standingOf } from '@contract/standing';
import { takenAt } from '@contract/taken';
import type { Particle } from '@core/screening/candidates';
import { groupsOf, type Group } from '@core/screening/grouping';
import { sizeNmOf } from '@core/screening/measured';
import { particleVerdict, type ParticleTold, type Told } from '@core/verdict/particle';
import { BURGERS } from '@core/verdict/visibility';
import type { LedgerRow } from '@main/ledger/row';
import { isDefectSure } from '@vocabulary/doubts';

/** A particle of the ledger: its scans, in the order in which they were taken. */
export interface ParticleRows extends Pick<Group, 'nearestUm'> {
  readonly rows: readonly LedgerRow[];
}

/** Where a scan was taken; undefined where its files do not tell. */
export function placeOf({ sample, position }: LedgerRow): { on: string; at: readonly number[] } | undefined {
  if (!position) return undefined;
  const axes = position.axes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  // What no file says a sample of may all be one.
  return {
    on: [sample ?? '', ...axes.map(({ name }) => name)].join('\n'),
    at: axes.map(({ micrometres }) => micrometres),
  };
}

const byNumber = new Intl.Collator('en', { numeric: true });
/** The earliest first. */
export function asTaken(a: LedgerRow, b: LedgerRow): number {
  const [of, other] = [takenAt(a), takenAt(b)];
  return of === other ? byNumber.compare(a.name, b.name) : of < other ? -1 : 1;
}

/** All particles that were measured. */
export const groupedRows = (all: readonly LedgerRow[]): ParticleRows[] => createGrouping()(all);

/** Whether two rows are of the same scan, and nothing by which particles are told apart has changed between them. */
const standsWhereItStood = (row: LedgerRow, before: LedgerRow | undefined): boolean =>
  row === before ||
  (row.id === before?.id &&
    row.name === before.name &&
    takenAt(row) === takenAt(before) &&
    row.sample === before.sample &&
    row.position === before.position &&
    row.particle === before.particle);

/**
 * All particles that were measured, for whoever asks again and again: of thousands of scans that stand where they stood it is not found out
 * anew which are of one particle.
 * @param find tests count how often
 */
export function createGrouping(find = groupsOf): (all: readonly LedgerRow[]) => ParticleRows[] {
  let before: readonly LedgerRow[] = [];
  let groups: readonly Group[] = [];
  return (all) => {
    if (all.length !== before.length || !all.every((row, n) => standsWhereItStood(row, before[n])))
      groups = find(all.toSorted(asTaken).map((row) => ({ id: row.id, place: placeOf(row), word: row.particle })));
    before = all;
    const byId = new Map(all.map((row) => [row.id, row]));
    return groups.map(({ ids, nearestUm }) => ({ rows: ids.map((id) => byId.get(id)!), nearestUm }));
  };
}

/** Rows whose verdicts count for good. */
const counting = (rows: readonly LedgerRow[]): LedgerRow[] =>
  rows.filter((row) => {
    const standing = standingOf(row);
    return standing !== undefined && !standing.early;
  });

function toldBy({ id, verdict, line, overruled, warnings }: LedgerRow): Told[] {
  if (!verdict) return [];
  return [
    {
      id,
      decided: overruled?.class,
      probabilities: verdict.probabilities,
      // One from before there were reasons is unsure without any.
      doubts: verdict.sure ? [] : (verdict.doubts ?? ['probability']),
      hkl: line?.hkl ?? null,
      recorded: !warnings.some(({ code }) => code === 'reflection-assumed'),
      direction: line?.reduction?.qDirection,
    },
  ];
}

/** What a particle's scans say together; undefined before one of them has a final verdict. */
export function verdictOn({ rows }: ParticleRows): ParticleTold | undefined {
  const told = counting(rows).flatMap(toldBy);
  return told.length > 0 ? particleVerdict(told) : undefined;
}

/** A particle with what its scans say together; undefined before one of them has a final verdict. */
export interface JudgedParticle extends ParticleRows {
  readonly told: ParticleTold | undefined;
}

/** All particles that were measured, judged. */
export const judgedParticles = (all: readonly LedgerRow[]): JudgedParticle[] =>
  groupedRows(all).map((particle) => ({ ...particle, told: verdictOn(particle) }));

/** Share of the Burgers vectors that at least one of the scans' reflections shows; undefined where no reflection is known. */
function seenBy(rows: readonly LedgerRow[]): number | undefined {
  const hidden = rows.flatMap(({ line }) => (line?.invisible ? [line.invisible] : []));
  const [first, ...others] = hidden;
  if (!first) return undefined;
  const unseen = first.filter((b) => others.every((list) => list.includes(b)));
  return 1 - unseen.length / BURGERS.length;
}

/** The scan that stands for its particle: one that says what all of them say, looked into where there is such a one, the last of them. */
function standsFor(rows: readonly LedgerRow[], told: ParticleTold): LedgerRow | undefined {
  const agreeing = counting(rows).filter((row) => standingOf(row)?.class === told.class);
  const decided = agreeing.filter(({ overruled }) => overruled !== null);
  const among = told.byHand && decided.length > 0 ? decided : agreeing.length > 0 ? agreeing : counting(rows);
  return among.findLast(({ verdict }) => verdict?.inside) ?? among.at(-1);
}

/**
 * The particles that count for good, as far as their worth for a BCDI experiment goes: those of which at least one of these scans is. All
 * scans of a particle count for its verdict; one of these stands for it.
 * @param all particles that were measured, these scans' among them
 */
export function particlesOf(shown: readonly LedgerRow[], all: readonly JudgedParticle[]): Particle[] {
  const ids = new Set(shown.map(({ id }) => id));
  return all.flatMap(({ told, ...particle }): Particle[] => {
    const there = particle.rows.filter(({ id }) => ids.has(id));
    const row = told && there.length > 0 ? standsFor(there, told) : undefined;
    if (!told || !row?.verdict) return [];
    const { novelty, inside } = row.verdict;
    return [
      {
        id: row.id,
        ids: particle.rows.map((each) => each.id),
        class: told.class,
        byHand: told.byHand,
        plan: particle.rows.find(({ plan }) => plan)?.plan ?? undefined,
        probabilities: told.probabilities,
        sure: told.sure,
        defectSure: isDefectSure({ sure: told.sure, doubts: [...told.doubts] }),
        novelty,
        counts: countsOf(row),
        oversampling: row.line?.reduction?.measuredOversampling,
        sizeNm: inside?.bodyNm ?? sizeOf(row),
        ...(inside && {
          within: { says: inside.says, character: inside.character, agreement: inside.agreeing / inside.starts },
          phaseSpreadRad: inside.phaseSpreadRad,
        }),
        isolationUm: particle.nearestUm,
        seen: seenBy(particle.rows),
      },
    ];
  });
}

function sizeOf({ line }: LedgerRow): number | undefined {
  if (!line?.reduction) return undefined;
  const size = sizeNmOf(line.reduction);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

/** Counts of a scan's rocking curve above its lowest frame, which is background; undefined where it has none. */
export const countsOf = ({ rockingCurve }: LedgerRow): number | undefined => countsAbove(rockingCurve?.counts ?? []);

/** The same of a curve's frames. */
export function countsAbove(frames: readonly number[]): number | undefined {
  if (frames.length === 0) return undefined;
  const lowest = frames.reduce((least, count) => Math.min(least, count), Infinity);
  return frames.reduce((sum, count) => sum + count - lowest, 0);
}
