#!/usr/bin/env node
// The Playwright specs on the real Electron, where its binary is: `npx install-electron` brings it (not from the npm registry).
import { electronBinary, localBin, ownEnv } from './lib/paths.mjs';
import { show } from './lib/run.mjs';
import { setup } from './setup.mjs';

await setup();
const electron = electronBinary();
if (!electron) {
  console.log('skipped: no Electron binary (npx install-electron brings it)');
} else {
  const args = ['test', '--config', 'test/e2e/playwright.electron.config.ts', ...process.argv.slice(2)];
  process.exitCode = await show(`${localBin}/playwright`, args, { ...ownEnv, BRAGGWATCH_ELECTRON: electron });
}
