import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { QueuePanel } from '../pages/queue-panel';
import { SlicesPanel } from '../pages/slices-panel';
import { RunningCommand } from '../support/command';
import { compactPng } from '../support/png';
import { makeSet } from './sets';

const pictures = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url));
/** As `resources/demo.json` has them. */
const scans = 8;
/** The folder of an earlier tour: the demo goes on where it stopped, which spares the wait. */
const kept = process.env['BRAGGWATCH_TOUR_FOLDER'];
export const playedBefore = kept !== undefined && existsSync(join(kept, 'RAW_DATA'));
/** Its path is seen in the pictures, so it is always the same. */
const folder = kept ?? join(tmpdir(), 'braggwatch-tour');

/** Keeps a picture of a page, or of a part of it, among those of the documents. @param fullPage with what one scrolls to */
export async function picture(of: Page | Locator, name: string, { fullPage = false } = {}): Promise<void> {
  const png = await of.screenshot({ animations: 'disabled', ...(fullPage && { fullPage }) });
  writeFileSync(join(pictures, `${name}.png`), compactPng(png));
}

interface Beamtime {
  readonly page: Page;
  readonly queue: QueuePanel;
  readonly slices: SlicesPanel;
  /** Opens the newest scan of a class, drawn to the end. */
  openOne(of: 'Defect-free' | 'Screw' | 'Edge'): Promise<void>;
}

interface Fixtures {
  /** The screen while the beamtime is played. */
  live: Beamtime;
  /** The screen once every scan is judged. */
  judged: Beamtime;
  /** An app of an empty profile, on its first screen. */
  fresh: Page;
}

interface WorkerFixtures {
  demo: RunningCommand;
  /** Folders of two small training sets. */
  sets: readonly string[];
}

/** The real app on its simulated beamtime, played once for all pictures. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    async ({}, use) => {
      // What an earlier tour trained would be in the pictures.
      rmSync(kept ? join(kept, 'braggwatch', 'models') : folder, { recursive: true, force: true });
      const demo = await RunningCommand.start(['demo', '--folder', folder, '--speed', '1']);
      await use(demo);
      await demo.stop();
      // What an earlier tour trained would be in the pictures.
      rmSync(kept ? join(kept, 'braggwatch', 'models') : folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  sets: [
    async ({ demo }, use) => {
      // In its folder, which is emptied before it starts.
      void demo;
      await use([await makeSet(folder, 'platinum', 'Pt'), await makeSet(folder, 'gold', 'Au')]);
    },
    { scope: 'worker', timeout: 1_800_000 },
  ],
  live: async ({ page, demo }, use) => {
    // What the tests' browser draws in is not what most people's does.
    await page.addInitScript(() => localStorage.setItem('braggwatch.read-software', 'yes'));
    await page.goto(demo.url);
    const queue = new QueuePanel(page);
    const slices = new SlicesPanel(page);
    await use({
      page,
      queue,
      slices,
      async openOne(of) {
        await queue.rows.filter({ hasText: of }).first().click();
        await expect(slices.cuts).toHaveCount(3);
        await expect(slices.awaited).toHaveCount(0);
        await expect(slices.rockingCurve).toBeVisible();
      },
    });
  },
  judged: async ({ live }, use) => {
    await expect(live.queue.rows.filter({ hasText: /match/ })).toHaveCount(scans);
    await use(live);
  },
  fresh: async ({ page }, use) => {
    const base = mkdtempSync(join(tmpdir(), 'beamtime-'));
    const app = await RunningCommand.start(['serve', '--out', join(base, 'home'), '--allow', base]);
    await page.addInitScript(() => localStorage.setItem('braggwatch.read-software', 'yes'));
    await page.goto(app.url);
    await use(page);
    await app.stop();
    rmSync(base, { recursive: true, force: true });
  },
});

export { expect };
