/** The ledger's tables. One row per scan; what the screen shows of it beyond the row is in the scan's NeXus file. */
export const schema = `
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
  /** What the source's files looked like when a problem of theirs was met; tried again when they change. */
  signature       TEXT,
  flagged         INTEGER NOT NULL DEFAULT 0,
  note            TEXT NOT NULL DEFAULT '',
  /** A person's class, who and when, as JSON; the network's verdict stays in its own column. */
  overruled       TEXT,
  seen_at         TEXT NOT NULL,
  judged_at       TEXT,
  /** Final verdicts given: 1, unless somebody asked to judge again. */
  judged_count    INTEGER NOT NULL DEFAULT 0,
  sample          TEXT,
  position        TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS scans_by_time ON scans (seen_at);
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
  SELECT id, judged_at, verdict, line -> '$.model' FROM scans WHERE judged_at IS NOT NULL AND verdict IS NOT NULL;
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** Columns that came after the first ledgers were written: added where an older ledger has none of them. */
export const laterColumns: Readonly<Record<string, string>> = {
  overruled: 'TEXT',
  sample: 'TEXT',
  position: 'TEXT',
};
