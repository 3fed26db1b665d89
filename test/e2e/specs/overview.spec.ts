import { readFileSync } from 'node:fs';
import { OverviewView } from '../pages/overview-view';
import { seriousFindings } from '../support/axe';
import { judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('one filter acts on queue, timeline, map and counts, is taken back chip by chip, and survives a restart', async ({
  open,
  page,
}) => {
  const { queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.shown).toHaveText('140 of 140 scans');
  await overview.classButton('Screw').click();
  await page.keyboard.press('u');
  await overview.filter('Sample').selectOption('pt_nps');
  const { scans } = scenarios.mapped;
  const wanted = scans.filter(
    ({ verdict, sample }) => verdict?.class === 'screw' && verdict.sure && sample === 'pt_nps',
  );
  await expect(overview.shown).toHaveText(`${wanted.length} of 140 scans`);
  await expect(overview.timeline).toHaveAccessibleName(new RegExp(`^Timeline of ${wanted.length} scans`));
  const placed = wanted.filter(({ position }) => position);
  await expect(overview.map).toHaveAccessibleName(new RegExp(`^Map of ${placed.length} particles`));
  await expect(overview.proportions('All scans shown')).toHaveAccessibleName(new RegExp(`${wanted.length} scans`));
  await expect(overview.chips).toHaveText(['Screw', 'Sure only', 'pt_nps']);

  await page.reload();
  await expect(overview.shown).toHaveText(`${wanted.length} of 140 scans`);
  await page.keyboard.press('1');
  await expect(queue.root.getByRole('heading')).toHaveText(`${wanted.length} of 140 scans`);
  await queue.root.getByRole('button', { name: 'Remove filter: Screw' }).click();
  await queue.root.getByRole('button', { name: 'Remove filter: Sure only' }).click();
  await expect(queue.root.getByRole('heading')).toHaveText('70 of 140 scans');
  await queue.root.getByRole('button', { name: 'Remove filter: pt_nps' }).click();
  await expect(queue.root.getByRole('heading')).toHaveText('140 scans');
  await page.keyboard.press('/');
  await page.keyboard.type('beam low');
  await expect(queue.rows).toHaveCount(2);
  await expect(queue.row('S0050')).toBeVisible();
});

test('does no work for scans that arrive while it is not shown', async ({ open, page }) => {
  const { app, queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  const arrive = async (from: number): Promise<void> => {
    for (let n = from; n < from + 20; n++) app.announce(judged(n, 'edge'));
    // Longer than the overview waits before it asks.
    await page.waitForTimeout(1000);
  };
  await arrive(500);
  await expect(queue.root.getByRole('heading')).toHaveText('160 scans');
  expect(app.screenings).toBe(0);
  await overview.open();
  await expect(overview.proportions('All scans shown')).toHaveAccessibleName(/160 scans/);
  // A burst asks once, or twice where an answer was still under way.
  const before = app.screenings;
  await arrive(600);
  await expect(overview.proportions('All scans shown')).toHaveAccessibleName(/180 scans/);
  expect(app.screenings - before).toBeLessThanOrEqual(2);
  await page.keyboard.press('1');
  await expect(queue.root).toBeVisible();
  const left = app.screenings;
  await arrive(700);
  await expect(queue.root.getByRole('heading')).toHaveText('200 scans');
  expect(app.screenings).toBe(left);
});

test('is operated by keyboard: along the timeline, into it, and to the scan', async ({ open, page }) => {
  const { queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await overview.timeline.focus();
  await page.keyboard.press('Home');
  await expect(overview.chosen).toHaveText('S0001');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(overview.chosen).toHaveText('S0010');
  await page.keyboard.press('+');
  await expect(overview.root.getByRole('button', { name: 'Zoom out of the timeline' })).toBeEnabled();
  await page.keyboard.press('0');
  await expect(overview.root.getByRole('button', { name: 'Zoom out of the timeline' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(queue.selected).toContainText('S0010');
});

test('opens a scan by a click, also after a part was brushed', async ({ open, page }) => {
  const { queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await overview.clickTimeline(0.5 / 140);
  await expect(queue.selected).toContainText('S0001');
  await overview.open();
  await overview.brushTimeline(0.5, 0.75);
  await expect(overview.root.getByRole('button', { name: 'Zoom out of the timeline' })).toBeEnabled();
  await overview.clickTimeline(0.01);
  await expect(queue.selected).toContainText('S0071');
});

test('saves the timeline and the map as they are seen, as PNG and as SVG', async ({ open, page }) => {
  await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.map).toBeVisible();
  for (const what of ['the timeline', 'the map']) {
    const saved = async (format: string): Promise<Buffer> => {
      const button = overview.root.getByRole('button', { name: `Save ${what} as ${format}` });
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      return readFileSync(await download.path());
    };
    const png = await saved('PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // As wide as it is on the screen and the margins, three pixels each.
    const room = await (what === 'the map' ? overview.map : overview.timeline).boundingBox();
    expect(Math.abs(png.readUInt32BE(16) / 3 - room!.width - 24)).toBeLessThan(2);
    const svg = (await saved('SVG')).toString();
    expect(svg).toContain(what === 'the map' ? 'hollow: unsure' : 'Bar on top: flagged');
    expect(svg.match(/data:image\/png;base64/g)).toHaveLength(1);
  }
});

test('walks and opens the particles of the map, and says how many have no place', async ({ open, page }) => {
  const { queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.mapPanel).toContainText('14 without a recorded position');
  // The first particle lies at the golden angle's first turn, 1.2 µm from the middle.
  await overview.timeline.focus();
  await page.keyboard.press('Home');
  await overview.map.focus();
  const places = new Map(scenarios.mapped.scans.map(({ scan, position }) => [scan, position?.axes[0]?.micrometres]));
  await page.keyboard.press('ArrowRight');
  await expect(overview.chosen).not.toHaveText('S0001');
  const next = (await overview.chosen.textContent())!;
  expect(places.get(next)).toBeGreaterThan(places.get('S0001')!);
  await page.keyboard.press('+');
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await expect(queue.selected).toContainText(next);
});

test('maps one sample at a time, that of the scan that is looked at until another is asked for, and says what the pointer is on', async ({
  open,
  page,
}) => {
  await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  await overview.timeline.focus();
  await page.keyboard.press('Home');
  await expect(overview.chosen).toHaveText('S0001');
  const sample = overview.mapPanel.getByLabel('Sample of the map');
  await expect(sample.locator('option:checked')).toHaveText('pt_nps (63)');
  await sample.selectOption('au_nps (63)');
  await expect(overview.map).toHaveAccessibleName(/^Map of 63 particles/);
  await overview.map.focus();
  await page.keyboard.press('ArrowRight');
  const [name] = await overview.chosen.allTextContents();
  expect(scenarios.mapped.scans.find(({ scan }) => scan === name)?.sample).toBe('au_nps');
  await page.keyboard.press('Enter');
  await overview.open();
  await overview.timeline.focus();
  await page.keyboard.press('Home');
  await expect(sample.locator('option:checked')).toHaveText('pt_nps (63)');

  await overview.hoverTimeline(0.5 / 140);
  await expect(overview.tip).toContainText('S0001, pt_nps');
  await expect(overview.tip).toContainText('13 May');
  // The scan that is looked at stands on the map where its stage's motors say.
  await overview.map.hover();
  await expect(overview.mapPanel.locator('.at')).toHaveText(/^x [\d.]+ µm, y [\d.]+ µm$/);
});

test('says why there is no map', async ({ open, page }) => {
  await open(scenarios.overfull);
  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.mapPanel).toContainText('None of these scans records where on the sample it was taken.');
  await expect(overview.mapPanel).toContainText('pix, piy');
});

test('gives shares with their intervals, per sample, and explains each candidate', async ({ open, page }) => {
  const { queue } = await open(scenarios.mapped);
  const overview = new OverviewView(page);
  await overview.open();
  const all = overview.proportions('All scans shown');
  await expect(all.getByRole('row', { name: /^Defect-free/ })).toContainText(/%\s\(\d+ to \d+\).*%\s\(\d+ to \d+\)/);
  await expect(overview.proportions('pt_nps')).toBeVisible();
  await expect(overview.proportions('au_nps')).toBeVisible();
  await overview.candidates.getByLabel('Looking for').selectOption('Edge');
  const first = overview.candidates.locator('li').getByRole('button').first();
  await expect(first).toContainText('Edge');
  await expect(overview.candidates).toContainText('For it: an edge dislocation to');
  const name = (await first.getByRole('strong').textContent())!;
  await first.click();
  await expect(queue.selected).toContainText(name);
});

test('stays light with two thousand scans that keep coming', async ({ open, page }) => {
  const { app } = await open(scenarios.mappedOverfull);
  const overview = new OverviewView(page);
  await overview.open();
  await expect(overview.shown).toHaveText('2000 of 2000 scans');
  await expect(overview.candidates.getByRole('button').first()).toBeVisible();
  expect(await page.locator('*').count()).toBeLessThan(1800);
  app.announce(judged(2001, 'edge', 0.9));
  await expect(overview.shown).toHaveText('2001 of 2001 scans');
  await expect(overview.proportions('All scans shown')).toHaveAccessibleName(/2001 scans/);
});

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    test(`looks right in ${theme} at ${width} x ${height}`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      await open(scenarios.mapped);
      const overview = new OverviewView(page);
      await overview.open();
      await page.keyboard.press('u');
      await page.keyboard.press('u');
      await page.keyboard.press('u');
      await overview.timeline.focus();
      await page.keyboard.press('End');
      await expect(overview.candidates.getByRole('button').first()).toBeVisible();
      await page.screenshot({ path: `test-results/looks/overview-${theme}-${width}.png` });
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}
