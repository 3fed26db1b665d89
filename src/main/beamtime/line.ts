import type { Problem } from '@contract/errors';
import { blameOf, isOfModel } from './blame';

/** Before the first further try, and at most; twice as long each time. What was mended is noticed within the longest. */
export interface Pace {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const PACE: Pace = { firstMs: 1000, longestMs: 15_000 };

export const pauseAfter = (tries: number, { firstMs, longestMs }: Pace): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(30, Math.max(0, tries - 1)));

/** A scan that took its process down so often lets others go ahead; a time-out costs minutes, so that one is enough. */
const SUSPECT_AFTER = 3;

/** What keeps the line from moving. */
export interface Trouble {
  readonly problem: Problem;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** What to do now: judge that one, or only make its volume while there is no model, or wait so many milliseconds. */
export type Turn<T> =
  | { readonly do: 'judge' | 'show'; readonly id: string; readonly item: T }
  | { readonly do: 'wait'; readonly ms: number };

/**
 * The scans that wait, in the order in which they came but for one that somebody waits for, and whose turn it is. What went wrong for no fault of the scan's is tried again
 * at the head of the line, so that the order is kept; only a scan that took its process down again and again lets others go ahead, to
 * find out whose fault it is. Keeps no time of its own: every step is told what time it is, in milliseconds.
 */
export interface Line<T> {
  readonly size: number;
  has(id: string): boolean;
  /** @param next behind the head only, which may be under way, and before all others: of several the newest */
  add(id: string, item: T, now: number, next?: boolean): void;
  next(now: number): Turn<T> | undefined;
  /** It is settled, in the ledger and on disk: whatever was wrong is over. */
  passed(id: string): void;
  /** Its volume was made, though there is no model; or could not be. */
  shown(id: string): void;
  /** @returns `aside` where it failed again and again while others passed: the scan's own doing */
  failed(id: string, problem: Problem, now: number): 'again' | 'aside';
  /** Takes it out of the line without a verdict. */
  remove(id: string): void;
  /** What is wrong may have been mended: tried at once. */
  hurry(now: number): void;
  items(): readonly T[];
  trouble(): Trouble | null;
}

interface Entry<T> {
  readonly id: string;
  readonly item: T;
  /** Times its process ended, hung or failed over it. */
  failures: number;
  suspect: boolean;
  /** How many had passed when it first failed. */
  since: number;
  shown: boolean;
}

interface State extends Trouble {
  readonly tries: number;
  readonly until: number;
  /** Whose turn it is at `until`: the head's, or that of one behind it, which bears witness. */
  readonly whose: 'head' | 'witness';
}

export function createLine<T>(pace: Pace = PACE): Line<T> {
  let entries: Entry<T>[] = [];
  let trouble: State | null = null;
  let passes = 0;
  /** Counts witnesses, so that each is asked in turn: one of them may be no better than the head. */
  let witnesses = 0;

  const find = (id: string): Entry<T> | undefined => entries.find((entry) => entry.id === id);
  const turn = (what: 'judge' | 'show', { id, item }: Entry<T>): Turn<T> => ({ do: what, id, item });
  const remove = (id: string): void => {
    entries = entries.filter((entry) => entry.id !== id);
    if (entries.length === 0) trouble = null;
  };
  /** Nobody else can bear witness: who comes next is asked at once. */
  const isAlone = (): boolean => trouble?.whose === 'head' && entries.length === 1 && entries[0]!.suspect;

  return {
    get size() {
      return entries.length;
    },
    has: (id) => find(id) !== undefined,
    add(id, item, now, next = false) {
      if (find(id)) return;
      if (trouble && isAlone()) trouble = { ...trouble, until: now, whose: 'witness' };
      const entry = { id, item, failures: 0, suspect: false, since: 0, shown: false };
      entries.splice(next ? 1 : entries.length, 0, entry);
    },
    next(now) {
      const [head, ...behind] = entries;
      if (!head) return undefined;
      if (!trouble) return turn('judge', head);
      if (now >= trouble.until) {
        const witness = trouble.whose === 'witness' ? behind[witnesses % behind.length] : undefined;
        return turn('judge', witness ?? head);
      }
      const unseen = isOfModel(trouble.problem.code) ? entries.find(({ shown }) => !shown) : undefined;
      return unseen ? turn('show', unseen) : { do: 'wait', ms: trouble.until - now };
    },
    passed(id) {
      remove(id);
      passes++;
      trouble = null;
    },
    shown(id) {
      const entry = find(id);
      if (entry) entry.shown = true;
    },
    failed(id, problem, now) {
      const entry = find(id);
      if (!entry) return 'again';
      const { code } = problem;
      const tries = (trouble?.tries ?? 0) + 1;
      const state = { problem, since: trouble?.since ?? now, tries, until: now + pauseAfter(tries, pace) };
      if (blameOf(code) !== 'process') {
        trouble = { ...state, whose: 'head' };
        return 'again';
      }
      if (entry.failures === 0) entry.since = passes;
      entry.failures++;
      entry.suspect ||= entry.failures >= SUSPECT_AFTER || code === 'timed-out';
      if (entry.failures >= SUSPECT_AFTER && passes > entry.since) return 'aside';
      const witnessed = entry === entries[0] && entry.suspect && entries.length > 1;
      if (witnessed) trouble = { ...state, tries: tries - 1, until: now, whose: 'witness' };
      else trouble = { ...state, whose: 'head' };
      if (entry !== entries[0]) witnesses++;
      return 'again';
    },
    remove,
    hurry(now) {
      if (trouble) trouble = { ...trouble, tries: 0, until: now };
    },
    items: () => entries.map(({ item }) => item),
    trouble: () => trouble && { problem: trouble.problem, since: trouble.since },
  };
}
