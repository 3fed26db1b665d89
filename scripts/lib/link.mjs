import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { localBin } from './paths.mjs';

const target = join('..', '..', 'bin', 'braggwatch.mjs');

/**
 * Puts our own command among those of the packages, so that `npx braggwatch` in the checkout finds it at once.
 * npm links the commands of dependencies only; without the link npx makes a second installation of the checkout in its cache.
 */
export function linkCommand() {
  if (process.platform === 'win32' || !existsSync(localBin)) return;
  const link = join(localBin, 'braggwatch');
  const present = lstatSync(link, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(link) === target) return;
  if (present) rmSync(link);
  symlinkSync(target, link);
}
