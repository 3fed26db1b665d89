import { readdirSync, statSync } from 'node:fs';

/** What a source looks like from outside: changes whenever its file, or the list of its frames, does. */
export function signatureOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'absent';
  const entries = stat.isDirectory() ? readdirSync(path).length : 0;
  return `${stat.size}:${stat.mtimeMs}:${entries}`;
}

/** What a scan was seen with: its source's signature, and what counts into it of the scan itself. */
export const withScan = (signature: string, ...parts: readonly (number | boolean)[]): string =>
  [signature, ...parts].join('/');

/** The source's part of it. */
export const sourceOf = (signature: string): string => signature.split('/')[0] ?? signature;
