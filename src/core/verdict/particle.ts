/** One verdict on a particle, from its scans at one reflection or several. */
import { angleBetween, type Vec3 } from '@core/math/vector';
import { familyOf } from '@core/network/family';
import { classes } from '@vocabulary/classes';
import { isDefectSure } from '@vocabulary/doubts';
import { burgersOpinion, type BurgersOpinion } from './burgers';
import { consistentIndices, SAME_DIRECTION_DEG } from './indexing';
import { pooled, type Pooled, type Repeat } from './pooled';

/** A judged scan of it. */
export interface Told extends Repeat {
  readonly hkl: Vec3 | null;
  /** Its indices were recorded or given, not inferred from the spacing. */
  readonly recorded: boolean;
  /** Unit vector along Q in the sample frame; left out where nobody knows. */
  readonly direction?: Vec3 | undefined;
}

/** What the scans at one reflection say together. */
export interface ReflectionTold {
  /** As it is named beside the particle's others; null where nobody knows. */
  readonly hkl: Vec3 | null;
  readonly ids: readonly string[];
  readonly verdict: Pooled;
}

export interface ParticleTold extends Pooled {
  readonly reflections: readonly ReflectionTold[];
  /** Left out where no reflection is sure and known, and where nobody knows how several stand to each other. */
  readonly burgers?: BurgersOpinion;
}

/** Whether two scans show one reflection: named alike, and along the same direction where that is known of both. */
function isSame(a: Told, b: Told): boolean {
  if (a.direction && b.direction) {
    if (a.hkl && b.hkl && familyOf(a.hkl) !== familyOf(b.hkl)) return false;
    return angleBetween(a.direction, b.direction) <= SAME_DIRECTION_DEG;
  }
  return a.hkl?.join() === b.hkl?.join();
}

function byReflection(scans: readonly Told[]): Told[][] {
  const found: Told[][] = [];
  for (const scan of scans) {
    const known = found.find(([first]) => isSame(first!, scan));
    if (known) known.push(scan);
    else found.push([scan]);
  }
  return found;
}

/** Names for all reflections beside each other; undefined where they cannot be told to belong together. */
function namesOf(groups: readonly (readonly Told[])[]): Vec3[] | undefined {
  const seen = groups.map((group) => {
    const { hkl, direction } = group.find(({ hkl, direction }) => hkl && direction) ?? group[0]!;
    return { hkl, direction, recorded: group.every(({ recorded }) => recorded) };
  });
  const known = seen.flatMap(({ hkl, direction }) => (hkl ? [{ hkl, direction }] : []));
  if (known.length < seen.length) return undefined;
  const names = known.map(({ hkl }) => hkl);
  if (seen.length === 1) return names;
  if (known.every(({ direction }) => direction)) return consistentIndices(known);
  // Nothing to check them by: those that somebody wrote down are of one crystal.
  return seen.every(({ recorded }) => recorded) ? names : undefined;
}

/**
 * The verdict on a particle. A defect that is certain at one reflection is there, whatever others show, which may be blind to it; that there is
 * none takes all of them. A person's class decides.
 * @param scans judged ones, at least one, in the order in which they were taken
 */
export function particleVerdict(scans: readonly Told[]): ParticleTold {
  const groups = byReflection(scans);
  const names = namesOf(groups);
  const reflections = groups.map((group, n): ReflectionTold => ({
    hkl: names?.[n] ?? group[0]!.hkl,
    ids: group.map(({ id }) => id),
    verdict: pooled(group),
  }));
  const isSure = ({ sure, doubts }: Pooled): boolean => isDefectSure({ sure, doubts: [...doubts] });
  const looks = reflections.flatMap(({ hkl, verdict }) =>
    // Planar faults and loops have no one Burgers vector.
    hkl && isSure(verdict) && verdict.class !== 'other' ? [{ hkl, shows: classes[verdict.class].defective }] : [],
  );
  const burgers = names ? burgersOpinion(looks) : undefined;
  const told = (verdict: Pooled): ParticleTold => ({ ...verdict, reflections, ...(burgers && { burgers }) });

  const among = (chosen: readonly ReflectionTold[]): Pooled => {
    const ids = new Set(chosen.flatMap(({ ids }) => ids));
    return pooled(scans.filter(({ id }) => ids.has(id)));
  };
  const all = pooled(scans);
  if (all.byHand) return told(all);
  const showing = reflections.filter(({ verdict }) => classes[verdict.class].defective && isSure(verdict));
  if (showing.length > 0) return told(among(showing));
  const open = reflections.filter(({ verdict }) => !isSure(verdict));
  if (open.length === 0) return told(all);
  const likeliest = open.reduce((best, each) => (each.verdict.defective > best.verdict.defective ? each : best));
  return told(among([likeliest]));
}
