import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { pastVerdictSchema, verdictSchema, type PastVerdict } from '@contract/scan';
import { columns, rowOf, storedOf, type LedgerRow } from './row';
import { laterColumns, schema } from './schema';

const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);

const pastSchema = z
  .object({
    judged_at: z.string(),
    verdict: json(verdictSchema),
    model: json(pastVerdictSchema.shape.model).nullable(),
  })
  .transform(({ judged_at: judgedAt, ...rest }): PastVerdict => ({ judgedAt, ...rest }));

/** The app's memory: what was seen, judged, flagged and answered. SQLite on a local disk (never a network one, DESIGN section 4). */
export interface Ledger {
  all(): LedgerRow[];
  get(id: string): LedgerRow | undefined;
  /** Every final verdict on a scan, the newest first. */
  history(id: string): PastVerdict[];
  /** Writes the whole row, and its verdict into the scan's history, in one transaction. */
  put(row: LedgerRow): void;
  remove(id: string): void;
  setting(key: string): string | undefined;
  saveSetting(key: string, value: string): void;
  close(): void;
}

/**
 * Opens the ledger, making it at the first start.
 * @param path a file on a local disk, or `:memory:`
 */
export function openLedger(path: string): Ledger {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  // A rollback journal with full synchronisation: a committed verdict survives a crash of the machine.
  // The wait for another process's lock comes first: setting the journal may already meet one.
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;');
  database.exec(schema);
  addLaterColumns(database);
  const insert = database.prepare(
    `INSERT INTO scans (${columns.join(', ')}) VALUES (${columns.map((c) => `:${c}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
  );
  const one = database.prepare('SELECT * FROM scans WHERE id = ?');
  const every = database.prepare('SELECT * FROM scans ORDER BY seen_at, rowid');
  const drop = database.prepare('DELETE FROM scans WHERE id = ?');
  const past = database.prepare(
    'SELECT judged_at, verdict, model FROM verdicts WHERE scan = ? ORDER BY judged_at DESC',
  );
  const judged = database.prepare(
    'INSERT OR IGNORE INTO verdicts (scan, judged_at, verdict, model) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM verdicts WHERE scan = ?');
  const atomically = (write: () => void): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      write();
      database.exec('COMMIT');
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  const readSetting = database.prepare('SELECT value FROM settings WHERE key = ?');
  const writeSetting = database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  return {
    all: () => every.all().map(rowOf),
    get: (id) => {
      const row = one.get(id);
      return row && rowOf(row);
    },
    put: (row) => {
      const { id, judgedAt: at, verdict, line } = row;
      atomically(() => {
        insert.run(storedOf(row));
        if (at !== null && verdict !== null)
          judged.run(id, at, JSON.stringify(verdict), line?.model ? JSON.stringify(line.model) : null);
      });
    },
    history: (id) => past.all(id).map((row) => pastSchema.parse(row)),
    remove: (id) =>
      atomically(() => {
        drop.run(id);
        forget.run(id);
      }),
    setting: (key) => readSetting.get(key)?.['value'] as string | undefined,
    saveSetting: (key, value) => void writeSetting.run(key, value),
    close: () => database.close(),
  };
}

/** Brings an older ledger up to date; what it holds stays as it is. */
function addLaterColumns(database: DatabaseSync): void {
  // Two processes may open an old ledger at once: the second waits here, then finds the columns there.
  database.exec('BEGIN IMMEDIATE');
  try {
    const there = new Set(
      database
        .prepare('PRAGMA table_info(scans)')
        .all()
        .map(({ name }) => name),
    );
    for (const [name, type] of Object.entries(laterColumns))
      if (!there.has(name)) database.exec(`ALTER TABLE scans ADD COLUMN ${name} ${type}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
