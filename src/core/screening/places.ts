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
  readonly on: string;
  readonly at: readonly number[];
}

/** What a stage comes back to, drift of a night included; particles that one tells apart lie farther from each other. */
export const SAME_PLACE_UM = 0.25;

/** Micrometres. */
export const distanceOf = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((x, n) => x - b[n]!));

/**
 * Which scans were taken at one place: within `same` of the first one there, so that a row of neighbours never becomes one particle.
 * @param scans in the order in which they were taken
 * @param same micrometres
 */
export const placesOf = (scans: readonly Placed[], same = SAME_PLACE_UM): Place[] =>
  [...Map.groupBy(scans, ({ on }) => on).values()].flatMap((group) => founded(group, same));

interface Founded extends Place {
  readonly ids: string[];
}

function founded(scans: readonly Placed[], same: number): Founded[] {
  const all: Founded[] = [];
  // Those founded in each slice of the first axis: whoever is near enough lies in this one or beside it.
  const slices = new Map<number, Founded[]>();
  for (const { id, on, at } of scans) {
    const slice = Math.floor((at[0] ?? 0) / same);
    const near = [slice - 1, slice, slice + 1].flatMap((n) => slices.get(n) ?? []);
    const nearest = near.reduce<Founded | undefined>(
      (best, place) => (!best || distanceOf(place.at, at) < distanceOf(best.at, at) ? place : best),
      undefined,
    );
    if (nearest && distanceOf(nearest.at, at) <= same) {
      nearest.ids.push(id);
      continue;
    }
    const place = { ids: [id], on, at };
    all.push(place);
    slices.set(slice, [...(slices.get(slice) ?? []), place]);
  }
  return all;
}

/**
 * Distance from each of some places to the nearest other one on the same sample, micrometres; Infinity where there is none. Sorted along
 * the first axis, so that the search ends where even that alone is farther than what was found.
 */
export function nearestOf<P extends Pick<Placed, 'on' | 'at'>>(places: readonly P[]): Map<P, number> {
  const found = new Map<P, number>();
  for (const group of Map.groupBy(places, ({ on }) => on).values()) {
    const sorted = group.toSorted((a, b) => a.at[0]! - b.at[0]!);
    for (const [index, place] of sorted.entries()) {
      let nearest = Infinity;
      for (const step of [-1, 1])
        for (let n = index + step; n >= 0 && n < sorted.length; n += step) {
          const other = sorted[n]!.at;
          if (Math.abs(other[0]! - place.at[0]!) >= nearest) break;
          nearest = Math.min(nearest, distanceOf(other, place.at));
        }
      found.set(place, nearest);
    }
  }
  return found;
}
