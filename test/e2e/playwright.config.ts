import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's own browser: nothing is downloaded. */
const chromium = [process.env['BRAGGWATCH_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // Limits against hanging, wide enough for a machine that is busy with other work.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        // The sandbox cannot start as root, which is what containers run as.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
