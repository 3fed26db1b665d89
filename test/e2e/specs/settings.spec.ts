import type { Page } from '@playwright/test';
import { fakeScan, judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

/** Puts a recorder in place of the browser's notifications, which a test cannot see. */
const recordNotifications = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const shown: string[] = [];
    function Recorder(title: string, { body }: { body: string }): void {
      shown.push(`${title} | ${body}`);
    }
    const recorder = Object.assign(Recorder, {
      permission: 'default',
      requestPermission: () => Promise.resolve((recorder.permission = 'granted')),
    });
    Object.assign(window, { Notification: recorder, shown });
  });
const shown = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { shown: string[] }).shown);

test('tells outside the window of defective particles, once asked to, and makes one of many', async ({
  open,
  page,
}) => {
  await recordNotifications(page);
  const { app } = await open(scenarios.beamtime);
  app.announce(judged(50, 'edge'));
  await page.keyboard.press(',');
  const dialog = page.getByRole('dialog', { name: 'Settings of this screen' });
  await expect(dialog.getByLabel('Of a defective particle')).not.toBeChecked();
  await dialog.getByLabel('Of a defective particle').check();
  await page.keyboard.press('Escape');
  for (const [number, of] of [
    [51, 'perfect'],
    [52, 'screw'],
    [53, 'edge'],
    [54, 'screw'],
  ] as const)
    app.announce(judged(number, of));
  // Neither an unsure one nor a mark on an old scan is news.
  app.announce(judged(55, 'screw', 0.4));
  app.announce(judged(37, 'screw', 0.974, { flagged: false }));
  await expect.poll(() => shown(page)).toEqual(['3 defective | S0052, S0053, S0054']);
  await page.reload();
  await page.keyboard.press(',');
  await expect(dialog.getByLabel('Of a defective particle')).toBeChecked();
});

test.describe('at the first start', () => {
  test.use({ freshNotices: true });

  test('says once that no graphics card draws', async ({ open, page }) => {
    await open(scenarios.beamtime);
    const notice = page.getByText(/No graphics card draws this window/);
    await expect(notice).toBeVisible();
    await expect(notice).not.toContainText('ANGLE');
    await page.screenshot({ path: 'test-results/looks/software.png' });
    await expect.poll(() => page.evaluate('document.documentElement.dataset.effects')).toBe('off');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    await page.reload();
    await expect.poll(() => page.evaluate('document.documentElement.dataset.effects')).toBe('off');
    await expect(notice).toHaveCount(0);
  });
});

test('guides from an empty profile to the first judged scan', async ({ open, page }) => {
  const { app, folder, queue } = await open(scenarios.empty);
  const step = page.locator('[aria-current=step]');
  await expect(step).toContainText('Choose the folder the detector writes to');
  await step.getByRole('button', { name: 'Choose folder…' }).click();
  await folder.watch('/data/visitor/hc5432/id01/20260513/RAW_DATA');
  await expect(step).toContainText('See the first scan judged');
  await expect(page.getByRole('listitem').filter({ hasText: 'Choose the folder' })).toContainText('done');
  app.announce(fakeScan(1, { state: 'arriving', framesPresent: 3 }));
  await expect(page.getByText('Your first scan is judged')).toHaveCount(0);
  app.announce(judged(1, 'screw'));
  await expect(page.getByText('Your first scan is judged: S0001, Screw dislocation.')).toBeVisible();
  await expect(page.getByText('The panel on the right says how sure that is')).toBeVisible();
  await page.screenshot({ path: 'test-results/looks/first-verdict.png' });
  // Follow newest goes on: what the panel shows is another scan by then.
  app.announce(judged(2, 'perfect'));
  await expect(queue.row('S0002')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('The panel on the right')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show S0001' }).click();
  await expect(queue.row('S0001')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('The panel on the right says how sure that is')).toBeVisible();
});

test('says in words that a browser cannot tell where a dropped file lies', async ({ open, page }) => {
  await open(scenarios.beamtime);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'scan.h5'));
    return transfer;
  });
  const body = page.locator('body');
  await body.dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.getByText('Drop a folder to watch it, or a scan to judge it')).toBeVisible();
  await body.dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByText('A browser does not tell a page where a dropped file lies.')).toBeVisible();
});
