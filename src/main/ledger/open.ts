import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BraggwatchError } from '@contract/errors';
import { setBadRowsAside } from './aside';
import { connect, upToDate } from './connect';
import { prepareFile } from './files';
import { isComplete, migrate, VERSION, versionOf } from './migrate';
import { replaceLedger } from './replace';
import { columns } from './row';

export interface Opened {
  readonly database: DatabaseSync;
  /** What was found amiss, what was kept and where. */
  readonly notices: readonly BraggwatchError[];
}

/**
 * Opens a ledger's file whatever state it is in: made where there is none, brought up to date where it is older. One that is damaged, or
 * newer than this version can write to, is kept beside under another name, and what can be read of it goes into a new one. Damaged rows
 * of a whole one are set aside in a file of JSON.
 * @throws Error where the file or its folder cannot be opened or written
 */
export function openDatabase(path: string): Opened {
  if (path === ':memory:') return { database: upToDate(path), notices: [] };
  prepareFile(path);
  const notices: BraggwatchError[] = [];
  let database = sound(path);
  const newer = database !== undefined && versionOf(database) > VERSION;
  if (!database || (newer && !takesOurRows(database))) {
    database?.close();
    const { kept, aside } = replaceLedger(path, newer ? 'newer' : 'damaged');
    notices.push(new BraggwatchError(newer ? 'ledger-newer' : 'ledger-mended', named(kept, aside)));
    database = upToDate(path);
  }
  migrate(database, path);
  const aside = setBadRowsAside(database, path);
  if (aside) notices.push(new BraggwatchError('ledger-mended', named(aside)));
  return { database, notices };
}

const named = (...paths: readonly (string | undefined)[]): string =>
  paths.flatMap((path) => (path === undefined ? [] : basename(path))).join(', ');

/** SQLite's own words for a damaged file and for one that is no database. */
const DAMAGED: readonly number[] = [11, 26];

function isDamage(error: unknown): boolean {
  // Its extended codes carry the primary one in their lowest byte.
  return error instanceof Error && 'errcode' in error && DAMAGED.includes(Number(error.errcode) & 0xff);
}

/** The database in a file, where SQLite finds nothing wrong with it; undefined where it is damaged. */
function sound(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = connect(path);
    const faults = database.prepare('PRAGMA integrity_check(1)').all();
    const whole = faults.length === 1 && faults[0]?.['integrity_check'] === 'ok';
    if (whole && (versionOf(database) > VERSION || isComplete(database))) return database;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  database?.close();
  return undefined;
}

/** Whether a newer version's tables take rows as this one writes them. */
function takesOurRows(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    database.prepare(`SELECT ${columns.join(', ')} FROM scans LIMIT 1`).get();
    database.exec(`
      INSERT INTO scans (id, source, number, format, name, title, state, frames_present, frames_expected, seen_at)
        VALUES ('braggwatch-trial', '', 0, '', '', '', '', 0, 0, '');
      INSERT INTO verdicts (scan, judged_at, verdict, model) VALUES ('braggwatch-trial', '', '{}', NULL);
      INSERT INTO settings (key, value) VALUES ('braggwatch-trial', '');`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5) throw error;
    return false;
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}
