import { renameSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { unfinished } from '@main/files/writing';
import { nameBeside } from './files';
import { atomically } from './migrate';
import { rowOf, type Stored } from './row';

export interface BadRow {
  readonly why: string;
  readonly row: Stored;
}

/** Why a row is set aside. */
export function badRow(row: Stored): BadRow {
  try {
    rowOf(row);
    return { why: 'it does not fit into a new ledger', row };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error), row };
  }
}

/** Rows of a sound file that no version can have written: they leave it for a file of JSON, and their scans are judged again. */
export function setBadRowsAside(database: DatabaseSync, path: string): string | undefined {
  const bad = database
    .prepare('SELECT rowid AS row_number, * FROM scans')
    .all()
    .flatMap(({ row_number: number, ...row }) => (isGood(row) ? [] : [{ number, ...badRow(row) }]));
  if (bad.length === 0) return undefined;
  const aside = writeAside(path, bad);
  const drop = database.prepare('DELETE FROM scans WHERE rowid = ?');
  atomically(database, () => bad.forEach(({ number }) => drop.run(number ?? null)));
  return aside;
}

function isGood(row: Stored): boolean {
  try {
    rowOf(row);
    return true;
  } catch {
    return false;
  }
}

/** @returns the file of JSON that holds the rows as they were stored */
export function writeAside(path: string, bad: readonly BadRow[]): string {
  const aside = nameBeside(path, 'set-aside', '.json');
  const readable = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString('base64')
      : typeof value === 'bigint'
        ? `${value}`
        : value;
  const beside = unfinished(aside);
  const rows = bad.map(({ why, row }) => ({ why, row }));
  writeFileSync(beside, `${JSON.stringify(rows, readable, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, aside);
  return aside;
}
