import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome } from '@main/files/home';

/** A log of this size is set aside, and a new one begun. */
const MOST_BYTES = 1 << 20;
/** So many that were set aside are kept. */
const MOST_ASIDE = 3;
/** Where child processes find the folder: a command may have another home than the default. */
const VARIABLE = 'BRAGGWATCH_LOGS';
const NAME = 'braggwatch.log';

/** From now on this process, and those that it starts, log below a home. */
export const keepLogIn = (home: string): void => void (process.env[VARIABLE] = join(home, 'logs'));

const folder = (): string => process.env[VARIABLE] ?? join(defaultHome(), 'logs');

/** Where the log is, or will be. */
export const logFile = (): string => join(folder(), NAME);

/**
 * Appends an entry to the log, which several processes share and which is its owner's alone.
 * @throws Error where it cannot be written
 */
export function appendToLog(entry: string): void {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  if ((statSync(logFile(), { throwIfNoEntry: false })?.size ?? 0) + entry.length > MOST_BYTES) setAside();
  appendFileSync(logFile(), entry, { mode: 0o600 });
}

/** Under a name of its own: another process that does so at the same moment overwrites nothing. */
function setAside(): void {
  const name = `braggwatch-${new Date().toISOString().replaceAll(/[:.]/g, '')}-${process.pid}.log`;
  try {
    renameSync(logFile(), join(folder(), name));
  } catch {
    // The other process was faster.
  }
  const aside = readdirSync(folder()).filter((each) => /^braggwatch-.*\.log$/.test(each));
  for (const old of aside.toSorted().slice(0, -MOST_ASIDE)) rmSync(join(folder(), old), { force: true });
}
