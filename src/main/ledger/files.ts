import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** A person's notes and folders: nobody else's business. */
const FILE = 0o600;
const FOLDER = 0o700;

/** A file that its owner alone reads and writes. Where the file system knows no rights, or it is another's file, it stays as it is. */
export function closeToOthers(path: string): void {
  try {
    chmodSync(path, FILE);
  } catch {
    // Whether it can be opened shows when it is.
  }
}

/** Makes the ledger's folder (0700) and file (0600) where there are none; a folder that was there keeps its rights. */
export function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER });
  // SQLite gives its journal the rights of the file.
  if (existsSync(path)) closeToOthers(path);
  else closeSync(openSync(path, 'a', FILE));
}

/**
 * A name beside the ledger that is not taken: `ledger-damaged-2026-11-29T065501.sqlite`.
 * @param ending the ledger's own by default
 */
export function nameBeside(path: string, word: string, ending = extname(path)): string {
  const stem = basename(path, extname(path));
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  for (let n = 1; ; n++) {
    const name = join(dirname(path), `${stem}-${word}-${time}${n > 1 ? `-${n}` : ''}${ending}`);
    if (!existsSync(name)) return name;
  }
}
