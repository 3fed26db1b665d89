import { existsSync } from 'node:fs';

/** Debian's own browser: nothing is downloaded. */
export const installedChromium = (): string | undefined =>
  [process.env['BRAGGWATCH_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );

/** Options of the tests' browser, which draws in software and talks to nobody. */
export const chromiumArguments: readonly string[] = [
  // The sandbox cannot start as root, which is what containers run as.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
