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
  seen_at         TEXT NOT NULL,
  judged_at       TEXT,
  /** Final verdicts given: 1, unless somebody asked to judge again. */
  judged_count    INTEGER NOT NULL DEFAULT 0,
  sample          TEXT,
  position        TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS scans_by_time ON scans (seen_at);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** Columns that ledgers of earlier versions lack; added when such a ledger is opened. */
export const laterColumns = { sample: 'TEXT', position: 'TEXT' } as const;
