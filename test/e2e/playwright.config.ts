import { defineConfig } from '@playwright/test';
import { chromiumArguments, installedChromium } from './support/browser';

const chromium = installedChromium();

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results',
  globalSetup: '../support/temporary.ts',
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
      args: [...chromiumArguments],
    },
  },
});
