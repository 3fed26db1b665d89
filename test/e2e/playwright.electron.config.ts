import { defineConfig } from '@playwright/test';

/** The same specs in Electron's own window; `scripts/e2e-electron.mjs` runs it where the binary is. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results',
  globalSetup: './electron/build.ts',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
