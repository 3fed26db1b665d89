import type { Problem } from '@contract/errors';
import { isFinal, type Rows } from '@main/beamtime/rows';
import type { LedgerRow } from '@main/ledger/row';
import { madeOf } from './made-of';

export interface TurnsOptions {
  readonly rows: Pick<Rows, 'all' | 'get'>;
  /** Whether a judged scan is looked into without being asked for. */
  byItself(row: LedgerRow): boolean;
}

/** Whether a scan can be looked into: it was judged for good, from a volume that was kept. */
export const isFit = (row: LedgerRow): boolean => isFinal(row) && row.state === 'classified' && row.nexus !== null;

/** Whether what was found of it was made from what its verdict is made from now. */
export const isReady = (row: LedgerRow): boolean => row.inside?.madeFrom === madeOf(row);

/** Which crystal is looked into next: those that people asked for, the last one first; then the one judged last. */
export interface Turns {
  isAsked(id: string): boolean;
  /** By a person; of several the last one comes first. */
  ask(...ids: string[]): void;
  /** Its turn has come: what was said of it before does not count any more. */
  take(row: LedgerRow): void;
  fail(madeFrom: string, problem: Problem): void;
  /** Why it was not looked into, where that was tried. */
  problemOf(row: LedgerRow): Problem | undefined;
  /** Gives it up, by itself too, while it is made of the same. */
  leave(row: LedgerRow): void;
  /** Gives up all that wait; scans that are judged from now on come by themselves again. */
  leaveAll(): void;
  comesByItself(row: LedgerRow): boolean;
  next(): { readonly id: string; readonly isAsked: boolean } | undefined;
}

export function createTurns({ rows, byItself }: TurnsOptions): Turns {
  let asked: string[] = [];
  const left = new Set<string>();
  const failed = new Map<string, Problem>();

  const comesByItself = (row: LedgerRow): boolean =>
    isFit(row) && !isReady(row) && !left.has(madeOf(row)) && !failed.has(madeOf(row)) && byItself(row);

  return {
    isAsked: (id) => asked.includes(id),
    ask: (...ids) => void asked.push(...ids),
    take(row) {
      asked = asked.filter((id) => id !== row.id);
      failed.delete(madeOf(row));
      left.delete(madeOf(row));
    },
    fail: (madeFrom, problem) => void failed.set(madeFrom, problem),
    problemOf: (row) => failed.get(madeOf(row)),
    leave(row) {
      asked = asked.filter((id) => id !== row.id);
      if (!isReady(row)) left.add(madeOf(row));
    },
    leaveAll() {
      for (const row of rows.all()) if (comesByItself(row)) left.add(madeOf(row));
      asked = [];
    },
    comesByItself,
    next() {
      asked = asked.filter((id) => rows.get(id));
      const last = asked.at(-1);
      if (last !== undefined) return { id: last, isAsked: true };
      const waiting = rows.all().filter(comesByItself);
      if (waiting.length === 0) return undefined;
      const newest = waiting.reduce((best, row) => ((row.judgedAt ?? '') > (best.judgedAt ?? '') ? row : best));
      return { id: newest.id, isAsked: false };
    },
  };
}
