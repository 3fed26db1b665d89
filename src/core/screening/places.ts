/** A scan with where it was taken. */
export interface Placed {
  readonly id: string;
  /** Only what was measured on one sample, along the same axes, can be one particle. */
  readonly on: string;
  /** Micrometres along the stage's axes. */
  readonly at: readonly number[];
}

/** Scans of one place. */
export interface Place {
  readonly ids: readonly string[];
  readonly at: readonly number[];
  /** Distance to the nearest other place on the same sample, micrometres; Infinity where there is none. */
  readonly nearestUm: number;
}

/** What a stage comes back to, drift of a night included; particles that one tells apart lie farther from each other. */
export const SAME_PLACE_UM = 0.25;

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((x, n) => x - b[n]!));

/**
 * Which scans were taken at one place: within `same` of the first one there, so that a row of neighbours never becomes one particle.
 * @param scans in the order in which they were taken
 * @param same micrometres
 */
export function placesOf(scans: readonly Placed[], same = SAME_PLACE_UM): Place[] {
  const samples = new Map<string, Placed[]>();
  for (const scan of scans) {
    const known = samples.get(scan.on);
    if (known) known.push(scan);
    else samples.set(scan.on, [scan]);
  }
  return [...samples.values()].flatMap((group) => withNeighbours(founded(group, same)));
}

interface Founded {
  readonly ids: string[];
  readonly at: readonly number[];
}

function founded(scans: readonly Placed[], same: number): Founded[] {
  const all: Founded[] = [];
  // Those founded in each slice of the first axis: whoever is near enough lies in this one or beside it.
  const slices = new Map<number, Founded[]>();
  for (const { id, at } of scans) {
    const slice = Math.floor((at[0] ?? 0) / same);
    const near = [slice - 1, slice, slice + 1].flatMap((n) => slices.get(n) ?? []);
    const nearest = near.reduce<Founded | undefined>(
      (best, place) => (!best || distance(place.at, at) < distance(best.at, at) ? place : best),
      undefined,
    );
    if (nearest && distance(nearest.at, at) <= same) {
      nearest.ids.push(id);
      continue;
    }
    const place = { ids: [id], at };
    all.push(place);
    slices.set(slice, [...(slices.get(slice) ?? []), place]);
  }
  return all;
}

/** Sorted along the first axis, so that the search ends where even that alone is farther than what was found. */
function withNeighbours(places: readonly Founded[]): Place[] {
  const sorted = places.toSorted((a, b) => a.at[0]! - b.at[0]!);
  return sorted.map(({ ids, at }, index) => {
    let nearestUm = Infinity;
    for (const step of [-1, 1])
      for (let n = index + step; n >= 0 && n < sorted.length; n += step) {
        const other = sorted[n]!.at;
        if (Math.abs(other[0]! - at[0]!) >= nearestUm) break;
        nearestUm = Math.min(nearestUm, distance(other, at));
      }
    return { ids, at, nearestUm };
  });
}
