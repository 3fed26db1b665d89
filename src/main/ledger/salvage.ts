import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Stored } from './row';
import { tables } from './schema';

type Table = (typeof tables)[number];

/** Rows that follow a damaged page are looked for this far: row numbers of a table have no wide gaps. */
const REACH = 5000;

/**
 * What can still be read of a damaged database, table by table, as it is stored.
 * @param path a copy that may be written to: an unfinished transaction in it is rolled back
 */
export function readableRows(path: string): Record<Table, Stored[]> {
  const found: Record<Table, Stored[]> = { scans: [], verdicts: [], settings: [] };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.enableDefensive(false);
    // Tolerates a file that is shorter than its header says; it is how SQLite's own recovery reads.
    database.exec('PRAGMA writable_schema = ON');
    for (const table of tables) found[table] = readable(database, table);
  } catch {
    // Not a database any more: nothing more of it can be read by these means.
  } finally {
    database?.close();
  }
  return found;
}

/** A table that is not in the file's own list any more has no rows that can be asked for. */
function readable(database: DatabaseSync, table: Table): Stored[] {
  try {
    return rowsOf(database, table);
  } catch {
    return [];
  }
}

/** Row after row by number, past those that cannot be read. */
function rowsOf(database: DatabaseSync, table: Table): Stored[] {
  const rows: Stored[] = [];
  const numbered = `SELECT rowid AS row_number, * FROM ${table} NOT INDEXED`;
  const nearest = database.prepare(`${numbered} WHERE rowid >= ? ORDER BY rowid LIMIT 1`);
  const exact = database.prepare(`${numbered} WHERE rowid = ?`);
  const ask = (query: StatementSync, number: number): Stored | undefined | 'damaged' => {
    try {
      return query.get(number);
    } catch {
      return 'damaged';
    }
  };
  for (let at = 0, last = 0; at <= last + REACH;) {
    let row = ask(nearest, at);
    // The way to the next one leads over a damaged page: this very number may lie on another.
    if (row === 'damaged') row = ask(exact, at) ?? 'damaged';
    if (row === undefined) break;
    if (row === 'damaged') at++;
    else {
      const { row_number: number, ...stored } = row;
      rows.push(stored);
      last = Number(number);
      at = last + 1;
    }
  }
  return rows;
}
