import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openLedger } from '@main/ledger/ledger';
import { temporaryFolder } from '../../support/build';

/** The table as the first version made it, before people could overrule a class. */
const firstSchema = `CREATE TABLE scans (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, number INTEGER NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL,
  title TEXT NOT NULL, state TEXT NOT NULL, frames_present INTEGER NOT NULL, frames_expected INTEGER NOT NULL,
  preset TEXT NOT NULL DEFAULT '', verdict TEXT, problem TEXT, warnings TEXT NOT NULL DEFAULT '[]', line TEXT,
  geometry TEXT NOT NULL DEFAULT '[]', rocking_curve TEXT, truth TEXT, nexus TEXT, signature TEXT,
  flagged INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', seen_at TEXT NOT NULL, judged_at TEXT,
  judged_count INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO settings VALUES ('watch', 'null');
INSERT INTO scans (id, source, number, format, name, title, state, frames_present, frames_expected, flagged, note, seen_at)
VALUES ('a', '/data/a.h5', 1, 'bliss', 'S0001', 'th', 'skipped', 3, 3, 1, 'go back', '2026-01-02T03:04:05.000Z');`;

it('reads a ledger of the first version, keeps what it holds, and can be overruled in', () => {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const old = new DatabaseSync(path);
  old.exec(firstSchema);
  old.close();
  const ledger = openLedger(path);
  const row = ledger.get('a')!;
  expect(row).toMatchObject({ name: 'S0001', flagged: 1, note: 'go back', overruled: null });
  expect(ledger.setting('watch')).toBe('null');
  const overruled = { class: 'screw' as const, by: 'Lea', at: '2026-01-02T04:00:00.000Z' };
  ledger.put({ ...row, overruled });
  ledger.close();
  // A second start finds nothing left to change.
  const again = openLedger(path);
  expect(again.get('a')).toEqual({ ...row, overruled });
  again.close();
});
