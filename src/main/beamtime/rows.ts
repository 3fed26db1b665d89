import { BraggwatchError } from '@contract/errors';
import type { SamplePosition, ScanSummary } from '@contract/scan';
import type { PastVerdict } from '@contract/verdict';
import type { Ledger } from '@main/ledger/ledger';
import { toSummary, type LedgerRow } from '@main/ledger/row';
import type { ScanFacts, ScanRef } from '@main/scan/types';

/** The ledger's rows in memory: every change is written through and told to the screen. */
export interface Rows {
  all(): LedgerRow[];
  get(id: string): LedgerRow | undefined;
  /** Every final verdict on a scan, the newest first. */
  history(id: string): PastVerdict[];
  /** @throws BraggwatchError ledger-unavailable: nothing has changed then, here or there */
  put(row: LedgerRow): LedgerRow;
  /** @throws BraggwatchError ledger-unavailable */
  remove(id: string): void;
}

export interface RowListener {
  changed(summary: ScanSummary): void;
  removed(id: string): void;
}

export function createRows(ledger: Ledger, listener: RowListener): Rows {
  const rows = new Map(ledger.all().map((row) => [row.id, row]));
  return {
    all: () => [...rows.values()],
    get: (id) => rows.get(id),
    history: (id) => ledger.history(id),
    put(row) {
      ledger.put(row);
      rows.set(row.id, row);
      listener.changed(toSummary(row));
      return row;
    },
    remove(id) {
      if (!rows.has(id)) return;
      ledger.remove(id);
      rows.delete(id);
      listener.removed(id);
    },
  };
}

/**
 * Where a row's scan is.
 * @throws BraggwatchError scan-unreadable where no reader of this version knows its format
 */
export function refOf({ source, number, format }: LedgerRow): ScanRef {
  if (format === 'unknown') throw new BraggwatchError('scan-unreadable', source);
  return { source, number, format };
}

/** Judged, refused or no rocking curve, once and for all (unless asked to judge again). */
export const isFinal = (row: LedgerRow): boolean => row.judgedAt !== null;

/** When a scan began, in UTC; null where its file does not tell, or in words that no clock has. */
export function beganAt({ startedAt }: Pick<ScanFacts, 'startedAt'>): string | null {
  const at = new Date(startedAt ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The row of a scan seen for the first time. */
export const fresh = (id: string, facts: ScanFacts): LedgerRow => ({
  id,
  source: facts.ref.source,
  number: facts.ref.number,
  format: facts.ref.format,
  name: facts.name,
  title: facts.title,
  state: 'arriving',
  framesPresent: facts.framesPresent,
  framesExpected: facts.framesExpected,
  preset: '',
  verdict: null,
  problem: null,
  warnings: [],
  line: null,
  geometry: [],
  rockingCurve: null,
  truth: facts.truth ?? null,
  nexus: null,
  signature: null,
  flagged: 0,
  note: '',
  overruled: null,
  plan: null,
  particle: null,
  startedAt: beganAt(facts),
  seenAt: new Date().toISOString(),
  judgedAt: null,
  judgedCount: 0,
  sample: facts.sample ?? null,
  position: null,
  madeFrom: null,
  inside: null,
});

/** A row with what the scan's files say now. */
export const withFacts = (row: LedgerRow, facts: ScanFacts, position?: SamplePosition): LedgerRow => ({
  ...row,
  name: facts.name,
  title: facts.title,
  framesPresent: facts.framesPresent,
  framesExpected: facts.framesExpected,
  truth: facts.truth ?? row.truth,
  sample: facts.sample ?? row.sample,
  position: position ?? row.position,
  startedAt: beganAt(facts) ?? row.startedAt,
});
