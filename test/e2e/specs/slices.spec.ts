import { expect, test, type Screen } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const voxel = 0.00071;

/** Opens the scan that has a volume and waits for its cuts. */
async function openScrew(open: (state: typeof scenarios.beamtime) => Promise<Screen>): Promise<Screen> {
  const screen = await open(scenarios.beamtime);
  await screen.queue.open('S0037');
  await expect(screen.slices.cuts).toHaveCount(3);
  await expect(screen.slices.awaited).toHaveCount(0);
  return screen;
}

const close = (actual: readonly number[], expected: readonly number[]): void =>
  actual.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 4));

test('starts at the centre of mass and recentres on the brightest voxel', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  close(await slices.crosshair(), [0, 0, 0]);
  // A screw's pattern is hollow: its centre is dark.
  await expect(slices.crosshairValue).toHaveText('0');
  await page.keyboard.press('c');
  await expect(slices.crosshairValue).toHaveText('1.00');
  await slices.cut(0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(slices.crosshairValue).not.toHaveText('1.00');
  await page.keyboard.press('Home');
  await expect(slices.crosshairValue).toHaveText('1.00');
});

test('moves one crosshair through three linked cuts by keyboard', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  // The cut across Q parallel: horizontal to the right, vertical upwards.
  await slices.cut(0).focus();
  const before = await slices.pixels(2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  close(await slices.crosshair(), [0, voxel, 3 * voxel]);
  await page.keyboard.press(']');
  await page.keyboard.press('PageUp');
  close(await slices.crosshair(), [2 * voxel, voxel, 3 * voxel]);
  await page.keyboard.press('[');
  close(await slices.crosshair(), [voxel, voxel, 3 * voxel]);
  await page.keyboard.press('Shift+ArrowLeft');
  close(await slices.crosshair(), [voxel, -4 * voxel, 3 * voxel]);
  expect(await slices.pixels(2)).not.toBe(before);
});

test('moves the crosshair by click and drag, and says the value under the pointer', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  const box = (await slices.cut(1).boundingBox())!;
  const middle = { x: box.x + box.width / 2 + 22, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await expect(slices.cursorValue).not.toHaveText('–');
  await page.mouse.down();
  await page.mouse.move(middle.x + 60, middle.y - 40, { steps: 4 });
  await page.mouse.up();
  const [parallel, horizontal, vertical] = await slices.crosshair();
  expect(parallel).toBeGreaterThan(0);
  expect(horizontal).toBeCloseTo(0, 5);
  expect(vertical).toBeGreaterThan(0);
  await page.mouse.move(box.x + box.width / 2 + 22, 5);
  await expect(slices.cursorValue).toHaveText('–');
});

test('says of a voxel without measured pixels that it was not measured', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  await slices.cut(1).focus();
  for (let n = 0; n < 7; n++) await page.keyboard.press('Shift+ArrowRight');
  for (let n = 0; n < 7; n++) await page.keyboard.press('Shift+ArrowUp');
  await expect(slices.crosshairValue).toHaveText('not measured');
});

test('zooms about the crosshair by keys, wheel and buttons', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  await expect(slices.zoom).toHaveText('1×');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(slices.zoom).toHaveText('2×');
  await page.keyboard.press('-');
  await expect(slices.zoom).toHaveText('1.5×');
  await slices.cut(0).hover();
  await page.mouse.wheel(0, -100);
  await expect(slices.zoom).toHaveText('2×');
  await page.keyboard.press('0');
  await expect(slices.zoom).toHaveText('1×');
  await slices.root.getByRole('button', { name: 'Zoom in' }).click();
  await expect(slices.zoom).toHaveText('1.5×');
});

test('changes colour map and scale, and remembers both', async ({ open, page }) => {
  const { slices, queue } = await openScrew(open);
  const viridis = await slices.pixels(0);
  await page.keyboard.press('m');
  await expect(slices.colourMap).toHaveValue('cividis');
  expect(await slices.pixels(0)).not.toBe(viridis);
  const log = await slices.pixels(0);
  await page.keyboard.press('l');
  await expect(slices.scale).toHaveValue('linear');
  expect(await slices.pixels(0)).not.toBe(log);
  await slices.scale.selectOption('sqrt');
  await page.reload();
  await queue.open('S0037');
  await expect(slices.scale).toHaveValue('sqrt');
  await expect(slices.colourMap).toHaveValue('cividis');
});

test('keeps the view when going to another scan, to compare', async ({ open, page }) => {
  const { slices, queue } = await openScrew(open);
  await slices.cut(0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('+');
  const screw = await slices.pixels(0);
  await queue.open('S0036');
  await expect(queue.selected).toContainText('S0036');
  await expect.poll(() => slices.pixels(0)).not.toBe(screw);
  close(await slices.crosshair(), [0, voxel, 0]);
  await expect(slices.zoom).toHaveText('1.5×');
});

test('draws the rocking curve without asking the policy for more', async ({ open }) => {
  const { slices, complaints } = await openScrew(open);
  await expect(slices.rockingCurve.locator('svg').first()).toBeVisible();
  await expect(slices.rockingCurve).toHaveAccessibleName('Rocking curve: summed counts over eta, 201 points');
  expect(complaints).toEqual([]);
});

test('projects the whole volume, and leaves the picture alone while the crosshair moves', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  const cut = await slices.pixels(1);
  await page.keyboard.press('p');
  await expect(slices.view).toHaveValue('sum');
  await expect(slices.root.getByText('Sum along Q⊥ horizontal')).toBeVisible();
  const sum = await slices.pixels(1);
  expect(sum).not.toBe(cut);
  await slices.view.selectOption('maximum');
  expect(await slices.pixels(1)).not.toBe(sum);
  // Depth means nothing to a projection: only the cuts that show the crosshair move change.
  const still = await slices.pixels(1);
  await slices.cut(1).focus();
  await page.keyboard.press(']');
  expect(await slices.pixels(1)).toBe(still);
  await page.keyboard.press('p');
  await expect(slices.view).toHaveValue('cut');
});

test('shows the colour limits, and takes them by percentile or by hand', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  const automatic = await slices.pixels(0);
  await expect(slices.limit('Highest')).toHaveValue('1');
  await slices.limits.selectOption('p5');
  expect(Number(await slices.limit('Highest').inputValue())).toBeLessThan(0.2);
  expect(await slices.pixels(0)).not.toBe(automatic);
  await slices.limit('Highest').fill('0.5');
  await slices.limit('Highest').press('Enter');
  await expect(slices.limits).toHaveValue('manual');
  await expect(slices.colourBar).toHaveAccessibleName(/to 0.500$/);
  // An end beyond the other is refused, and the field says what holds.
  await slices.limit('Lowest').fill('0.7');
  await slices.limit('Lowest').press('Enter');
  expect(Number(await slices.limit('Lowest').inputValue())).toBeLessThan(0.5);
  await slices.limits.selectOption('auto');
  expect(await slices.pixels(0)).toBe(automatic);
  await slices.limits.selectOption('p1');
  await page.reload();
  await expect(slices.limits).toHaveValue('p1');
});

test('zooms where the pointer is, pans by dragging and by keys, and fits again', async ({ open, page }) => {
  const { slices } = await openScrew(open);
  const box = (await slices.cut(0).boundingBox())!;
  const at = { x: box.x + box.width / 2 + 80, y: box.y + box.height / 2 - 50 };
  await page.mouse.move(at.x, at.y);
  const under = await slices.cursorPosition();
  for (let n = 0; n < 3; n++) await page.mouse.wheel(0, -100);
  await expect(slices.zoom).toHaveText('3×');
  await page.mouse.move(at.x + 1, at.y);
  close(await slices.cursorPosition(), under);
  const before = await slices.pixels(0);
  await page.keyboard.down('Shift');
  await page.mouse.down();
  await page.mouse.move(at.x - 60, at.y, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const dragged = await slices.pixels(0);
  expect(dragged).not.toBe(before);
  close(await slices.crosshair(), [0, 0, 0]);
  await slices.cut(0).focus();
  await page.keyboard.press('Control+ArrowRight');
  expect(await slices.pixels(0)).not.toBe(dragged);
  await slices.root.getByRole('button', { name: 'Whole volume' }).click();
  await expect(slices.zoom).toHaveText('1×');
});
