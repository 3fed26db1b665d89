import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Takes the pictures of `docs/tour.md`; `scripts/tour.mjs` runs it. No test of the suite: it asserts only what it needs to see. */
export default defineConfig({
  ...base,
  testDir: './tour',
  // The folder's path is seen in the pictures: the same every time.
  globalSetup: [],
  // In the order of the evening, on one beamtime.
  fullyParallel: false,
  workers: 1,
  maxFailures: 1,
  timeout: 1_800_000,
  expect: { timeout: 600_000 },
  use: { ...base.use, colorScheme: 'dark', screenshot: 'off' },
});
