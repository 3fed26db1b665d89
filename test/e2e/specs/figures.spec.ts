import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { seriousFindings } from '../support/axe';
import { expect, test, type Screen } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

// Screenshots make the folder; in a fresh clone there may not have been any yet.
test.beforeAll(() => void mkdirSync('test-results/looks', { recursive: true }));

const close = (actual: readonly number[], expected: readonly number[]): void =>
  actual.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 4));

async function openScrew(open: (state: typeof scenarios.beamtime) => Promise<Screen>): Promise<Screen> {
  const screen = await open(scenarios.beamtime);
  await screen.queue.open('S0037');
  await expect(screen.slices.cuts).toHaveCount(3);
  // Not those of the scan before, which stay until the new ones are there.
  await expect(screen.slices.awaited).toHaveCount(0);
  return screen;
}

test('draws the surface of the peak, turns it by mouse and keys, and follows the level', async ({ open, page }) => {
  const { figures } = await openScrew(open);
  await page.keyboard.press('g');
  await expect(figures.tab('Surface')).toHaveAttribute('aria-selected', 'true');
  await expect(figures.surface).toBeVisible();
  const first = await figures.picture();
  expect(first.drawn).toBeGreaterThan(500);
  await figures.surface.focus();
  await page.keyboard.press('ArrowLeft');
  const turned = await figures.picture();
  expect(turned.data).not.toBe(first.data);
  await page.keyboard.press('Home');
  expect((await figures.picture()).data).toBe(first.data);
  const box = (await figures.surface.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2 + 20, { steps: 3 });
  await page.mouse.up();
  expect((await figures.picture()).data).not.toBe(first.data);
  await page.keyboard.press('Home');
  // A brighter level encloses less.
  await figures.level.fill('-0.6');
  await expect(figures.surface).toHaveAccessibleName(/at 0.251 of the maximum/);
  expect((await figures.picture()).drawn).toBeLessThan(first.drawn);
});

test('shows the detector frame under the crosshair, and that a file has been moved', async ({ open, page }) => {
  const { figures, queue, slices } = await openScrew(open);
  await figures.show('Detector');
  await expect(figures.detector).toContainText('Frame 101 of 201');
  await expect(figures.detector).toContainText('row 251, column 262');
  const first = await figures.picture();
  expect(first.drawn).toBeGreaterThan(1000);
  await slices.cut(1).focus();
  for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowUp');
  await expect(figures.detector).toContainText('Frame 131 of 201');
  expect((await figures.picture()).data).not.toBe(first.data);
  await figures.area.selectOption('whole');
  await expect(figures.detector).toContainText('brightest of 2 × 2 pixels');
  await queue.open('S0030');
  await expect(figures.detector.getByRole('alert')).toContainText('path-missing');
  await queue.open('S0036');
  await expect(figures.detector.getByRole('alert')).toHaveCount(0);
  await expect(figures.detector).toContainText('of 201');
});

test('plays the detector’s frames by one key, large, stops by it, and tells the counts under the pointer', async ({
  open,
  page,
}) => {
  const { figures, slices } = await openScrew(open);
  await page.keyboard.press('M');
  await expect(figures.tab('Detector')).toHaveAttribute('aria-selected', 'true');
  await expect(slices.cuts).toHaveCount(2);
  const number = async (): Promise<number> =>
    Number(/Frame (\d+) of 201/.exec((await figures.detector.textContent()) ?? '')?.[1]);
  await expect.poll(number).toBeGreaterThan(104);
  await page.keyboard.press('M');
  await expect(figures.detector.getByRole('button', { name: 'Play' })).toBeVisible();
  // What was under way when it was stopped has come by then.
  await page.waitForTimeout(300);
  const stopped = await number();
  expect(stopped).toBeGreaterThan(104);
  await page.waitForTimeout(300);
  expect(await number()).toBe(stopped);
  await figures.detector.getByRole('img').hover();
  await expect(figures.detector.locator('.tip')).toHaveText(/^[\d\s]+ counts\s*row \d+, column \d+$|^does not count/);
  await page.screenshot({ path: 'test-results/looks/detector-large.png' });
  // The crosshair leads back to its own frame.
  await slices.cuts.first().focus();
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowUp');
  await expect(figures.detector).toContainText(/Frame 10\d of 201/);
});

test('marks hot and dead pixels of the detector frame, says how many, and takes the marks off', async ({ open }) => {
  const { figures } = await openScrew(open);
  await figures.show('Detector');
  await figures.size.click();
  await expect(figures.detector).toContainText('12 hot (3 here)');
  await expect(figures.detector).toContainText('3 dead (1 here)');
  const marked = await figures.picture();
  await figures.detector.getByLabel('Mark hot and dead pixels').uncheck();
  await expect.poll(async () => (await figures.picture()).data).not.toBe(marked.data);
});

test('enlarges a figure beside two of the cuts, by key and by button', async ({ open, page }) => {
  const { figures, slices } = await openScrew(open);
  const before = (await figures.panel.boundingBox())!;
  await page.keyboard.press('x');
  await expect(slices.cuts).toHaveCount(2);
  const after = (await figures.panel.boundingBox())!;
  expect(after.height).toBeGreaterThan(1.5 * before.height);
  await figures.size.click();
  await expect(slices.cuts).toHaveCount(3);
});

test('goes from figure to figure with the arrow keys', async ({ open, page }) => {
  const { figures } = await openScrew(open);
  await figures.tab('Rocking curve').focus();
  await page.keyboard.press('ArrowRight');
  await expect(figures.tab('Surface')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(figures.tab('Detector')).toBeFocused();
});

test('lists what other models said before', async ({ open }) => {
  const { verdict, queue } = await openScrew(open);
  await expect(verdict.history).toHaveCount(3);
  await expect(verdict.history.nth(1)).toContainText('three-class 4f1d08c2');
  await expect(verdict.history.nth(2)).toContainText('Edge, unsure');
  await expect(verdict.history.nth(2)).toContainText('beamtime-may');
  await queue.open('S0036');
  await expect(verdict.headline).toHaveText('Defect-free');
  await expect(verdict.history).toHaveCount(0);
});

test('compares two scans side by side: one crosshair, one scale, either way of pinning', async ({ open, page }) => {
  const { slices, queue } = await openScrew(open);
  // The scans are listed once somebody looks for one.
  await slices.compareWith.focus();
  await slices.compareWith.selectOption({ label: (await slices.compareWith.getByText('S0036').textContent())! });
  await expect(slices.cuts).toHaveCount(6);
  const screw = slices.root.getByRole('application', { name: /^S0037: Cut across Q∥/ });
  const perfect = slices.root.getByRole('application', { name: /^S0036: Cut across Q∥/ });
  await expect(slices.comparedValues).toHaveText(['0 at the crosshair', '1.00 at the crosshair']);
  await perfect.focus();
  await page.keyboard.press('Shift+ArrowRight');
  close(await slices.crosshair(), [0, 5 * 0.00071, 0]);
  await expect(slices.comparedValues.first()).not.toHaveText('0 at the crosshair');
  await expect(screw).toHaveAccessibleName(/intensity 0\.\d+/);
  await page.screenshot({ path: 'test-results/looks/compare.png' });
  await page.keyboard.press('v');
  await expect(slices.cuts).toHaveCount(3);
  // Pinned by key, the next scan comes beside it.
  await page.keyboard.press('v');
  await queue.open('S0035');
  await expect(slices.root.getByRole('application', { name: /^S0037/ })).toHaveCount(3);
  await expect(slices.root.getByRole('application', { name: /^S0035/ })).toHaveCount(3);
});

test('saves the cuts and the rocking curve as PNG and as SVG', async ({ open, page }) => {
  const { slices, figures } = await openScrew(open);
  const saved = async (act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const png = await saved(() => page.keyboard.press('s'));
  expect(png.name).toBe('S0037_Pt_particle_L2_111_cut.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  // Three pixels per unit of 894 x 360.
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([894 * 3, 360 * 3]);
  mkdirSync('test-results/looks', { recursive: true });
  writeFileSync('test-results/looks/saved-cuts.png', png.bytes);
  await expect(slices.root.getByRole('button', { name: 'Save the cuts as SVG' })).toBeVisible();
  const svg = await saved(() => page.keyboard.press('Shift+G'));
  expect(svg.bytes.toString()).toContain('Cut across Q∥');
  expect(svg.bytes.toString().match(/data:image\/png;base64/g)).toHaveLength(3);
  const curve = await saved(() => figures.root.getByRole('button', { name: 'Save the rocking curve as PNG' }).click());
  expect(curve.name).toBe('S0037_Pt_particle_L2_111_rocking.png');
  writeFileSync('test-results/looks/saved-curve.png', curve.bytes);
});

test('saves the surface and the detector frame too, by button and by key', async ({ open, page }) => {
  const { app, explain, figures } = await openScrew(open);
  const saved = async (act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  await explain.explain.click();
  await expect(explain.stop).toBeVisible();
  await app.occlusion.begun();
  app.occlusion.advance('fine', 412);
  await figures.show('Surface');
  const surface = await saved(() => page.keyboard.press('i'));
  expect(surface.name).toBe('S0037_Pt_particle_L2_111_surface.png');
  expect([surface.bytes.readUInt32BE(16), surface.bytes.readUInt32BE(20)]).toEqual([520 * 3, 610 * 3]);
  writeFileSync('test-results/looks/saved-surface.png', surface.bytes);
  const svg = await saved(() => figures.root.getByRole('button', { name: 'Save the surface as SVG' }).click());
  expect(svg.bytes.toString()).toContain('Surface of equal intensity at');
  expect(svg.bytes.toString()).toContain('Fall of the probability of a screw dislocation');
  await figures.show('Detector');
  await expect(figures.detector).toContainText('Frame 101 of 201');
  const frame = await saved(() => figures.root.getByRole('button', { name: 'Save the detector frame as PNG' }).click());
  expect(frame.name).toBe('S0037_Pt_particle_L2_111_detector.png');
  writeFileSync('test-results/looks/saved-detector.png', frame.bytes);
  const lines = (await saved(() => page.keyboard.press('I'))).bytes.toString();
  // The volume's outline is dashed, dark under light; the axes are the detector's own.
  expect(lines.match(/stroke-dasharray/g)).toHaveLength(2);
  expect(lines).toContain('Frame 101 of 201');
  // Hot and dead pixels as on the screen: a square for each hot one, two lines for each dead one.
  const drawnIn = (svg: string, colour: string) => svg.match(new RegExp(`<polyline[^>]*stroke="${colour}"`, 'g')) ?? [];
  expect(drawnIn(lines, '#ff8fa8')).toHaveLength(3);
  expect(drawnIn(lines, '#8fdcff')).toHaveLength(2);
  expect(lines).toContain('12 hot (3 here)');
  await figures.size.click();
  await figures.detector.getByLabel('Mark hot and dead pixels').uncheck();
  const bare = (await saved(() => page.keyboard.press('I'))).bytes.toString();
  expect(drawnIn(bare, '#ff8fa8')).toHaveLength(0);
  expect(bare).not.toContain('12 hot');
});

test('says that nothing was saved while a scan is still loading, and saves once it is there', async ({
  open,
  page,
}) => {
  const { queue, slices } = await open(scenarios.slow);
  await queue.open('S0037');
  await page.keyboard.press('s');
  const notice = page.getByText('Not saved: S0037 Pt particle L2, 111 is still loading.');
  await expect(notice).toBeVisible();
  await page.screenshot({ path: 'test-results/looks/unsaved.png' });
  await expect(slices.cuts).toHaveCount(3);
  await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
  await expect(notice).toHaveCount(0);
  await queue.open('S0034');
  await page.keyboard.press('i');
  await expect(page.getByText('Not saved: ')).toBeVisible();
});

test('colours the surface by what the verdict rests on as it is found out, and takes it off', async ({
  open,
  page,
}) => {
  const { app, explain, figures } = await openScrew(open);
  await figures.show('Surface');
  await figures.size.click();
  await expect(figures.rests).toBeDisabled();
  const plain = await figures.picture();
  await explain.explain.click();
  await expect(explain.stop).toBeVisible();
  await app.occlusion.begun();
  app.occlusion.advance('coarse', 300);
  await expect(figures.rests).toBeEnabled();
  await expect(figures.occlusionBar).toBeVisible();
  const growing = await figures.picture();
  expect(growing.data).not.toBe(plain.data);
  app.occlusion.advance('fine', 412);
  await expect.poll(async () => (await figures.picture()).data).not.toBe(growing.data);
  await page.screenshot({ path: 'test-results/looks/surface-tinted.png' });
  await page.keyboard.press('W');
  await expect(figures.rests).not.toBeChecked();
  await expect(figures.occlusionBar).toHaveCount(0);
  await page.keyboard.press('W');
  await expect(figures.occlusionBar).toBeVisible();
  // Where there is little room the surface has it; the colour bar stands beside the verdict as well.
  await figures.size.click();
  await expect(figures.occlusionBar).toHaveCount(0);
  await figures.picture();
  await page.screenshot({ path: 'test-results/looks/surface-tinted-small.png' });
  await figures.size.click();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await figures.picture();
  await page.screenshot({ path: 'test-results/looks/surface-tinted-large-dark.png' });
  expect(await seriousFindings(page)).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  for (const name of ['Surface', 'Detector'] as const) {
    test(`the ${name.toLowerCase()} in ${theme}, looked at`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      const { figures } = await openScrew(open);
      await figures.show(name);
      if (name === 'Detector') await expect(figures.detector).toContainText('Frame 101');
      await figures.picture();
      await page.screenshot({ path: `test-results/looks/figure-${name}-${theme}.png` });
      await page.setViewportSize({ width: 1920, height: 1080 });
      await figures.size.click();
      await figures.picture();
      await page.screenshot({ path: `test-results/looks/figure-${name}-large-${theme}.png` });
      expect(await seriousFindings(page, (axe) => axe.include('main'))).toEqual([]);
    });
  }
}
