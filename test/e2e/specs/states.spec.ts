import { BraggwatchError } from '@contract/errors';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('says that a scan is loading', async ({ open }) => {
  const { queue, slices } = await open(scenarios.slow);
  await queue.open('S0037');
  await expect(slices.root).toContainText('Loading…');
  await expect(slices.cuts).toHaveCount(3);
});

test('says why there is no volume yet, or ever', async ({ open }) => {
  const { queue, slices } = await open(scenarios.beamtime);
  await queue.open('S0040');
  await expect(slices.root).toContainText('The volume appears once enough frames have arrived.');
  await queue.open('S0038');
  await expect(slices.root).toContainText('Reducing the frames to a volume…');
  await queue.open('S0033');
  await expect(slices.root).toContainText('This scan has no volume.');
});

test('keeps working when requests fail, and lets them be tried again', async ({ open, page }) => {
  const { queue, slices, verdict } = await open(scenarios.failing);
  await queue.open('S0037');
  await expect(slices.root.getByRole('alert')).toContainText('scans/detail was told to fail');
  await expect(verdict.headline).toHaveText('Screw dislocation');
  await slices.root.getByRole('button', { name: 'Try again' }).click();
  await expect(slices.root.getByRole('alert')).toBeVisible();
  await verdict.flag.click();
  const alerts = page.getByRole('region', { name: 'Alerts' });
  await expect(alerts.getByRole('alert')).toContainText('scans/flag was told to fail');
  await alerts.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alerts).toHaveCount(0);
});

test('shows standing troubles while they last', async ({ open, page }) => {
  const { app, top } = await open(scenarios.troubled);
  const alerts = page.getByRole('region', { name: 'Alerts' });
  await expect(alerts.getByRole('alert')).toHaveCount(2);
  await expect(alerts).toContainText('There is no such file or folder.');
  await expect(alerts).toContainText('The inference engine asked for cannot run on this machine.');
  await expect(alerts).toContainText('Run braggwatch doctor');
  await expect(top.root).toContainText('No engine');
  await expect(top.root).toContainText('No model');
  app.alert([{ id: 'disk', problem: new BraggwatchError('disk-full', '/home').toProblem() }]);
  await expect(alerts).toContainText('There is no room left');
  app.alert([]);
  await expect(alerts.getByRole('alert')).toHaveCount(1);
});

test('tells of files in a layout that nobody knows while the first scan is waited for, until that is read', async ({
  open,
  page,
}) => {
  const { app } = await open({ ...scenarios.empty, watch: { folder: '/data', preset: 'auto', problem: null } });
  const alerts = page.getByRole('region', { name: 'Alerts' });
  const strange = (files: string) => ({
    id: 'layout /data',
    problem: new BraggwatchError('layout-unknown', `${files} in /data: e.g. scan_1.nxs`).toProblem(),
  });
  app.alert([strange('3 files')]);
  await expect(page.getByRole('heading', { name: 'Waiting for the first scan' })).toBeVisible();
  await expect(alerts).toContainText('3 files in /data: e.g. scan_1.nxs');
  await page.screenshot({ path: 'test-results/looks/layout-unknown.png' });
  await alerts.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alerts).toHaveCount(0);
  // Not even when the page is opened anew.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Waiting for the first scan' })).toBeVisible();
  await expect(alerts).toHaveCount(0);
  // Another such file is no news; such files after there were none are.
  app.alert([strange('4 files')]);
  await expect(alerts).toHaveCount(0);
  app.alert([]);
  app.alert([strange('1 file')]);
  await expect(alerts).toContainText('1 file in /data');
});

test('says that the connection was lost, reconnects, and is up to date again', async ({ open }) => {
  const { top, queue, app, interrupt } = await open(scenarios.beamtime);
  await expect(top.connection).toHaveText('Connected');
  const resume = await interrupt();
  await expect(top.connection).toHaveText('Connection lost, reconnecting…');
  // The list stays readable meanwhile.
  await expect(queue.row('S0037')).toBeVisible();
  app.announce({ ...scenarios.beamtime.scans[4]!, flagged: false, title: 'changed meanwhile' });
  await resume();
  await expect(top.connection).toHaveText('Connected');
  await expect(queue.row('S0037')).toContainText('changed meanwhile');
});

test('a flag that is set while the app is away is shown, and set when it is back', async ({ open, page }) => {
  const { app, top, queue, verdict, interrupt } = await open(scenarios.beamtime);
  await queue.open('S0036');
  const resume = await interrupt();
  await expect(top.connection).toHaveText('Connection lost, reconnecting…');
  await verdict.flag.click();
  await expect(page.getByText('One mark was made while the app is away')).toBeVisible();
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
  await resume();
  await expect(top.connection).toHaveText('Connected');
  await expect(page.getByText('One mark was made while the app is away')).toHaveCount(0);
  const scans = async () => await app.handlers['scans/list'](undefined);
  await expect.poll(scans).toContainEqual(expect.objectContaining({ scan: 'S0036', flagged: true }));
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
});

for (const [key, view] of [
  ['1', /^Watch/],
  ['2', /^Simulate/],
  ['3', /^Train/],
  ['4', /^Overview/],
] as const) {
  test(`a page that nobody touches asks nothing of the app: view ${key}`, async ({ open, page }) => {
    const { app, queue } = await open(scenarios.mapped);
    await queue.rows.first().click();
    await page.keyboard.press(key);
    await expect(page.getByRole('navigation').getByRole('button', { name: view })).toHaveAttribute(
      'aria-current',
      'page',
    );
    // What the view itself needs it asks for at its opening.
    await page.waitForTimeout(3000);
    const opened = app.asked.length;
    expect(opened).toBeGreaterThan(0);
    await page.waitForTimeout(2000);
    expect(app.asked.slice(opened)).toEqual([]);
  });
}
