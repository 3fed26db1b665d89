import { expect } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatePanel } from '../pages/simulate-panel';
import { seriousFindings, sticksOut } from '../support/axe';
import type { RunningCommand } from '../support/command';
import { isBuilt } from '../support/command';
import { test as served } from '../support/served';

served.skip(!isBuilt, 'needs the built app');
// A set is made for real: a second per crystal, more on a busy machine.
served.setTimeout(600_000);
const patient = { timeout: 240_000 };

/** Small enough to be made while one looks on, large enough to be stopped in between. */
const tiny = {
  Name: 'Tiny set',
  Crystals: '24',
  'Patterns of each': '1',
  'Size, from': '12',
  'Size, to': '13',
  'Oversampling, from': '4',
  'Oversampling, to': '5',
  'Crystals per file': '1',
};

interface Bench {
  readonly base: string;
  readonly panel: SimulatePanel;
  /** Starts the app, again after it was ended, and opens its Simulate panel. */
  open(): Promise<RunningCommand>;
}

/** The app at its Simulate panel. */
const test = served.extend<{ bench: Bench }>({
  bench: async ({ page, served: { base, start } }, use) => {
    const panel = new SimulatePanel(page);
    await use({
      base,
      panel,
      async open() {
        const app = await start();
        await page
          .getByRole('navigation', { name: 'Views' })
          .getByRole('button', { name: /Simulate/ })
          .click();
        await expect(panel.atoms).toBeVisible(patient);
        return app;
      },
    });
  },
});

test('a recipe is chosen and edited; what is wrong is said at the field', async ({ bench: { panel, open } }) => {
  await open();
  await expect(panel.picker).toHaveValue(/^shipped\//);
  await panel.picker.selectOption('shipped/provisional');
  await expect(panel.outlook).toContainText('960 crystals, 4\u202f800 patterns');
  await expect(panel.outlook).toContainText('5.04 GB on disk');
  await panel.fill({ 'Size, from': '4', Crystals: '1.5', 'Blur, to': 'much' });
  await expect(panel.recipe).toContainText('at least 8');
  await expect(panel.recipe).toContainText('a whole number');
  await expect(panel.field('Size, from')).toHaveAttribute('aria-invalid', 'true');
  await expect(panel.field('Size, to')).toHaveAttribute('aria-invalid', 'false');
  await expect(panel.field('Blur, to')).toHaveAttribute('aria-invalid', 'true');
  await expect(panel.outlook).toHaveText('3 fields have to be corrected.');
  await expect(panel.button('Save recipe')).toBeDisabled();
  await expect(panel.button('Start')).toBeDisabled();
  await panel.fill({ 'Size, from': '40', 'Size, to': '30', Crystals: '30', 'Blur, to': '0.6' });
  await expect(panel.recipe).toContainText('the first number is the smaller one');
  await panel.fill({ 'Size, to': '42' });
  await expect(panel.outlook).toContainText('30 crystals, 150 patterns');
  await panel.button('Revert').click();
  await expect(panel.field('Crystals')).toHaveValue('960');
});

test('one’s own recipe is kept, and found again after a restart', async ({ bench: { panel, open, base } }) => {
  const app = await open();
  await panel.fill(tiny);
  await panel.button('Save recipe').click();
  await expect(panel.picker).toHaveValue('own/tiny-set');
  await expect(panel.recipe).toContainText('Saved.');
  expect(existsSync(join(base, 'home', 'recipes', 'tiny-set.json'))).toBe(true);
  await app.stop();
  await open();
  await panel.picker.selectOption('own/tiny-set');
  await expect(panel.field('Crystals')).toHaveValue('24');
  await panel.button('Delete').click();
  await expect(panel.picker).toHaveValue(/^shipped\//);
});

test('crystals of the recipe are looked at, from all sides and inside, with their patterns', async ({
  bench,
  page,
}) => {
  const { panel, open } = bench;
  await open();
  // The size last: a crystal of that size is then one of the whole recipe, not of one half typed.
  await panel.fill({ ...tiny, 'Defect-free': '0', Screw: '0' });
  await panel.fill({ 'Size, from': '16', 'Size, to': '18' });
  await panel.settled(/· 1[678](\.\d)? cells/, patient);
  await expect(panel.crystal.getByRole('heading')).toHaveText(/Edge dislocation · (Au|Pt|Ag|Al)/, patient);
  await expect(panel.crystal).toContainText(/Burgers vector ½\[/);
  await expect(panel.crystal).toContainText(/g·b = −?[12]/);
  await expect(panel.cuts).toHaveCount(3);
  await expect(panel.pattern.getByTestId('crosshair-value')).not.toHaveText('0');

  const first = await panel.pixels();
  await panel.atoms.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => panel.pixels()).not.toBe(first);
  await page.keyboard.press('Home');
  await expect.poll(() => panel.pixels()).toBe(first);
  await page.keyboard.press('d');
  await expect.poll(() => panel.pixels()).not.toBe(first);
  await page.keyboard.press('d');

  const size = await panel.crystal.locator('dl').textContent();
  await page.keyboard.press('j');
  await expect(panel.crystal.getByLabel('Number')).toHaveValue('2');
  await expect(panel.crystal.locator('dl')).not.toHaveText(size ?? '', patient);
  await page.keyboard.press('k');
  await panel.settled(size ?? '', patient);
  await expect.poll(() => panel.pixels()).toBe(first);
});

test('a set is made, stopped, gone on with after a crash, and finished', async ({ bench, page }) => {
  const { panel, open, base } = bench;
  const app = await open();
  const folder = join(base, 'sets', 'tiny');
  await panel.fill(tiny);
  await panel.folder.fill('/etc/braggwatch');
  await expect(panel.job.getByRole('alert')).toContainText('outside the folders this app may open');
  await panel.folder.fill(join(base, 'home'));
  await expect(panel.job).toContainText('Holds other files');
  await expect(panel.button('Start')).toBeDisabled();
  await panel.folder.fill(folder);
  await expect(panel.job).toContainText('A new folder; it will be made.');
  await panel.button('Start').click();
  await expect(panel.status).toHaveText('Running');
  await expect(panel.job).toContainText(/[1-9]\d? of 24 crystals.+crystals\/h.+left/, patient);

  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /^Simulate \d+ %$/ })).toBeVisible();
  await page.keyboard.press('2');
  await expect(panel.status).toHaveText('Running');
  await panel.button('Stop').click();
  await expect(panel.status).toHaveText('Stopped');
  expect(existsSync(join(folder, 'summary.json'))).toBe(false);

  await panel.button('Resume').click();
  await expect(panel.status).toHaveText('Running');
  await app.stop('SIGKILL');
  await open();
  await expect(panel.status).toHaveText('Stopped');
  await expect(panel.folder).toHaveValue(folder);
  await expect(panel.job).toContainText(/Holds “Tiny set”: \d+ of 24 crystals are whole\./);
  await panel.button('Resume').click();
  await expect(panel.status).toHaveText('Finished', patient);
  await expect(panel.progress).toHaveAttribute('value', '1');
  await expect(panel.job).toContainText('Holds “Tiny set”, whole: 24 crystals.');
  expect(readFileSync(join(folder, 'manifest.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(24);
  expect(readdirSync(folder).filter((name) => name.endsWith('.npy'))).toHaveLength(24);
});

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    test(`the panel in ${theme} at ${width} x ${height}`, async ({ bench: { panel, open }, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      await open();
      await panel.fill({ 'Size, from': '30', 'Size, to': '34', 'Defect-free': '0', 'Mixed character': '95' });
      await expect(panel.outlook).toContainText('One field');
      await panel.fill({ 'Mixed character': '10' });
      await expect(panel.crystal.getByRole('heading')).toHaveText(/dislocation/, patient);
      await expect(panel.cuts).toHaveCount(3);
      await panel.fill({ 'Mixed character': '95' });
      await expect(panel.recipe).toContainText('at most 45');
      await expect(panel.crystal).not.toContainText('Building', patient);
      await page.screenshot({ caret: 'initial', path: `test-results/looks/simulate-${theme}-${width}.png` });
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}

test('at 200 % zoom one panel lies below the other, and nothing sticks out', async ({ bench: { open }, page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await open();
  await page.screenshot({ path: 'test-results/looks/simulate-zoomed-200.png', fullPage: true });
  expect(await sticksOut(page)).toBeLessThanOrEqual(0);
});
