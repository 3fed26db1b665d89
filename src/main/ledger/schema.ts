import type { DatabaseSync } from 'node:sqlite';

/*
 * The ledger's tables, as numbered steps from nothing: `PRAGMA user_version` says how many a file has taken. A step is never changed once
 * it was released, and may be taken twice. Ledgers of before the steps were numbered (version 0) may have any of the first two steps' tables and columns.
 * One row per scan; what the screen shows of it beyond the row is in the scan's NeXus file.
 */

type Step = (database: DatabaseSync) => void;

const firstTables = `
CREATE TABLE IF NOT EXISTS scans (
  id              TEXT PRIMARY KEY,
  source          TEXT NOT NULL,
  number          INTEGER NOT NULL,
  format          TEXT NOT NULL,
  name            TEXT NOT NULL,
  title           TEXT NOT NULL,
  state           TEXT NOT NULL,
  frames_present  INTEGER NOT NULL,
  frames_expected INTEGER NOT NULL,
  preset          TEXT NOT NULL DEFAULT '',
  verdict         TEXT,
  problem         TEXT,
  warnings        TEXT NOT NULL DEFAULT '[]',
  line            TEXT,
  geometry        TEXT NOT NULL DEFAULT '[]',
  rocking_curve   TEXT,
  truth           TEXT,
  nexus           TEXT,
  /** What the source's files looked like when the scan was looked at last; a problem of theirs is tried again when they change. */
  signature       TEXT,
  flagged         INTEGER NOT NULL DEFAULT 0,
  note            TEXT NOT NULL DEFAULT '',
  seen_at         TEXT NOT NULL,
  judged_at       TEXT,
  /** Final verdicts given: 1, unless the scan was judged again. */
  judged_count    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS scans_by_time ON scans (seen_at);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

const histories = `
/** Every final verdict ever given; a scan's row holds the newest only. */
CREATE TABLE IF NOT EXISTS verdicts (
  scan      TEXT NOT NULL,
  judged_at TEXT NOT NULL,
  verdict   TEXT NOT NULL,
  model     TEXT,
  PRIMARY KEY (scan, judged_at)
) STRICT;
/** A ledger of before this table knows each scan's newest verdict. */
INSERT OR IGNORE INTO verdicts (scan, judged_at, verdict, model)
  SELECT id, judged_at, verdict, iif(json_valid(line), line -> '$.model', NULL)
  FROM scans WHERE judged_at IS NOT NULL AND verdict IS NOT NULL;
`;

/** SQLite has no `ADD COLUMN IF NOT EXISTS`. */
function addColumns(database: DatabaseSync, table: string, added: readonly string[]): void {
  const there = new Set(
    database
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => name),
  );
  for (const name of added) if (!there.has(name)) database.exec(`ALTER TABLE ${table} ADD COLUMN ${name} TEXT`);
}

/** Columns of `scans` that ledgers of before the steps were numbered may lack. */
const unnumbered: readonly string[] = ['overruled', 'sample', 'position'];

/** Likewise, with those that came with a step. */
export const laterColumns: readonly string[] = [...unnumbered, 'made_from', 'inside', 'plan', 'particle', 'started_at'];

/** Step n brings a ledger of version n to version n + 1. */
export const steps: readonly Step[] = [
  (database) => database.exec(firstTables),
  (database) => {
    // A person's class, who and when, as JSON: the network's verdict stays in its own column. Where on which sample it was taken.
    addColumns(database, 'scans', unnumbered);
    database.exec(histories);
  },
  // What each verdict was made from, as JSON: a scan whose source has changed since is judged again.
  (database) => {
    addColumns(database, 'scans', ['made_from']);
    addColumns(database, 'verdicts', ['made_from']);
  },
  // What phase retrieval showed within its crystal, as JSON.
  (database) => addColumns(database, 'scans', ['inside']),
  // What people mean to do about its particle.
  (database) => addColumns(database, 'scans', ['plan']),
  // Which particle a person put it into.
  (database) => addColumns(database, 'scans', ['particle']),
  // When it began, as its file says.
  (database) => addColumns(database, 'scans', ['started_at']),
];

/** Tables that a whole ledger has. */
export const tables = ['scans', 'verdicts', 'settings'] as const;
