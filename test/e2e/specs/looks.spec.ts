import type { Page } from '@playwright/test';
import { seriousFindings, sticksOut } from '../support/axe';
import { expect, test, type Screen } from '../support/fixtures';
import { furnished } from '../support/furnished';
import { readPng } from '../support/png';
import { scenarios } from '../support/scenarios';

const sizes = [
  [1280, 800],
  [1920, 1080],
] as const;
const themes = ['light', 'dark', 'night'] as const;

/** The first two follow the system; the night theme is chosen. */
async function wear(page: Page, theme: (typeof themes)[number]): Promise<void> {
  if (theme === 'night') await page.addInitScript(() => localStorage.setItem('braggwatch.theme', 'night'));
  else await page.emulateMedia({ colorScheme: theme });
}

/** No serious finding of axe's, contrast included; the picture is kept for people to look at. */
async function look({ page }: Pick<Screen, 'page'>, name: string): Promise<void> {
  await page.screenshot({ caret: 'initial', path: `test-results/looks/${name}.png`, fullPage: true });
  expect(await seriousFindings(page)).toEqual([]);
}

for (const theme of themes) {
  for (const [width, height] of sizes) {
    test(`the whole screen in ${theme} at ${width} x ${height}`, async ({ page, open }) => {
      await wear(page, theme);
      await page.setViewportSize({ width, height });
      const screen = await open(scenarios.beamtime);
      await screen.queue.open('S0037');
      await expect(screen.verdict.headline).toHaveText('Screw dislocation');
      await expect(screen.slices.rockingCurve.locator('svg').first()).toBeVisible();
      await look(screen, `screen-${theme}-${width}`);
    });
  }

  test(`first start, troubles and a rejected scan in ${theme}`, async ({ page, open }) => {
    await wear(page, theme);
    await look(await open(scenarios.empty), `empty-${theme}`);
    await look(await open(scenarios.waiting), `waiting-${theme}`);
    const screen = await open(scenarios.troubled);
    await screen.queue.open('S0034');
    await expect(screen.slices.rockingCurve.locator('svg').first()).toBeVisible();
    await look(screen, `troubled-${theme}`);
  });

  test(`dialogs in ${theme}`, async ({ page, open }) => {
    await wear(page, theme);
    const screen = await open(scenarios.beamtime);
    await screen.top.openBeamline();
    await screen.beamline.field('Photon energy (eV)').fill('9');
    await screen.beamline.press('Save answers');
    await look(screen, `beamline-${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await look(screen, `help-${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    await screen.folder.watch('/data/missing');
    await expect(screen.folder.root.getByRole('alert')).toBeVisible();
    await look(screen, `folder-${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+X');
    await look(screen, `export-${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press(',');
    await look(screen, `settings-${theme}`);
  });
}

test('in the red of the night no tick and no slider is grey', async ({ page, open }) => {
  await wear(page, 'night');
  const screen = await open(scenarios.beamtime);
  await screen.queue.open('S0037');
  await screen.figures.show('Surface');
  await screen.explain.explain.click();
  await expect(screen.explain.stop).toBeVisible();
  await screen.app.occlusion.begun();
  screen.app.occlusion.advance('fine', 412);
  const { rests, level } = screen.figures;
  await screen.queue.follow.setChecked(false);
  for (const [name, part] of Object.entries({ 'ticked box': rests, slider: level, box: screen.queue.follow })) {
    const { rgb } = readPng(await part.screenshot());
    let brightest = 0;
    for (let at = 0; at < rgb.length; at += 3) {
      const [red, green, blue] = rgb.subarray(at, at + 3) as unknown as [number, number, number];
      brightest = Math.max(brightest, red);
      expect(Math.max(green, blue), `${name}: ${[red, green, blue].join()}`).toBeLessThan(0.6 * red + 12);
    }
    // And it is seen.
    expect(brightest, name).toBeGreaterThan(150);
  }
});

test('an early verdict at 200 % zoom', async ({ page, open }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  const screen = await open(scenarios.beamtime);
  await expect(screen.slices.cuts).toHaveCount(3);
  await look(screen, 'zoomed-200');
  expect(await sticksOut(page)).toBeLessThanOrEqual(0);
});

/** What of a toolbar's words cannot be read as a whole: choices that are wider than their box, names that lose their end. */
const clipped = (page: Page): Promise<string[]> =>
  page.getByRole('toolbar', { name: 'Diffraction volume' }).evaluate((bar) => {
    const context = document.createElement('canvas').getContext('2d')!;
    const lost: string[] = [];
    const { right } = bar.getBoundingClientRect();
    for (const part of bar.querySelectorAll<HTMLElement>('h2, select, button')) {
      const box = part.getBoundingClientRect();
      let wanted = part.scrollWidth;
      if (part instanceof HTMLSelectElement) {
        const style = getComputedStyle(part);
        context.font = style.font;
        // Room for the browser's arrow.
        const arrow = 16;
        const { width } = context.measureText(part.selectedOptions[0]?.text ?? '');
        wanted = width + arrow + parseFloat(style.paddingLeft);
      }
      if (wanted > part.clientWidth + 1 || box.right > right) lost.push(part.title || part.innerText);
    }
    return lost;
  });

test('no word of the tools is cut in Simulate, nor at 200 % zoom', async ({ page, open }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const screen = await open({ ...scenarios.beamtime, answering: furnished });
  await page.keyboard.press('2');
  await expect(page.getByRole('region', { name: 'Simulated pattern' })).toBeVisible();
  expect(await clipped(page)).toEqual([]);
  await page.keyboard.press('1');
  await page.setViewportSize({ width: 640, height: 400 });
  await screen.queue.open('S0037');
  await expect(screen.slices.cuts).toHaveCount(3);
  for (const mode of ['cut', 'sum', 'maximum']) {
    await screen.slices.view.selectOption(mode);
    expect(await clipped(page)).toEqual([]);
  }
});

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
] as const)
  test(`top bar and tools take one row each at ${width} x ${height}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    const screen = await open(scenarios.beamtime);
    await screen.queue.open('S0037');
    await expect(screen.slices.cuts).toHaveCount(3);
    for (const row of [screen.top.root, page.getByRole('toolbar', { name: 'Diffraction volume' })]) {
      const { height: tall, clipped } = await row.evaluate((bar) => ({
        height: bar.getBoundingClientRect().height,
        clipped: bar.scrollWidth - bar.clientWidth,
      }));
      expect(tall).toBeLessThan(50);
      expect(clipped).toBeLessThanOrEqual(0);
    }
    expect(await clipped(page)).toEqual([]);
    // The figure's tabs, its two formats and what makes it larger, side by side.
    const figure = page.getByRole('tablist').filter({ hasText: 'Rocking curve' }).locator('..');
    await expect(figure.getByRole('button')).toHaveCount(3);
    expect((await figure.boundingBox())!.height).toBeLessThan(36);
    await page.screenshot({ path: `test-results/looks/rows-${width}.png` });
    await screen.queue.list.focus();
    await page.keyboard.press('v');
    await screen.queue.open('S0036');
    await expect(screen.slices.cuts).toHaveCount(6);
    // No heading of a cut loses its end.
    const lost = await page
      .locator('figcaption')
      .evaluateAll((heads) =>
        heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.textContent),
      );
    expect(lost).toEqual([]);
    await page.screenshot({ path: `test-results/looks/rows-compare-${width}.png` });
  });
