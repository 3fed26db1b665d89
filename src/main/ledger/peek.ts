import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A setting of a ledger that may be in use: nothing in it is touched; undefined where there is none, or it cannot be read now. */
export function peekSetting(path: string, name: string): string | undefined {
  if (!existsSync(path)) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const value = database.prepare('SELECT value FROM settings WHERE key = ?').get(name)?.['value'];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}
