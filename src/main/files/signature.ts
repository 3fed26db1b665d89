import { readdirSync } from 'node:fs';
import { statOf } from './stat';

/**
 * How a file or folder looks from outside. This is what 'changed' means everywhere: it has changed when its signature has, that is when its
 * size, one of its times or, of a folder, the list of what lies in it has, or another one was put in its place. Times are compared for being
 * the same only: clocks are moved, and file servers have their own.
 * @returns `absent` where there is none
 */
export function signatureOf(path: string): string {
  const stat = statOf(path);
  if (!stat) return 'absent';
  const entries = stat.isDirectory() ? readdirSync(path).length : 0;
  return `${stat.size}:${stat.mtimeMs}:${entries}:${stat.ctimeMs}:${stat.ino}`;
}
