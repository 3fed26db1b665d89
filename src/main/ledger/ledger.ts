import { basename } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import type { PastVerdict } from '@contract/verdict';
import { atomically } from './migrate';
import { openDatabase } from './open';
import { columns, rowOf, storedOf, type Kept, type LedgerRow, type Stored } from './row';
import { storedModel, storedVerdict } from './tolerant';

/**
 * The app's memory: what was seen, judged, flagged and answered. SQLite on a local disk (never a network one, DESIGN section 4).
 * Each function throws BraggwatchError ledger-unavailable where the file cannot be read or written at present; nothing is written by halves.
 */
export interface Ledger {
  /** What was found amiss with its file when it was opened: codes `ledger-mended`, `ledger-newer`. */
  readonly notices: readonly BraggwatchError[];
  all(): LedgerRow[];
  get(id: string): LedgerRow | undefined;
  /** Every final verdict on a scan that this version can tell, the newest first. */
  history(id: string): PastVerdict[];
  /** Writes the whole row, and its verdict into the scan's history, in one transaction. */
  put(row: LedgerRow): void;
  remove(id: string): void;
  setting(key: string): string | undefined;
  saveSetting(key: string, value: string): void;
  close(): void;
}

const past = z.object({ judged_at: z.string(), verdict: z.string(), model: z.string().nullable() });

/** Nothing, where another version's verdict cannot be told in this one's words. */
function pastOf(stored: Stored): PastVerdict[] {
  try {
    const { judged_at: judgedAt, verdict, model } = past.parse(stored);
    const madeBy = model === null ? null : (storedModel.safeParse(JSON.parse(model)).data ?? null);
    return [{ judgedAt, verdict: storedVerdict.parse(JSON.parse(verdict)), model: madeBy }];
  } catch {
    return [];
  }
}

/**
 * How long a call waits for another program's lock. The front process waits with it, so it is short, and what could not be written is
 * tried again.
 */
const LOCK_MS = 250;

/** SQLite's own words as a failure that can be told. */
function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('errcode' in cause)) throw cause;
    throw new BraggwatchError('ledger-unavailable', `${basename(path)}: ${cause.message}`, { cause });
  }
}

/** Nothing, where another process put a damaged row since the file was opened. */
function readable(stored: Stored | undefined): Kept[] {
  try {
    return stored ? [{ stored, row: rowOf(stored) }] : [];
  } catch {
    return [];
  }
}

/**
 * Opens the ledger, making it at the first start and mending it where it is damaged (`notices` says so).
 * @param path a file on a local disk, or `:memory:`
 * @throws BraggwatchError ledger-unavailable
 */
export function openLedger(path: string): Ledger {
  const { database, notices } = guarded(path, () => openDatabase(path));
  database.exec(`PRAGMA busy_timeout = ${LOCK_MS}`);
  const guard = <T>(work: () => T): T => guarded(path, work);
  const insert = database.prepare(
    `INSERT INTO scans (${columns.join(', ')}) VALUES (${columns.map((c) => `:${c}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
  );
  const one = database.prepare('SELECT * FROM scans WHERE id = ?');
  const every = database.prepare('SELECT * FROM scans ORDER BY seen_at, rowid');
  const drop = database.prepare('DELETE FROM scans WHERE id = ?');
  const pasts = database.prepare(
    'SELECT judged_at, verdict, model FROM verdicts WHERE scan = ? ORDER BY judged_at DESC',
  );
  const judged = database.prepare(
    'INSERT OR IGNORE INTO verdicts (scan, judged_at, verdict, model, made_from) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM verdicts WHERE scan = ?');
  const readSetting = database.prepare('SELECT value FROM settings WHERE key = ?');
  const writeSetting = database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  return {
    notices,
    all: () =>
      guard(() => every.all())
        .flatMap(readable)
        .map(({ row }) => row),
    get: (id) => readable(guard(() => one.get(id)))[0]?.row,
    put: (row) => {
      const { id, judgedAt: at, verdict, line, madeFrom } = row;
      const json = (value: unknown): string | null => (value ? JSON.stringify(value) : null);
      const write = (): void => {
        insert.run(storedOf(row, readable(one.get(id))[0]));
        if (at !== null && verdict !== null)
          judged.run(id, at, JSON.stringify(verdict), json(line?.model), json(madeFrom));
      };
      guard(() => atomically(database, write));
    },
    history: (id) => guard(() => pasts.all(id)).flatMap(pastOf),
    remove: (id) => {
      const write = (): void => {
        drop.run(id);
        forget.run(id);
      };
      guard(() => atomically(database, write));
    },
    setting: (key) => {
      const value = guard(() => readSetting.get(key))?.['value'];
      return typeof value === 'string' ? value : undefined;
    },
    saveSetting: (key, value) => void guard(() => writeSetting.run(key, value)),
    close: () => database.close(),
  };
}
