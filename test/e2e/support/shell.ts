import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, _electron, type ElectronApplication } from '@playwright/test';

interface ShellFixtures {
  /** Shows the screen of the app that is served at this address (token included) on `page`. */
  show: (url: string) => Promise<void>;
}

const webTest = base.extend<ShellFixtures>({
  show: ({ page }, use) => use(async (url) => void (await page.goto(url))),
});

const electronTest = base.extend<ShellFixtures & { window: ElectronApplication }>({
  window: async ({}, use) => {
    const running = await _electron.launch({
      executablePath: process.env['BRAGGWATCH_ELECTRON'] ?? '',
      args: [fileURLToPath(new URL('../../../out/e2e/main.js', import.meta.url))],
      env: { ...process.env, BRAGGWATCH_E2E_USER_DATA: mkdtempSync(join(tmpdir(), 'braggwatch-e2e-')) },
      // Playwright leaves the sandbox out unless told otherwise; only root cannot have it.
      chromiumSandbox: process.getuid?.() !== 0,
    });
    await use(running);
    await running.close();
  },
  page: async ({ window }, use) => use(await window.firstWindow()),
  show: ({ window }, use) =>
    use(async (url) => {
      await window.evaluate((_electron, address) => {
        (globalThis as unknown as { braggwatchConnect(address: string): void }).braggwatchConnect(address);
      }, url);
    }),
});

/** The specs run on the web shell, or in Electron's own window where `scripts/e2e-electron.mjs` found its binary. */
export const test: typeof webTest = process.env['BRAGGWATCH_ELECTRON'] ? electronTest : webTest;
