import type { ScanFacts } from '@main/scan/types';

/**
 * How long a scan must have rested before it is judged for good, by what its reader says of it. Events can bring two sweeps 150 ms
 * apart, so that 'unchanged since the last sweep' is no rest.
 */

/** A file that is changed is looked at again once it is written. */
export const CHANGED_MS = 2000;
/** Frames filled in place have been, though nothing says so. */
const IN_PLACE_MS = 3000;
/** Nothing in the file tells its end. */
const UNMARKED_MS = 5000;
/** Ended, but frames lack, or its detector: what comes late has come. */
const LACKING_MS = 60_000;

/** Broken, and not merely on its way. */
export const UNREADABLE_MS = 3000;

/** Rest that a scan needs before its verdict is final; undefined while it is in doubt: whatever is said of it then is partial. */
export function restNeeded(facts: ScanFacts): number | undefined {
  if (facts.whole && facts.frameless) return LACKING_MS;
  if (facts.whole) return facts.unmarked ? UNMARKED_MS : facts.inPlace ? IN_PLACE_MS : 0;
  if (!facts.ended) return undefined;
  // Named files that are not there are told soon, and waited for all the same.
  if ((facts.missing ?? []).length > 0) return UNMARKED_MS;
  // Frames for which there is room and that hold nothing are still being written, as far as anybody can tell.
  return (facts.framesEmpty ?? 0) > 0 ? undefined : LACKING_MS;
}

/** Rest after which a scan in doubt gets a partial verdict. */
export const PARTIAL_MS = UNMARKED_MS;

export interface Rests {
  /** For how long, in ms, something has looked as it does now. */
  of(id: string, look: string): number;
}

/** @param now a clock that nobody moves, in ms */
export function createRests(now: () => number): Rests {
  const seen = new Map<string, { readonly look: string; readonly since: number }>();
  return {
    of(id, look) {
      const known = seen.get(id);
      if (known?.look === look) return now() - known.since;
      seen.set(id, { look, since: now() });
      return 0;
    },
  };
}
