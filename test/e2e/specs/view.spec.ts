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
  await page.keyboard.press('t');
  await expect.poll(() => page.evaluate(theme)).toBe('dark');
  const toggled = await slices.pixels(0);
  await page.reload();
  expect(await page.evaluate(theme)).toBe('dark');
  await queue.open('S0037');
  await expect(slices.cuts).toHaveCount(3);
  // What is drawn after the change is what a fresh start draws.
  expect(await slices.pixels(0)).toBe(toggled);
  await top.nextTheme();
  await expect.poll(() => page.evaluate(theme)).toBe('night');
  await expect(slices.root.getByLabel('Colour map')).toHaveValue('red');
  await page.reload();
  expect(await page.evaluate(theme)).toBe('night');
  await top.nextTheme();
  await expect.poll(() => page.evaluate(theme)).toBe('light');
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
