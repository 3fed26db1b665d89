import { readdirSync, readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { presetSchema, type Preset } from '@contract/geometry';
import { seriousFindings, sticksOut } from '../support/axe';
import { everyState, judged } from '../support/fake-scans';
import { expect, test, type Screen } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

/** The presets that come with the program. */
function shippedPresets(): Preset[] {
  const folder = new URL('../../../resources/beamlines/', import.meta.url);
  return readdirSync(folder).map((name) => presetSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));
}

/** As files of some beamlines name their scans. */
const long = 'pt_nps_0007_S0042_eta';

/** What of the elements' words cannot be seen: those that lose their end, or whose box is not wholly in the window. */
const lost = (parts: Locator): Promise<string[]> =>
  parts.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const whole = element.scrollWidth <= element.clientWidth + 1 || getComputedStyle(element).display === 'inline';
      return whole && width > 0 && height > 0 && left >= 0 && right <= innerWidth ? [] : [element.textContent];
    }),
  );

/** Figures of the Watch view with their sizes: cuts with their axes, and what stands beside them. */
const sizes = async (
  page: Page,
): Promise<{ readonly name: string; readonly width: number; readonly height: number }[]> =>
  page
    .getByRole('main')
    .locator('[data-slice], [role=tabpanel] :is(.chart, .room), [aria-label=Profile] .chart')
    .evaluateAll((figures) =>
      figures.map((figure) => {
        const { width, height } = figure.getBoundingClientRect();
        return { name: figure.getAttribute('aria-label') ?? figure.className, width, height };
      }),
    );

async function allLarge(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await sizes(page)).length).toBe(count);
  expect((await sizes(page)).filter(({ width, height }) => width < 200 || height < 200)).toEqual([]);
}

async function openLong({ queue, slices }: Screen): Promise<void> {
  await queue.open(long);
  await expect(slices.cuts).toHaveCount(3);
  await expect(slices.awaited).toHaveCount(0);
}

const place = { axes: ['x', 'y'].map((name) => ({ name, micrometres: 50, motors: [`pi${name}`] })) };
const named = {
  ...scenarios.beamtime,
  scans: [
    judged(42, 'screw', 0.97, { scan: long, flagged: true, sample: 'pt_nps', position: place }),
    // Of the same particle.
    judged(29, 'screw', 0.9, { sample: 'pt_nps', position: place }),
    ...everyState(),
  ],
};

test('a long name of a scan is read as a whole wherever it stands, at 1280 x 800', async ({ open, page }) => {
  const screen = await open(named);
  await openLong(screen);
  const { queue, slices, verdict } = screen;
  const places = {
    list: queue.list.getByText(long),
    tools: page.getByRole('toolbar', { name: 'Diffraction volume' }).getByText(long),
    verdict: verdict.root.getByRole('paragraph').getByText(long),
    particle: verdict.root.getByRole('region', { name: 'Particle' }).getByRole('button', { name: long, exact: true }),
  };
  for (const [name, place] of Object.entries(places)) {
    await expect(place, name).toHaveCount(1);
    expect(await lost(place), name).toEqual([]);
  }
  // And where two scans are compared, above its cuts.
  await queue.list.focus();
  await page.keyboard.press('v');
  await queue.open('S0036');
  await expect(slices.cuts).toHaveCount(6);
  const heading = slices.root.getByRole('heading', { name: long });
  await expect(heading).toHaveCount(1);
  expect(await lost(heading)).toEqual([]);
  await page.screenshot({ path: 'test-results/looks/long-name.png' });
});

test('no figure is under 200 pixels wide or high at 1280 x 800, whatever is shown', async ({ open, page }) => {
  const screen = await open(scenarios.beamtime);
  await screen.queue.open('S0037');
  await expect(screen.slices.cuts).toHaveCount(3);
  for (const name of ['Rocking curve', 'Surface', 'Detector'] as const) {
    await screen.figures.show(name);
    await allLarge(page, 4);
    await page.screenshot({ path: `test-results/looks/room-${name.split(' ')[0]!.toLowerCase()}.png` });
    expect(await seriousFindings(page)).toEqual([]);
  }
  await screen.slices.cut(0).focus();
  await page.keyboard.press('u');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await allLarge(page, 4);
  // Nothing of the profile is below the edge of its corner.
  const chart = (await screen.slices.profile.boundingBox())!;
  expect(chart.y + chart.height).toBeLessThanOrEqual(800);
  await page.keyboard.press('x');
  await allLarge(page, 3);
});

for (const [width, height] of [
  [640, 400],
  [960, 540],
] as const)
  test(`cut and verdict are seen at once at 200 % zoom, ${width} x ${height}`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    const screen = await open(named);
    const { queue, slices, verdict, figures } = screen;
    await openLong(screen);
    await page.evaluate(() => scrollTo(0, 0));
    const cut = (await slices.cuts.first().boundingBox())!;
    const head = (await verdict.headline.boundingBox())!;
    const name = (await verdict.root.getByRole('paragraph').getByText(long).boundingBox())!;
    for (const box of [cut, head, name]) {
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
    await page.screenshot({ path: `test-results/looks/fold-${width}.png` });
    await page.screenshot({ path: `test-results/looks/zoomed-${width}.png`, fullPage: true });
    expect(await lost(verdict.root.getByRole('paragraph').getByText(long))).toEqual([]);
    expect(await lost(verdict.root.getByRole('button', { name: long, exact: true }))).toEqual([]);
    for (const shown of ['Rocking curve', 'Surface', 'Detector'] as const) {
      await figures.show(shown);
      await allLarge(page, 4);
    }
    await slices.cut(0).focus();
    await page.keyboard.press('u');
    await page.keyboard.press('Shift+ArrowRight');
    await allLarge(page, 4);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    // Compared with another, each scan's cuts are below its name.
    await queue.list.focus();
    await page.keyboard.press('v');
    await queue.open('S0036');
    await expect(slices.cuts).toHaveCount(6);
    await allLarge(page, 6);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/looks/zoomed-compare-${width}.png`, fullPage: true });
  });

for (const [width, height] of [
  [1280, 800],
  [640, 400],
] as const)
  test(`what a dialog holds is as wide as the dialog at most, with the beamlines that there are, ${width} x ${height}`, async ({
    open,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open({ ...named, answering: { 'presets/list': () => shippedPresets() } });
    for (const key of ['o', 'b', ',', '?', 'Shift+L', 'Shift+X', 'Shift+J']) {
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toHaveCount(1);
      await expect(dialog.getByRole('button').first()).toBeVisible();
      const beyond = (): Promise<readonly string[]> =>
        dialog.evaluate((root) => {
          const { left, right } = root.getBoundingClientRect();
          return [...root.querySelectorAll('input, select, button, label, p, h2, h3')]
            .map((element) => [element, element.getBoundingClientRect()] as const)
            .filter(([, box]) => box.width > 0 && (box.left < left || box.right > right))
            .map(([element]) => element.outerHTML.slice(0, 80));
        });
      await expect.poll(beyond, `key ${key}`).toEqual([]);
      await page.screenshot({ path: `test-results/looks/dialog-${key}-${width}.png` });
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
  });
