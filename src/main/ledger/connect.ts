import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate';

/** @throws Error where the file cannot be opened, or is no database */
export function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  // A rollback journal with full synchronisation: a committed verdict survives a crash of the machine.
  // The wait for another process's lock comes first: setting the journal may already meet one.
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;');
  return database;
}

/** Opens a ledger that is whole, or is not there yet. */
export function upToDate(path: string): DatabaseSync {
  const database = connect(path);
  migrate(database, path);
  return database;
}
