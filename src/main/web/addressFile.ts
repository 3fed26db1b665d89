import { rm, writeFile } from 'node:fs/promises';

/**
 * Leaves the app's address, token included, where only its user can read it (mode 0600).
 * @returns removes it again
 */
export async function leaveAddress(path: string, url: string): Promise<() => Promise<void>> {
  // Removed first: an existing file keeps its mode, and a link would be followed. `wx` then never opens what another put there.
  await rm(path, { force: true });
  await writeFile(path, `${url}\n`, { mode: 0o600, flag: 'wx' });
  return () => rm(path, { force: true });
}
