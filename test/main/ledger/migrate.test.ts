import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openLedger } from '@main/ledger/ledger';
import { VERSION } from '@main/ledger/migrate';
import { temporaryFolder } from '../../support/build';
import { pastVersions, verdict } from './past-versions';

const made = (sql: string): string => {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const old = new DatabaseSync(path);
  old.exec(sql);
  old.close();
  return path;
};
const backups = (path: string): string[] =>
  readdirSync(join(path, '..')).filter((name) => /^ledger-version-\d+-.*\.sqlite$/.test(name));
const numberOf = (path: string): unknown => {
  const database = new DatabaseSync(path);
  const version = database.prepare('PRAGMA user_version').get();
  database.close();
  return version;
};

describe.each(Object.entries(pastVersions))('a ledger of %s', (_when, sql) => {
  it('is brought up to date with all it holds, and kept as it was in a copy', () => {
    const path = made(sql);
    const ledger = openLedger(path);
    expect(ledger.notices).toEqual([]);
    const row = ledger.get('a')!;
    expect(row).toMatchObject({
      name: 'S0001',
      flagged: 1,
      note: 'go back',
      judgedCount: 1,
      verdict,
      framesPresent: 41,
    });
    expect(row.overruled?.class ?? null).toBe(sql.includes('"by":"Lea"') ? 'screw' : null);
    expect(row.sample).toBe(sql.includes("'B12'") ? 'B12' : null);
    const newest = { judgedAt: '2026-01-02T03:05:00.000Z', verdict, model: null };
    const both = sql.includes('12ab');
    expect(ledger.history('a')[0]).toEqual(newest);
    expect(ledger.history('a').map((past) => past.verdict.class)).toEqual(both ? ['edge', 'screw'] : ['edge']);
    expect(ledger.setting('watch')).toBe('null');
    ledger.close();
    expect(numberOf(path)).toEqual({ user_version: VERSION });

    const [backup, ...others] = backups(path);
    expect(others).toEqual([]);
    const copy = new DatabaseSync(join(path, '..', backup!));
    const columns = copy.prepare('PRAGMA table_info(scans)').all();
    expect(columns.some((column) => column['name'] === 'sample')).toBe(sql.includes('sample TEXT'));
    expect(copy.prepare('SELECT note FROM scans').get()).toEqual({ note: 'go back' });
    copy.close();
  });

  it('finds nothing left to do at the second start', () => {
    const path = made(sql);
    openLedger(path).close();
    const before = readdirSync(join(path, '..'));
    const again = openLedger(path);
    expect(again.all()).toHaveLength(1);
    again.close();
    expect(readdirSync(join(path, '..'))).toEqual(before);
  });
});

describe('the ledger’s files', () => {
  it('are for their owner alone, and so is a folder that is made for them', () => {
    const path = join(temporaryFolder(), 'home', 'ledger.sqlite');
    openLedger(path).close();
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(path, '..')).mode & 0o777).toString(8)).toBe('700');
    expect(backups(path)).toEqual([]);
  });

  it('become so where an earlier version made them for all', () => {
    const path = made(pastVersions['2026-11-22, the first']!);
    openLedger(path).close();
    for (const name of ['ledger.sqlite', ...backups(path)])
      expect((statSync(join(path, '..', name)).mode & 0o777).toString(8)).toBe('600');
  });
});

describe('a ledger of a newer version', () => {
  const newer = (change: string): string => {
    const path = made('');
    openLedger(path).close();
    const database = new DatabaseSync(path);
    database.exec(`${pastVersions['2026-11-22, the first']!.split('INSERT INTO settings')[1]!.replace(/^[^;]*;/, '')}
      ${change}; PRAGMA user_version = ${VERSION + 3}`);
    database.close();
    return path;
  };

  it('is used as it is where it takes rows as this one writes them, and keeps its number and its own columns', () => {
    const path = newer(`ALTER TABLE scans ADD COLUMN crystal TEXT; UPDATE scans SET crystal = 'P7'`);
    const ledger = openLedger(path);
    expect(ledger.notices).toEqual([]);
    ledger.put({ ...ledger.get('a')!, note: 'seen by an older one' });
    ledger.put({ ...ledger.get('a')!, id: 'b' });
    ledger.close();
    expect(numberOf(path)).toEqual({ user_version: VERSION + 3 });
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT id, note, crystal FROM scans ORDER BY id').all()).toMatchObject([
      { id: 'a', note: 'seen by an older one', crystal: 'P7' },
      { id: 'b', crystal: null },
    ]);
    database.close();
  });

  it.each([
    ['a table of another name', 'ALTER TABLE settings RENAME TO preferences'],
    ['a column that is gone', 'ALTER TABLE scans DROP COLUMN rocking_curve'],
    ['a trigger that refuses', `CREATE TRIGGER no BEFORE INSERT ON verdicts BEGIN SELECT RAISE(ABORT, 'no'); END`],
  ])('is kept under a name that is told where it does not: %s', (_what, change) => {
    const path = newer(change);
    const ledger = openLedger(path);
    expect(ledger.notices.map(({ code }) => code)).toEqual(['ledger-newer']);
    const kept = readdirSync(join(path, '..')).find((file) => file.startsWith('ledger-newer-'))!;
    expect(ledger.notices[0]?.message).toContain(kept);
    expect(ledger.get('a')).toMatchObject({ note: 'go back', flagged: 1, verdict });
    ledger.close();
    expect(numberOf(join(path, '..', kept))).toEqual({ user_version: VERSION + 3 });
  });
});
