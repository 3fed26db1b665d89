import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { RunningCommand } from './command';
import { ofLostConnection } from './lost-connection';
import { test as shell } from './shell';

export interface Served {
  /** A folder of its own, which the app may open; its profile lies in `home` under it. */
  readonly base: string;
  /** Starts the real app, again after it was ended, and shows it. */
  start(): Promise<RunningCommand>;
}

/** What a page's console says that it should not. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** The real app behind `serve`. Every test fails on an error in the page's console, but for a connection lost on purpose. */
export const test = shell.extend<{ served: Served }>({
  served: async ({ page, show }, use) => {
    const base = mkdtempSync(join(tmpdir(), 'braggwatch-served-'));
    const complaints = listen(page);
    const started: RunningCommand[] = [];
    await use({
      base,
      async start() {
        const app = await RunningCommand.start(['serve', '--out', join(base, 'home'), '--allow', base]);
        started.push(app);
        await show(app.url);
        return app;
      },
    });
    // The page first: it would complain of the lost connection.
    await page.close();
    for (const app of started) await app.stop();
    rmSync(base, { recursive: true, force: true });
    expect(complaints.filter((text) => !ofLostConnection(text))).toEqual([]);
  },
});
