import { readFileSync } from 'node:fs';
import { everyState, verdictOf } from '../support/fake-scans';
import { syntheticVolume } from '../support/patterns';
import { seriousFindings, sticksOut } from '../support/axe';
import { expect, test, type Screen } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const voxel = 0.00071;

async function openScan(open: (state: typeof scenarios.beamtime) => Promise<Screen>, name: string): Promise<Screen> {
  const screen = await open(scenarios.beamtime);
  await screen.queue.open(name);
  await expect(screen.slices.cuts).toHaveCount(3);
  await expect(screen.slices.awaited).toHaveCount(0);
  return screen;
}

/** The defect-free scan's voxels as they were made, along Q, horizontal and vertical from the middle. */
const made = (() => {
  const { intensity, mask } = syntheticVolume('perfect', 36);
  const floats = new Float32Array(intensity.buffer);
  return (i: number, j: number, k: number): number | null => {
    const n = ((32 + i) * 64 + 32 + j) * 64 + 32 + k;
    return mask[n] === 1 ? null : floats[n]!;
  };
})();

test('draws a line with the mouse and tells what lies under it', async ({ open, page }) => {
  const { slices } = await openScan(open, 'S0036');
  await slices.tool('Line').click();
  await expect(slices.tool('Line')).toHaveAttribute('aria-pressed', 'true');
  // Across Q parallel: horizontal to the right. Twelve steps along it, from the brightest voxel.
  await slices.drag(0, [0, 0], [12, 0]);
  await expect(slices.measured('Profile').getByRole('status')).toHaveText(`${(12 * voxel).toFixed(5)} Å⁻¹, 13 voxels`);
  // A tool that is taken up leaves the crosshair where it is.
  expect(await slices.crosshair()).toEqual([0, 0, 0]);
  const chart = (await slices.profile.boundingBox())!;
  const told: number[] = [];
  for (let n = 0; n <= 12; n++) {
    const across = chart.width - 56 - 12;
    await page.mouse.move(chart.x + 56 + Math.min(across - 1, (n / 12) * across), chart.y + 60);
    const words = slices.profile.locator('text.found');
    await expect(words).toHaveText(new RegExp(`^${(n * voxel).toFixed(5)} Å⁻¹: `));
    told.push(Number((await words.textContent())!.split(': ')[1]!.replace('−', '-')));
  }
  told.forEach((value, n) => {
    const truth = made(0, n, 0)!;
    expect(Math.abs(value - truth)).toBeLessThanOrEqual(0.005 * truth);
  });
});

test('leaves a gap in the profile where nothing was measured', async ({ open, page }) => {
  const { slices } = await openScan(open, 'S0036');
  await slices.tool('Line').click();
  // Across the horizontal: along Q upwards. The corners lie outside what was measured.
  await slices.drag(1, [-31, 30], [31, 30]);
  const row = Array.from({ length: 63 }, (_, n) => made(30, 0, n - 31));
  const missing = row.filter((value) => value === null).length;
  expect(missing).toBeGreaterThan(4);
  await expect(slices.measured('Profile').getByRole('status')).toContainText(`${missing} not measured`);
  // The line begins after the first corner and ends before the second.
  const line = (await slices.profile.locator('path.line').getAttribute('d'))!;
  expect(line.match(/[ML]/g)).toHaveLength(63 - missing);
  const chart = (await slices.profile.boundingBox())!;
  await page.mouse.move(chart.x + 56, chart.y + 60);
  await expect(slices.profile.locator('text.found')).toHaveText('0.00000 Å⁻¹: not measured');
});

test('draws a line and a region without a mouse, and takes them off again', async ({ open, page }) => {
  const { slices } = await openScan(open, 'S0036');
  await slices.cut(0).focus();
  await page.keyboard.press('u');
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(slices.drawnOn(0)).toBeVisible();
  await expect(slices.drawnOn(1)).toHaveCount(0);
  const status = slices.measured('Profile').getByRole('status');
  await expect(status).toHaveText(`${(Math.hypot(3, 5) * voxel).toFixed(5)} Å⁻¹, 6 voxels`);
  await page.keyboard.press('Enter');
  // Left where it is: the crosshair is free again.
  await page.keyboard.press('Shift+ArrowRight');
  await expect(status).toHaveText(/6 voxels$/);
  await page.keyboard.press('Escape');
  await expect(slices.measured('Profile')).toHaveCount(0);
  await expect(slices.rockingCurve).toBeVisible();

  // Two columns of three rows about the peak, whose sum and place are known.
  await page.keyboard.press('c');
  await page.keyboard.press('Shift+U');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  let sum = 0;
  for (const j of [0, 1]) for (const k of [0, 1, 2]) sum += made(0, j, k)!;
  await expect(slices.sum('Sum')).toHaveText(sum.toPrecision(3));
  await expect(slices.sum('Mean')).toHaveText((sum / 6).toPrecision(3));
  await expect(slices.sum('Maximum')).toHaveText('1.00');
  await expect(slices.sum('at ΔQ⊥h')).toHaveText('0.00000');
  await expect(slices.sum('Voxels measured')).toHaveText('6');
  await expect(slices.sum('Voxels not measured')).toHaveText('0');
  await page.keyboard.press('Escape');
  await expect(slices.measured('Region')).toHaveCount(0);
});

test('draws a region with the mouse and counts what was not measured in it', async ({ open }) => {
  const { slices } = await openScan(open, 'S0036');
  await slices.tool('Region').click();
  await slices.drag(1, [31, 31], [20, 22]);
  let missing = 0;
  for (let i = 22; i <= 31; i++) for (let k = 20; k <= 31; k++) if (made(i, 0, k) === null) missing++;
  await expect(slices.sum('Voxels not measured')).toHaveText(String(missing));
  await expect(slices.sum('Voxels measured')).toHaveText(String(120 - missing));
  // The tool laid down, dragging moves the crosshair, and the region stays.
  await slices.tool('Region').click();
  await slices.drag(1, [0, 0], [6, 3]);
  expect(await slices.crosshair()).not.toEqual([0, 0, 0]);
  await expect(slices.measured('Region')).toBeVisible();
});

test('keeps the line while scans change and while one grows, to compare repeats', async ({ open, page }) => {
  const { app, slices, queue } = await openScan(open, 'S0036');
  await slices.tool('Line').click();
  await slices.drag(2, [-8, 2], [8, 2]);
  const path = async (): Promise<string | null> => slices.profile.locator('path.line').getAttribute('d');
  const perfect = await path();
  await queue.open('S0037');
  await expect(slices.drawnOn(2)).toBeVisible();
  await expect.poll(path).not.toBe(perfect);
  // More frames, and with them another early verdict and another volume.
  await queue.open('S0041');
  await expect(queue.selected).toContainText('S0041');
  await expect(slices.awaited).toHaveCount(0);
  const early = await path();
  const scan = everyState().find(({ id }) => id === 'scan-41')!;
  app.announce({ ...scan, framesPresent: 90, truth: 'screw', verdict: verdictOf('screw', 0.7, true) });
  await expect(queue.selected).toContainText('90 of 201');
  await expect.poll(path).not.toBe(early);
  await expect(slices.drawnOn(2)).toBeVisible();
  // Linear and log alike follow the colours.
  const log = await path();
  await page.keyboard.press('l');
  await expect.poll(path).not.toBe(log);
});

test('saves the profile, by its buttons and by the key of what stands beside the cuts', async ({ open, page }) => {
  const { slices } = await openScan(open, 'S0036');
  await slices.tool('Line').click();
  await slices.drag(1, [-31, 30], [31, 30]);
  const [svg] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the profile as SVG' }).click(),
  ]);
  expect(svg.suggestedFilename()).toMatch(/^S0036.*profile\.svg$/);
  const text = readFileSync(await svg.path(), 'utf8');
  expect(text).toContain('distance along the line');
  expect(text.match(/<polyline/g)).toHaveLength(1);
  const [png] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('i')]);
  expect(png.suggestedFilename()).toMatch(/profile\.png$/);
});

test('compares two scans along one line and within one region', async ({ open, page }) => {
  const { slices, queue } = await openScan(open, 'S0037');
  await queue.list.focus();
  await page.keyboard.press('v');
  await queue.open('S0036');
  await expect(slices.cuts).toHaveCount(6);
  await slices.cuts.first().focus();
  await page.keyboard.press('u');
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(slices.profile.locator('path.line')).toHaveCount(2);
  await expect(slices.measured('Profile')).toContainText('S0036');
  await expect(slices.measured('Profile')).toContainText('S0037');
  await expect(slices.root.getByTestId('measure-layer')).toHaveCount(2);
  await page.screenshot({ path: 'test-results/looks/measure-compare.png' });
  await page.keyboard.press('Shift+U');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(slices.sum('Voxels measured')).toHaveText(['36', '36']);
  await page.screenshot({ path: 'test-results/looks/measure-compare-region.png' });
  expect(await seriousFindings(page)).toEqual([]);
});

for (const theme of ['light', 'dark', 'night'] as const) {
  test(`looks well in ${theme}`, async ({ open, page }) => {
    await page.addInitScript((name) => localStorage.setItem('braggwatch.theme', name), theme);
    const { slices } = await openScan(open, 'S0036');
    await slices.tool('Line').click();
    await slices.drag(0, [-20, -12], [22, 14]);
    const chart = (await slices.profile.boundingBox())!;
    await page.mouse.move(chart.x + chart.width / 3, chart.y + 60);
    await expect(slices.profile.locator('text.found')).toBeVisible();
    await page.screenshot({ path: `test-results/looks/measure-line-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
    await slices.tool('Region').click();
    await slices.drag(1, [8, 10], [31, 31]);
    await page.screenshot({ path: `test-results/looks/measure-region-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
  });
}
