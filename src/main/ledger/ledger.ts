import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { problemSchema, warningSchema } from '@contract/errors';
import {
  defectClassSchema,
  formatSchema,
  geometryUsedSchema,
  pastVerdictSchema,
  overruledSchema,
  samplePositionSchema,
  scanDetailSchema,
  scanStateSchema,
  verdictLineSchema,
  verdictSchema,
  type PastVerdict,
  type ScanSummary,
} from '@contract/scan';
import { laterColumns, schema } from './schema';

const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  number: z.number(),
  format: formatSchema,
  name: z.string(),
  title: z.string(),
  state: scanStateSchema,
  frames_present: z.number(),
  frames_expected: z.number(),
  preset: z.string(),
  verdict: json(verdictSchema).nullable(),
  problem: json(problemSchema).nullable(),
  warnings: json(z.array(warningSchema)),
  line: json(verdictLineSchema).nullable(),
  geometry: json(geometryUsedSchema),
  rocking_curve: json(scanDetailSchema.shape.rockingCurve.unwrap()).nullable(),
  truth: defectClassSchema.nullable(),
  nexus: z.string().nullable(),
  signature: z.string().nullable(),
  flagged: z.number(),
  note: z.string(),
  overruled: json(overruledSchema).nullable(),
  seen_at: z.string(),
  judged_at: z.string().nullable(),
  judged_count: z.number(),
  sample: z.string().nullable(),
  position: json(samplePositionSchema).nullable(),
});

const pastSchema = z
  .object({
    judged_at: z.string(),
    verdict: json(verdictSchema),
    model: json(pastVerdictSchema.shape.model).nullable(),
  })
  .transform(({ judged_at: judgedAt, ...rest }): PastVerdict => ({ judgedAt, ...rest }));

/** A scan as the ledger keeps it. */
export type LedgerRow = z.infer<typeof rowSchema>;

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

/** Columns that hold JSON. */
const JSON_COLUMNS = [
  'verdict',
  'problem',
  'warnings',
  'line',
  'geometry',
  'rocking_curve',
  'overruled',
  'position',
] as const;

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
  const columns = Object.keys(rowSchema.shape);
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
    all: () => every.all().map((row) => rowSchema.parse(row)),
    get: (id) => {
      const row = one.get(id);
      return row && rowSchema.parse(row);
    },
    put: (row) => {
      const values: Record<string, SQLInputValue> = {};
      for (const [column, value] of Object.entries(row)) {
        const isJson = (JSON_COLUMNS as readonly string[]).includes(column);
        values[column] = isJson && value !== null ? JSON.stringify(value) : (value as SQLInputValue);
      }
      const { id, judged_at: at, verdict, line } = row;
      atomically(() => {
        insert.run(values);
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

/** A row as the screen's queue shows it. */
export const toSummary = (row: LedgerRow): ScanSummary => ({
  id: row.id,
  scan: row.name,
  source: row.source,
  format: row.format,
  state: row.state,
  title: row.title,
  framesPresent: row.frames_present,
  framesExpected: row.frames_expected,
  warnings: row.warnings,
  flagged: row.flagged !== 0,
  note: row.note,
  seenAt: row.seen_at,
  ...(row.verdict && { verdict: row.verdict }),
  ...(row.problem && { problem: row.problem }),
  ...(row.truth && { truth: row.truth }),
  ...(row.overruled && { overruled: row.overruled }),
  ...(row.sample !== null && { sample: row.sample }),
  ...(row.line?.hkl && { hkl: row.line.hkl }),
  ...(row.position && { position: row.position }),
  ...(row.judged_at && { judgedAt: row.judged_at }),
});
