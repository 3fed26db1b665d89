import { PACE, pauseAfter, type Pace } from './line';

/** What was refused for how its files were: looked at again from time to time, for not everything that mends a file shows in its size and time. */
export interface Again<T> {
  /** Refused, for the first time or again. @param tookMs how long it took to find out */
  refused(id: string, item: T, now: number, tookMs?: number): void;
  forget(id?: string): void;
  /** One to be looked at now, or in how many milliseconds there will be; undefined where nothing was refused. */
  next(now: number): { readonly id: string; readonly item: T } | { readonly ms: number } | undefined;
}

interface Refused<T> {
  readonly item: T;
  readonly tries: number;
  readonly at: number;
}

/** Of the reader's time, at most one part in so many is spent on what was refused before. */
const SHARE = 5;

export function createAgain<T>(pace: Pace = PACE): Again<T> {
  const all = new Map<string, Refused<T>>();
  let from = 0;
  return {
    refused(id, item, now, tookMs = 0) {
      const tries = (all.get(id)?.tries ?? 0) + 1;
      all.set(id, { item, tries, at: now + pauseAfter(tries + 2, pace) });
      from = Math.max(from, now + (SHARE - 1) * tookMs);
    },
    forget(id) {
      if (id === undefined) all.clear();
      else all.delete(id);
    },
    next(now) {
      const [first] = [...all].sort(([, a], [, b]) => a.at - b.at);
      if (!first) return undefined;
      const [id, { item, at }] = first;
      const ms = Math.max(at, from) - now;
      return ms > 0 ? { ms } : { id, item };
    },
  };
}
