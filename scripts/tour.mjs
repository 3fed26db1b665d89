#!/usr/bin/env node
// The pictures of docs/tour.md and of the README, taken anew from a demo beamtime that is played for them.
import { findBrowser } from './lib/browser.mjs';
import { localBin, ownEnv } from './lib/paths.mjs';
import { show } from './lib/run.mjs';
import { setup } from './setup.mjs';

await setup();
const browser = findBrowser();
if (!browser) {
  console.error('no browser to take pictures with: install Chromium, or name one in BRAGGWATCH_CHROMIUM');
  process.exitCode = 1;
} else {
  const args = ['test', '--config', 'test/e2e/playwright.tour.config.ts', ...process.argv.slice(2)];
  process.exitCode = await show(`${localBin}/playwright`, args, { ...ownEnv, BRAGGWATCH_CHROMIUM: browser });
}
