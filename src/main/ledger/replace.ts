import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { badRow, writeAside, type BadRow } from './aside';
import { upToDate } from './connect';
import { closeToOthers, nameBeside, prepareFile } from './files';
import { atomically, columnsOf } from './migrate';
import { rowOf, type Stored } from './row';
import { readableRows } from './salvage';
import { steps } from './schema';

/** Puts a new ledger with what can be read in the place of one that cannot be used, which is kept beside as it is. */
export function replaceLedger(
  path: string,
  word: string,
): { readonly kept: string; readonly aside: string | undefined } {
  const kept = nameBeside(path, word);
  const scratch = `${path}.scratch`;
  const mended = `${path}.mended`;
  // Its journal may hold an unfinished transaction: it is rolled back in the copy that is read, never in the file that is kept.
  for (const ending of ['', '-journal']) {
    for (const made of [scratch, mended]) rmSync(made + ending, { force: true });
    if (existsSync(path + ending)) copyFileSync(path + ending, scratch + ending);
  }
  const { scans, verdicts, settings } = readableRows(scratch);
  prepareFile(mended);
  const database = upToDate(mended);
  const bad: BadRow[] = [];
  atomically(database, () => {
    for (const row of scans) if (!insert(database, 'scans', row, () => rowOf(row))) bad.push(badRow(row));
    for (const row of verdicts) insert(database, 'verdicts', row);
    for (const row of settings) insert(database, 'settings', row);
    // The newest verdicts stand in the rows, too.
    for (const step of steps) step(database);
  });
  database.close();
  const aside = bad.length > 0 ? writeAside(path, bad) : undefined;
  keep(path, kept);
  renameSync(mended, path);
  for (const ending of ['', '-journal']) rmSync(scratch + ending, { force: true });
  return { kept, aside };
}

/** Under both names until the new one takes the place, so that a crash in between loses neither. */
function keep(path: string, kept: string): void {
  try {
    linkSync(path, kept);
  } catch {
    // A file system without links.
    copyFileSync(path, kept);
  }
  closeToOthers(kept);
  // A journal left behind would be taken for the new ledger's.
  if (existsSync(`${path}-journal`)) renameSync(`${path}-journal`, `${kept}-journal`);
}

/** @returns false where the row cannot be taken over */
function insert(database: DatabaseSync, table: string, row: Stored, check?: () => unknown): boolean {
  try {
    check?.();
    const there = columnsOf(database, table);
    const known = Object.entries(row).filter(([name]) => there.has(name));
    const names = known.map(([name]) => name);
    database
      .prepare(`INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...known.map(([, value]) => value));
    return true;
  } catch {
    return false;
  }
}
