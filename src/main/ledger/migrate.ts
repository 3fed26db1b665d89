import { renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { unfinished } from '@main/files/writing';
import { closeToOthers, nameBeside } from './files';
import { columns } from './row';
import { laterColumns, steps, tables } from './schema';

/** Numbered steps that this version of the ledger has taken. */
export const VERSION = steps.length;

export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);

/** All of it is written, or nothing: also where the process is killed in between. */
export function atomically(database: DatabaseSync, write: () => void): void {
  // One that could not even be taken back, on a failing disk.
  if (database.isTransaction) database.exec('ROLLBACK');
  database.exec('BEGIN IMMEDIATE');
  try {
    write();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Brings an older ledger up to date, step by step, each a transaction; a copy of the file is made beside it before the first.
 * Killed in between, it is gone on with from the step that it came to.
 */
export function migrate(database: DatabaseSync, path: string): void {
  const from = versionOf(database);
  if (from >= VERSION) return;
  if (path !== ':memory:' && columnsOf(database, 'scans').size > 0) backUp(database, path, from);
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    // Two processes may open an old ledger at once: the second waits for the first, then takes the step in vain.
    atomically(database, () => {
      step(database);
      database.exec(`PRAGMA user_version = ${Math.max(index + 1, versionOf(database))}`);
    });
  }
}

/** Whether a database holds what its number promises, or nothing at all: a bit flipped in a name is no damage that SQLite would see. */
export function isComplete(database: DatabaseSync): boolean {
  const made = database.prepare('SELECT count(*) AS n FROM sqlite_master').get()?.['n'];
  if (made === 0) return true;
  const version = versionOf(database);
  const numbered = version > 1;
  const wanted = version >= VERSION ? columns : columns.filter((name) => !laterColumns.includes(name));
  const there = columnsOf(database, 'scans');
  const whole = tables.filter((table) => numbered || table !== 'verdicts');
  return wanted.every((name) => there.has(name)) && whole.every((table) => columnsOf(database, table).size > 0);
}

/** The names of a table's columns; none where there is no such table. */
export const columnsOf = (database: DatabaseSync, table: string): ReadonlySet<unknown> =>
  new Set(
    database
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => name),
  );

function backUp(database: DatabaseSync, path: string, version: number): void {
  const kept = nameBeside(path, `version-${version}`);
  const beside = unfinished(kept);
  // Through SQLite: closing a file of its own beside the connection would drop the connection's locks.
  database.prepare('VACUUM INTO ?').run(beside);
  closeToOthers(beside);
  renameSync(beside, kept);
}
