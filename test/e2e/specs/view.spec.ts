import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const theme = 'document.documentElement.dataset.theme';

test('follows the system’s theme until one is chosen, and keeps the choice', async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { slices, queue, top } = await open(scenarios.beamtime);
  expect(await page.evaluate(theme)).toBe('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => page.evaluate(theme)).toBe('light');
  await queue.open('S0037');
  await expect(slices.cuts).toHaveCount(3);
  const light = await slices.pixels(0);
  await page.keyboard.press('t');
  await expect.poll(() => page.evaluate(theme)).toBe('dark');
  await expect.poll(() => slices.pixels(0)).not.toBe(light);
  const toggled = await slices.pixels(0);
  await page.reload();
  expect(await page.evaluate(theme)).toBe('dark');
  await queue.open('S0037');
  await expect(slices.cuts).toHaveCount(3);
  // What is drawn after the change is what a fresh start draws.
  await expect.poll(async () => (await slices.pixels(0)) === toggled).toBe(true);
  await top.nextTheme();
  await expect.poll(() => page.evaluate(theme)).toBe('night');
  await expect(slices.root.getByLabel('Colour map')).toHaveValue('red');
  await page.reload();
  expect(await page.evaluate(theme)).toBe('night');
  await top.nextTheme();
  await expect.poll(() => page.evaluate(theme)).toBe('light');
});

test('before the script is there the page has its theme, name and top bar, and nothing moves when it comes', async ({
  open,
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('braggwatch.theme', 'night'));
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const opening = open(scenarios.beamtime);
  const waiting = page.getByText('Opening…');
  await expect(waiting).toBeVisible();
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('Braggwatch');
  const look = (): Promise<object> =>
    banner.evaluate((bar) => {
      const { x, y, width, height } = bar.getBoundingClientRect();
      const { backgroundColor, borderBottomColor } = getComputedStyle(bar);
      return { x, y, width, height: Math.round(height), backgroundColor, borderBottomColor };
    });
  const before = await look();
  expect(before).toMatchObject({ backgroundColor: 'rgb(8, 0, 0)' });
  await page.screenshot({ path: 'test-results/looks/opening-night.png' });
  release();
  const { queue } = await opening;
  await expect(queue.list).toBeVisible();
  await expect(waiting).toHaveCount(0);
  expect(await look()).toEqual(before);
});

test('lists every key on the help sheet, and gives the focus back', async ({ open, page }) => {
  const { queue } = await open(scenarios.beamtime);
  await queue.list.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(sheet).toContainText('Next scan in the list');
  await expect(sheet).toContainText('Zoom in');
  // Keys rest while a dialog is open.
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(queue.selected).toContainText('S0041');
  await expect(queue.list).toBeFocused();
});

test('a key that follows the closing of a dialog at once is not lost', async ({ open, page }) => {
  const { queue } = await open(scenarios.beamtime);
  await queue.open('S0037');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  // As Escape and the next key come where the page is busy: one right behind the other.
  await page.evaluate(() => {
    document.querySelector('dialog')?.requestClose();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ',', bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(1);
});

test('everything is reached with the Tab key alone', async ({ open, page }) => {
  const { queue } = await open(scenarios.beamtime);
  await queue.open('S0037');
  await expect(page.getByRole('application')).toHaveCount(3);
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  const reached = new Set<string>();
  for (let n = 0; n < 150; n++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    reached.add(await focused.evaluate((element) => `${element.tagName} ${element.getAttribute('role') ?? ''}`.trim()));
  }
  expect([...reached]).toEqual(
    expect.arrayContaining(['BUTTON', 'SELECT', 'INPUT', 'DIV listbox', 'DIV application', 'TEXTAREA']),
  );
});

test('a dialog that is closed before it has loaded stays closed, and the focus where it was', async ({
  open,
  page,
}) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/HelpDialog-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const { queue } = await open(scenarios.beamtime);
  const help = page.getByRole('button', { name: 'Keyboard help' });
  await queue.open('S0037');
  await help.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  release();
  // Loaded by now, asked for or not: a second wish shows it at once.
  await page.waitForTimeout(500);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(help).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(help).toBeFocused();
});
