import { JobDrawer } from '../pages/job-drawer';
import { seriousFindings } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';
import { someJobs } from '../support/some-jobs';

const { training, judging, report, simulation, map } = someJobs;

test('the count is there always; a key opens the drawer, the focus stays in it and comes back', async ({
  open,
  page,
}) => {
  const { app, queue } = await open(scenarios.beamtime);
  const drawer = new JobDrawer(page);
  await expect(drawer.button).toHaveAccessibleName('Jobs: 0 running');
  app.jobs.set([training, judging]);
  await expect(drawer.button).toHaveAccessibleName('Jobs: 2 running');
  await page.keyboard.press('2');
  await expect(drawer.button).toHaveAccessibleName('Jobs: 2 running');
  await page.keyboard.press('1');

  await queue.list.focus();
  await drawer.openByKey();
  await expect(drawer.jobs).toHaveCount(2);
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press('Tab');
    // The browser's own controls may have it in between, the page behind never.
    expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).toMatch(/DIALOG|BODY/);
    expect(await queue.list.evaluate((list) => list === document.activeElement)).toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect(drawer.root).toBeHidden();
  await expect(queue.list).toBeFocused();

  await drawer.button.click();
  await page.keyboard.press('Escape');
  await expect(drawer.button).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Jobs: what runs, with time left; pause and cancel');
});

test('a job shows how far it is, is paused, gone on with and cancelled', async ({ open, page }) => {
  const { app } = await open(scenarios.beamtime);
  const drawer = new JobDrawer(page);
  app.jobs.set([training, report]);
  await drawer.button.click();
  const row = drawer.job('Training: three-class');
  await expect(row).toContainText('step 480 of 1\u202f920');
  await expect(row).toContainText('1 h 30 min left');
  expect(await row.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.value)).toBeCloseTo(0.25);
  // Nobody knows how far a report is.
  expect(
    await drawer
      .job('Export: report')
      .getByRole('progressbar')
      .evaluate((bar: HTMLProgressElement) => bar.position),
  ).toBe(-1);
  await drawer.ask('Pause', 'Training: three-class');
  await expect(row).toContainText('Paused');
  await drawer.ask('Resume', 'Training: three-class');
  await expect(row).toContainText('Running');
  await drawer.ask('Cancel', 'Export: report');
  await expect(drawer.jobs).toHaveCount(1);
  expect(app.jobs.asked).toEqual([
    ['training', 'pause'],
    ['training', 'resume'],
    ['export-1', 'cancel'],
  ]);
});

test('what ended stays with its error until it is dismissed, and is told to who does not look', async ({
  open,
  page,
}) => {
  const { app } = await open(scenarios.beamtime);
  const drawer = new JobDrawer(page);
  app.jobs.set([training, { ...simulation, status: 'running', problem: null, acts: ['pause', 'cancel'] }, map]);
  await expect(drawer.button).toHaveAccessibleName('Jobs: 2 running');
  app.jobs.set([training, simulation, map]);
  await expect(drawer.button).toHaveAccessibleName('Jobs: 1 running, 1 failed');
  await expect(page.locator('[aria-live=polite]', { hasText: 'Simulation: Pt, small: Failed' })).toBeAttached();
  await drawer.button.click();
  const failed = drawer.job('Simulation: Pt, small');
  await expect(failed.getByRole('alert')).toContainText('What was kept');
  await expect(failed.getByRole('alert')).toContainText('What to do');
  await drawer.ask('Dismiss', 'Simulation: Pt, small');
  await expect(failed).toHaveCount(0);
  await drawer.ask('Dismiss', 'Occlusion map: S0031');
  await expect(drawer.jobs).toHaveCount(1);
});

test('who may only look sees the jobs and asks them nothing', async ({ open, page }) => {
  const { app } = await open(scenarios.beamtime, { readOnly: true });
  const drawer = new JobDrawer(page);
  app.jobs.set([training]);
  await drawer.openByKey();
  await expect(drawer.root.getByRole('button', { name: 'Pause Training: three-class' })).toBeDisabled();
});

for (const theme of ['light', 'dark', 'night'] as const)
  test(`the drawer in ${theme}`, async ({ open, page }) => {
    if (theme === 'night') await page.addInitScript(() => localStorage.setItem('braggwatch.theme', 'night'));
    else await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1280, height: 800 });
    const { app } = await open(scenarios.beamtime);
    const drawer = new JobDrawer(page);
    await drawer.openByKey();
    await expect(drawer.root).toContainText('Nothing runs.');
    app.jobs.set([map, simulation, report, judging, training]);
    await expect(drawer.jobs).toHaveCount(5);
    await page.screenshot({ path: `test-results/looks/jobs-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
  });
