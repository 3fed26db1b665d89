import { BeamlineDialog } from '../pages/beamline-dialog';
import { ExplainPanel } from '../pages/explain-panel';
import { ExportDialog } from '../pages/export-dialog';
import { Figures } from '../pages/figures';
import { FolderDialog } from '../pages/folder-dialog';
import { InsidePanel } from '../pages/inside-panel';
import { JobDrawer } from '../pages/job-drawer';
import { LookAlikesPanel } from '../pages/look-alikes-panel';
import { OverviewView } from '../pages/overview-view';
import { SimulatePanel } from '../pages/simulate-panel';
import { TrainPanel } from '../pages/train-panel';
import { VerdictPanel } from '../pages/verdict-panel';
import { expect, picture, playedBefore, test } from './beamtime';

// One picture after the other, as docs/tour.md shows them.

test('the first start, and the folder', async ({ fresh: page }) => {
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Connected');
  await expect(page.getByRole('banner')).toContainText('three-class');
  await picture(page, 'tour-start');
  await page.keyboard.press('o');
  await picture(new FolderDialog(page).root, 'tour-folder');
});

test('a scan arrives', async ({ live: { page, queue, slices } }) => {
  test.skip(playedBefore, 'nothing arrives any more');
  const arriving = queue.rows.filter({ hasText: /\d of \d+/ }).filter({ hasText: 'early' });
  await arriving.first().click();
  await expect(slices.rockingCurve).toBeVisible();
  await expect(slices.cuts).toHaveCount(3);
  await picture(page, 'tour-live');
});

test('the beamline', async ({ judged: { page } }) => {
  await page.keyboard.press('b');
  const { root } = new BeamlineDialog(page);
  await expect(root).toContainText('Sample circles');
  await picture(root, 'tour-beamline');
});

test('a verdict, and what it was measured with', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  const verdict = new VerdictPanel(page);
  await expect(verdict.section('Geometry used')).toBeVisible();
  await picture(page, 'tour-verdict');
  await picture(new ExplainPanel(page).blind, 'tour-blind');
  await page.setViewportSize({ width: 1280, height: 1200 });
  await picture(verdict.section('Geometry used'), 'tour-geometry');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await verdict.headline.scrollIntoViewIfNeeded();
  await picture(page, 'screen-dark-1920x1080');
});

test('inside the crystal', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  const inside = new InsidePanel(page);
  await page.keyboard.press('d');
  await expect(inside.bodies).toHaveCount(1);
  await expect(inside.progress).toHaveCount(0);
  await expect.poll(async () => (await inside.picture(inside.bodies)).drawn).toBeGreaterThan(1000);
  await picture(page, 'tour-inside');
  await page.keyboard.press('d');
});

test('what it rests on', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  const explain = new ExplainPanel(page);
  const figures = new Figures(page);
  await explain.explain.click();
  await expect(explain.root.getByRole('button', { name: 'Explain again' })).toBeVisible();
  await explain.goThere.click();
  await picture(page, 'tour-explain');
  await page.keyboard.press('x');
  await figures.show('Surface');
  await expect(figures.rests).toBeChecked();
  // At a lower level the surface reaches to where nothing decides.
  for (let n = 0; n < 2; n++) await figures.level.press('PageDown');
  await expect.poll(async () => (await figures.picture()).drawn).toBeGreaterThan(1000);
  await picture(page, 'tour-explain-surface');
});

test('its look-alikes', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  await page.setViewportSize({ width: 1280, height: 1200 });
  await page.keyboard.press('a');
  const panel = new LookAlikesPanel(page);
  await expect(panel.patterns).toHaveCount(5);
  await picture(panel.root, 'tour-look-alikes');
});

test('the figures', async ({ judged: { page, openOne } }) => {
  await openOne('Edge');
  const figures = new Figures(page);
  await page.keyboard.press('x');
  await figures.show('Surface');
  await expect.poll(async () => (await figures.picture()).drawn).toBeGreaterThan(1000);
  await picture(page, 'tour-surface');
  await figures.show('Detector');
  await expect.poll(async () => (await figures.picture()).drawn).toBeGreaterThan(1000);
  await picture(page, 'tour-detector');
});

test('a profile along a line', async ({ judged: { page, slices, openOne } }) => {
  await openOne('Defect-free');
  await slices.tool('Line').click();
  await slices.drag(0, [-18, -6], [18, 6]);
  await expect(slices.profile.locator('path.line')).toHaveCount(1);
  await picture(page, 'tour-profile');
});

test('two scans', async ({ judged: { page, queue, slices, openOne } }) => {
  await openOne('Defect-free');
  await page.keyboard.press('v');
  await queue.rows.filter({ hasText: 'Screw' }).first().click();
  await expect(slices.cuts).toHaveCount(6);
  await expect(slices.awaited).toHaveCount(0);
  await expect(slices.comparedValues).toHaveCount(2);
  // Its map of before would lie over the cuts.
  const { layers } = new ExplainPanel(page);
  await expect(async () => {
    if ((await layers.count()) > 0) await page.keyboard.press('w');
    await expect(layers).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  await picture(page, 'tour-compare');
});

test('one’s own judgement, and the overview', async ({ judged: { page, openOne } }) => {
  await page.keyboard.press(',');
  await page.getByLabel('Your name or initials').fill('Lea');
  await page.keyboard.press('Escape');
  await openOne('Edge');
  const verdict = new VerdictPanel(page);
  // Each as it should be, also where an earlier tour did it.
  if ((await verdict.flag.getAttribute('aria-pressed')) !== 'true') await verdict.flag.click();
  await verdict.judge('Edge').click();
  await verdict.note.fill('Bright, isolated: come back for BCDI.');
  await page.keyboard.press('Control+Enter');
  await expect(verdict.root).toContainText('Lea');
  await verdict.headline.click();
  await picture(verdict.root, 'tour-judgement');

  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.candidates.getByRole('listitem').first()).toBeVisible();
  await picture(page, 'tour-overview');
  await overview.classButton('Screw').click();
  await overview.classButton('Edge').click();
  await expect(overview.root).toContainText('All scans shown: 5 scans');
  await picture(page, 'tour-filter');
});

test('export and report', async ({ judged: { page } }) => {
  await page.keyboard.press('Shift+X');
  const dialog = new ExportDialog(page);
  await dialog.choose('All');
  await picture(dialog.root, 'tour-export');
  const report = await dialog.openReport();
  await report.waitForLoadState();
  await report.setViewportSize({ width: 880, height: 800 });
  await picture(report, 'tour-report', { fullPage: true });
});

test('a set of one’s own', async ({ judged: { page } }) => {
  await page.keyboard.press('2');
  const simulate = new SimulatePanel(page);
  // Its crystals are relaxed within seconds, those of the first recipe within minutes.
  await simulate.picker.selectOption('shipped/models-3');
  await expect(simulate.crystal.locator('dl')).toHaveText(/· [23]\d(\.\d)? cells/);
  await expect(simulate.crystal.getByRole('status')).toHaveText(/^Relaxed by LAMMPS/);
  await expect(simulate.cuts).toHaveCount(3);
  await picture(page, 'tour-simulate');
});

test('a network of one’s own, and the jobs', async ({ judged: { page, openOne }, sets }) => {
  await page.keyboard.press('3');
  const train = new TrainPanel(page);
  await expect(train.matrix('three-class')).toBeVisible();
  await expect(train.lines('Loss').first()).toBeVisible();
  await picture(page, 'tour-models');
  await train.dataset.fill(sets[0]!);
  await train.button('Add another set').click();
  await train.set('Data set 2 of 2').fill(sets[1]!);
  await train.start.selectOption({ label: 'the weights of three-class' });
  // Long enough to be still under way when the jobs are looked at.
  await train.fill({ Epochs: '24', Batch: '16' });
  await train.button('Start training').click();
  await expect(train.job).toContainText(/epoch ([3-9]|\d\d) of 24/);
  await train.set('Data set 1 of 2').scrollIntoViewIfNeeded();
  await picture(page, 'tour-train');

  await page.keyboard.press('1');
  await openOne('Screw');
  const explain = new ExplainPanel(page);
  await explain.explain.click();
  await expect(explain.layers).toHaveCount(3);
  const jobs = new JobDrawer(page);
  await jobs.openByKey();
  await expect(jobs.job(/^Occlusion map/)).toContainText(/places/);
  await picture(page, 'tour-jobs');
  // Nothing of them in the pictures that follow.
  for (const name of [/^Cancel Occlusion map/, /^Cancel Training/])
    await jobs.root.getByRole('button', { name }).click();
});

test('settings, sharing and keys', async ({ judged: { page } }) => {
  for (const [key, name, title] of [
    [',', 'tour-settings', 'Settings of this screen'],
    ['Shift+L', 'tour-share', 'Share this screen'],
    ['?', 'tour-keys', 'Keyboard'],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: title });
    // The address of a share is asked for.
    if (key === 'Shift+L') await expect(dialog.getByRole('textbox')).toHaveValue(/token=/);
    await picture(dialog, name);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('the night theme', async ({ judged: { page, openOne } }) => {
  await page.addInitScript(() => localStorage.setItem('braggwatch.theme', 'night'));
  await page.reload();
  await openOne('Edge');
  await picture(page, 'tour-night');
});

test('a colleague’s read-only screen, in light', async ({ judged: { page, openOne }, demo }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(demo.viewUrl);
  await expect(page.getByRole('banner')).toContainText('Read-only');
  await openOne('Defect-free');
  await picture(page, 'tour-read-only');
});
