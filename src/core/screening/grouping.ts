/**
 * Which scans are of one particle: those of one place on one sample, unless a person said otherwise. What a person said is a word on each
 * scan of the particles concerned, the name of the particle that it belongs to (the id of one of its scans): scans with the same word are
 * one particle, those with different words never are. A scan without one that is taken later at the place of such scans goes with
 * them where that is the only particle there; where a person told several apart there, or one scan from all others, nobody knows which
 * of them it is, and it is one of its own until somebody says.
 */
import { nearestOf, placesOf, SAME_PLACE_UM, type Placed } from './places';

/** A scan as far as it tells of which particle it is. */
export interface Groupable extends Pick<Placed, 'id'> {
  /** Where it was taken; left out where nobody knows. */
  readonly place?: Pick<Placed, 'on' | 'at'> | undefined;
  /** The particle that a person put it into; null where nobody did. */
  readonly word: string | null;
}

/** The scans of one particle. */
export interface Group {
  /** In the order in which they were taken. */
  readonly ids: readonly string[];
  /** Distance to the nearest other particle on the sample, micrometres; undefined where there is none, or nobody knows where. */
  readonly nearestUm: number | undefined;
}

/** A word that a person's act leaves on a scan; null takes it away. */
export interface Word {
  readonly id: string;
  readonly word: string | null;
}

/**
 * @param scans in the order in which they were taken
 * @param same micrometres by which scans of one place may differ
 */
export function groupsOf(scans: readonly Groupable[], same = SAME_PLACE_UM): Group[] {
  const byId = new Map(scans.map((scan) => [scan.id, scan]));
  const carriers = new Map<string, number>();
  for (const { word } of scans) if (word !== null) carriers.set(word, (carriers.get(word) ?? 0) + 1);
  const placed = scans.flatMap(({ id, place }): Placed[] => (place ? [{ id, ...place }] : []));
  /** The particle of each scan that nobody put into one: its place's. */
  const byPlace = new Map<string, string>();
  for (const [n, { ids }] of placesOf(placed, same).entries()) {
    const words = new Set(ids.flatMap((id) => byId.get(id)?.word ?? []));
    const shared = [...words].filter((word) => carriers.get(word)! > 1);
    const key = shared.length === 1 ? shared[0]! : `place ${n}`;
    for (const id of ids) byPlace.set(id, key);
  }
  const groups = Map.groupBy(scans, ({ id, word }) => word ?? byPlace.get(id) ?? id);
  const found = [...groups.values()].map((members) => ({
    ids: members.map(({ id }) => id),
    place: members.find(({ place }) => place)?.place,
  }));
  const nearest = nearestOf(found.flatMap((group) => (group.place ? [{ ...group.place, ids: group.ids }] : [])));
  const byFirst = new Map([...nearest].map(([{ ids }, um]) => [ids[0], um]));
  return found.map(({ ids }) => {
    const um = byFirst.get(ids[0]);
    return { ids, nearestUm: um !== undefined && Number.isFinite(um) ? um : undefined };
  });
}

const all = (ids: readonly string[], word: string | null): Word[] => ids.map((id) => ({ id, word }));

/** Takes one scan out of its particle; the others stay one. */
export function splitOff({ ids }: Pick<Group, 'ids'>, id: string): Word[] {
  const others = ids.filter((other) => other !== id);
  return others.length === 0 ? [] : [{ id, word: id }, ...all(others, others[0]!)];
}

/** Makes one particle of two. */
export const joined = (a: Pick<Group, 'ids'>, b: Pick<Group, 'ids'>): Word[] => all([...a.ids, ...b.ids], a.ids[0]!);

/** Forgets what people said of a particle's scans: their places tell. */
export const asPlaced = ({ ids }: Pick<Group, 'ids'>): Word[] => all(ids, null);
