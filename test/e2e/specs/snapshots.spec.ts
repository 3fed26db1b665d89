import type { Page } from '@playwright/test';
import { JobDrawer } from '../pages/job-drawer';
import { LookAlikesPanel } from '../pages/look-alikes-panel';
import { OverviewView } from '../pages/overview-view';
import { SimulatePanel } from '../pages/simulate-panel';
import { TrainPanel } from '../pages/train-panel';
import { otherFonts, snapshot } from '../support/album';
import { expect, test, type Screen } from '../support/fixtures';
import { furnished } from '../support/furnished';
import { scenarios } from '../support/scenarios';
import { someJobs } from '../support/some-jobs';

// Another window's frame and font; the pictures are of the web shell.
test.skip(Boolean(process.env['BRAGGWATCH_ELECTRON']), 'the pictures are of the browser');
test.use({ timezoneId: 'UTC', locale: 'en-GB', contextOptions: { reducedMotion: 'reduce' } });
test.setTimeout(600_000);

/** In the order of the key. */
const themes = ['light', 'dark', 'night'] as const;

/** Goes through the views in each theme, on one page: what a view leaves behind it puts back. */
async function album(page: Page, views: Readonly<Record<string, (shoot: () => Promise<void>) => Promise<void>>>) {
  const reason = await otherFonts(page);
  test.skip(reason !== '', reason);
  const wrong: string[] = [];
  for (const theme of themes) {
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const [name, show] of Object.entries(views)) {
      const shoot = async (): Promise<void> => {
        // A pointer that rests on something changes its look.
        await page.mouse.move(0, 0);
        wrong.push(await snapshot(page, `${name}-${theme}`));
      };
      await show(shoot);
    }
    await page.keyboard.press('t');
  }
  expect(wrong.filter(Boolean)).toEqual([]);
}

/** A fixed hour, and no cursor that blinks. */
async function freeze(page: Page): Promise<void> {
  await page.clock.setFixedTime('2026-05-13T04:30:00Z');
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function openScan({ queue, verdict, slices }: Screen, name: string, cuts: number): Promise<void> {
  await queue.open(name);
  await expect(verdict.headline).toBeVisible();
  await expect(slices.cuts).toHaveCount(cuts);
  await expect(slices.awaited).toHaveCount(0);
}

test('watching, comparing, look-alikes, simulate, train and the sheets look as they did, in every theme', async ({
  open,
  page,
}) => {
  await freeze(page);
  const screen = await open({ ...scenarios.beamtime, answering: furnished });
  const { app, queue, slices } = screen;
  app.adapting.scans = 12;
  const lookAlikes = new LookAlikesPanel(page);
  const jobs = new JobDrawer(page);
  const train = new TrainPanel(page);
  await album(page, {
    async watch(shoot) {
      await openScan(screen, 'S0037', 3);
      await expect(slices.rockingCurve.locator('svg').first()).toBeVisible();
      await shoot();
    },
    async compare(shoot) {
      await page.keyboard.press('v');
      await openScan(screen, 'S0036', 6);
      await shoot();
      await page.keyboard.press('v');
      await expect(slices.cuts).toHaveCount(3);
    },
    async 'look-alikes'(shoot) {
      await openScan(screen, 'S0037', 3);
      await page.keyboard.press('a');
      await expect(lookAlikes.patterns).toHaveCount(5);
      await lookAlikes.root.evaluate((panel) => panel.scrollIntoView({ block: 'start' }));
      await shoot();
      await page.keyboard.press('a');
      await expect(lookAlikes.patterns).toHaveCount(0);
      await screen.verdict.headline.evaluate((line) => line.scrollIntoView({ block: 'center' }));
    },
    async help(shoot) {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await shoot();
      await page.keyboard.press('Escape');
      // Keys rest while it is open.
      await expect(page.getByRole('dialog')).toBeHidden();
    },
    async jobs(shoot) {
      app.jobs.set([someJobs.map, someJobs.simulation, someJobs.report, someJobs.judging, someJobs.training]);
      await jobs.openByKey();
      await expect(jobs.jobs).toHaveCount(5);
      await shoot();
      await page.keyboard.press('Escape');
      // Keys rest while it is open.
      await expect(page.getByRole('dialog')).toBeHidden();
      app.jobs.set([]);
    },
    async simulate(shoot) {
      await page.keyboard.press('2');
      await expect(new SimulatePanel(page).atoms).toBeVisible();
      await shoot();
    },
    async train(shoot) {
      await page.keyboard.press('3');
      await expect(train.model('three-class')).toBeVisible();
      await expect(train.chart('Loss')).toBeVisible();
      await shoot();
      await page.keyboard.press('1');
      await expect(queue.list).toBeVisible();
    },
  });
});

test('the overview looks as it did, in every theme', async ({ open, page }) => {
  await freeze(page);
  await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await album(page, {
    async overview(shoot) {
      await expect(overview.shown).toHaveText('140 of 140 scans');
      await expect(overview.map).toBeVisible();
      await shoot();
    },
  });
});
