import { existsSync } from 'node:fs';
import type { Browser, BrowserType, Page } from '@playwright/test';
import { startServer } from '@main/serve';
import { rendererDir } from '@main/cli/options';
import { chromiumArguments, installedChromium } from '../../test/e2e/support/browser';
import { FakeApp, type FakeState } from '../../test/e2e/support/fake-app';
import { installProbe } from './probe';

/** Not written into the import, so that the build does not look for what only a checkout has. */
const PLAYWRIGHT = '@playwright/test';
/** The browser draws as fast as the page can, not sixty times a second at most: shows what is to spare. */
const UNLIMITED = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** A screen in the browser, on the real server, with the specs' double of the app behind it. */
export interface BenchScreen {
  readonly page: Page;
  readonly app: FakeApp;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts Chromium as the specs do, without a graphics card; undefined where there is none. */
export async function startBrowser({ unlimited = false } = {}): Promise<Browser | undefined> {
  let chromium: BrowserType;
  try {
    ({ chromium } = (await import(PLAYWRIGHT)) as { chromium: BrowserType });
  } catch {
    return undefined;
  }
  const executablePath = installedChromium() ?? chromium.executablePath();
  if (!existsSync(executablePath)) return undefined;
  return chromium.launch({ executablePath, args: [...chromiumArguments, ...(unlimited ? UNLIMITED : [])] });
}

/** Opens a screen of a laptop's size that has never been open before; the address is not loaded yet. */
export async function openScreen(browser: Browser, state: FakeState): Promise<BenchScreen> {
  const app = new FakeApp(state);
  const server = await startServer(app, { port: 0, rendererDir: rendererDir() });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.addInitScript(installProbe);
  return {
    page,
    app,
    url: server.url,
    async close() {
      await context.close();
      await server.close();
      await app.close();
    },
  };
}
