import { BeamlineDialog } from '../pages/beamline-dialog';
import { ExplainPanel } from '../pages/explain-panel';
import { ExportDialog } from '../pages/export-dialog';
import { Figures } from '../pages/figures';
import { FolderDialog } from '../pages/folder-dialog';
import { OverviewView } from '../pages/overview-view';
import { SimulatePanel } from '../pages/simulate-panel';
import { TrainPanel } from '../pages/train-panel';
import { VerdictPanel } from '../pages/verdict-panel';
import { expect, picture, playedBefore, test } from './beamtime';

// One picture after the other, as docs/tour.md shows them.

test('the first start, and the folder', async ({ fresh: page }) => {
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Connected');
  await picture(page, 'tour-start');
  await page.keyboard.press('o');
  await picture(new FolderDialog(page).root, 'tour-folder');
});

test('a scan arrives', async ({ live: { page, queue, slices } }) => {
  test.skip(playedBefore, 'nothing arrives any more');
  const arriving = queue.rows.filter({ hasText: /\d of \d+/ }).filter({ hasText: 'early' });
  await arriving.first().click();
  await expect(slices.rockingCurve.locator('svg').first()).toBeVisible();
  await picture(page, 'tour-live');
});

test('the beamline', async ({ judged: { page } }) => {
  await page.keyboard.press('b');
  const { root } = new BeamlineDialog(page);
  await expect(root).toContainText('Sample circles');
  await picture(root, 'tour-beamline');
});

test('a verdict', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  await picture(page, 'tour-verdict');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await picture(page, 'screen-dark-1920x1080');
});

test('what it rests on', async ({ judged: { page, openOne } }) => {
  await openOne('Screw');
  const explain = new ExplainPanel(page);
  await explain.explain.click();
  // While it grows, or a fast machine's whole map.
  await expect(explain.root).toContainText(/[3-7]\d\d of 729 places|Refining|Explain again/);
  await picture(page, 'tour-explain');
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

test('two scans', async ({ judged: { page, queue, slices, openOne } }) => {
  await openOne('Defect-free');
  await page.keyboard.press('v');
  await queue.rows.filter({ hasText: 'Screw' }).first().click();
  await expect(slices.cuts).toHaveCount(6);
  await expect(slices.comparedValues).toHaveCount(2);
  await picture(page, 'tour-compare');
});

test('the overview', async ({ judged: { page, queue } }) => {
  await queue.rows.filter({ hasText: 'Edge' }).first().click();
  await page.keyboard.press('f');
  await new VerdictPanel(page).note.fill('Bright, isolated: come back for BCDI.');
  await page.keyboard.press('Control+Enter');
  const overview = new OverviewView(page);
  // By its tab: the note still has the focus, where a key is a letter.
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(overview.candidates.getByRole('listitem').first()).toBeVisible();
  await picture(page, 'tour-overview');
});

test('export and report', async ({ judged: { page } }) => {
  await page.keyboard.press('Shift+X');
  const dialog = new ExportDialog(page);
  await dialog.choose('All');
  await picture(dialog.root, 'tour-export');
  const report = await dialog.openReport();
  await report.waitForLoadState();
  await report.setViewportSize({ width: 1280, height: 800 });
  await picture(report, 'tour-report');
});

test('a set of one’s own', async ({ judged: { page } }) => {
  await page.keyboard.press('2');
  const simulate = new SimulatePanel(page);
  await simulate.settled(/Screw|Edge|Defect-free/, { timeout: 600_000 });
  await expect(simulate.cuts).toHaveCount(3);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await picture(page, 'simulate-dark-1920x1080');
});

test('a network of one’s own', async ({ judged: { page } }) => {
  await page.keyboard.press('3');
  const train = new TrainPanel(page);
  await expect(train.matrix('three-class')).toBeVisible();
  await expect(train.lines('Loss').first()).toBeVisible();
  await expect(train.lines('Accuracy').first()).toBeVisible();
  await picture(page, 'tour-train');
});

test('settings and keys', async ({ judged: { page } }) => {
  await page.keyboard.press(',');
  await picture(page.getByRole('dialog', { name: 'Settings of this screen' }), 'tour-settings');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await picture(page.getByRole('dialog', { name: 'Keyboard' }), 'tour-keys');
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
