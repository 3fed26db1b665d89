import { seriousFindings } from '../support/axe';
import { fakeScan, judged, verdictOf } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';
import { someJobs } from '../support/some-jobs';

test('shows every state of a scan in words, newest first', async ({ open }) => {
  const { queue } = await open(scenarios.beamtime);
  await expect(queue.rows).toHaveCount(12);
  await expect(queue.rows.first()).toContainText('S0041');
  await expect(queue.row('S0041')).toContainText(/Edge\s*61 %\s*early/);
  await expect(queue.row('S0041')).toContainText('45 of 201');
  await expect(queue.row('S0041').getByRole('progressbar')).toHaveAttribute('value', '45');
  await expect(queue.row('S0040')).toContainText('Arriving');
  await expect(queue.row('S0039')).toContainText('Waiting');
  await expect(queue.row('S0038')).toContainText('Reducing');
  await expect(queue.row('S0037')).toContainText(/Screw\s*97 %/);
  await expect(queue.row('S0037')).toContainText('match');
  await expect(queue.row('S0035')).toContainText('unsure');
  await expect(queue.row('S0035')).toContainText('mismatch');
  await expect(queue.row('S0034')).toContainText('Rejected');
  await expect(queue.row('S0033')).toContainText('Skipped');
});

test('counts classes, doubts and what could not be judged', async ({ open }) => {
  const { queue } = await open(scenarios.beamtime);
  const tally = queue.root.getByRole('list');
  await expect(tally).toContainText(/Defect-free\s*2/);
  await expect(tally).toContainText(/Screw dislocation\s*1/);
  await expect(tally).toContainText(/Edge dislocation\s*1/);
  await expect(tally).toContainText('1 unsure');
  await expect(tally).toContainText('4 in progress');
  await expect(tally).toContainText('3 not judged');
});

test('follows the newest verdict until another scan is chosen', async ({ open }) => {
  const { queue, app } = await open(scenarios.beamtime);
  await expect(queue.selected).toContainText('S0041');
  app.announce(fakeScan(42, { state: 'arriving', framesPresent: 1 }));
  await expect(queue.row('S0042')).toBeVisible();
  await expect(queue.selected).toContainText('S0041');
  app.announce(fakeScan(42, { state: 'arriving', framesPresent: 120, verdict: verdictOf('screw', 0.7, true) }));
  await expect(queue.selected).toContainText('S0042');
  await queue.open('S0037');
  await expect(queue.follow).not.toBeChecked();
  app.announce(judged(43, 'edge'));
  await expect(queue.row('S0043')).toBeVisible();
  await expect(queue.selected).toContainText('S0037');
  await queue.follow.check();
  await expect(queue.selected).toContainText('S0043');
});

test('shows frames arriving, the early verdict and the final one', async ({ open }) => {
  const { queue, verdict, app } = await open(scenarios.waiting);
  app.announce(fakeScan(1, { state: 'arriving', framesPresent: 10 }));
  await expect(queue.row('S0001')).toContainText('10 of 201');
  app.announce(fakeScan(1, { state: 'arriving', framesPresent: 120, verdict: verdictOf('screw', 0.7, true) }));
  await expect(queue.row('S0001')).toContainText('120 of 201');
  await expect(queue.row('S0001')).toContainText('early');
  await expect(verdict.root).toContainText('Early: 120 of 201 frames were there.');
  app.announce(judged(1, 'screw', 0.93));
  await expect(queue.row('S0001')).not.toContainText('early');
  await expect(queue.row('S0001').getByRole('progressbar')).toHaveCount(0);
  await expect(verdict.root).toContainText('The network is sure.');
});

test('is operated by keyboard', async ({ open, page }) => {
  const { queue } = await open(scenarios.beamtime);
  await expect(queue.selected).toContainText('S0041');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(queue.selected).toContainText('S0039');
  await page.keyboard.press('k');
  await expect(queue.selected).toContainText('S0040');
  await queue.list.focus();
  await page.keyboard.press('End');
  await expect(queue.selected).toContainText('S0030');
  await page.keyboard.press('ArrowUp');
  await expect(queue.selected).toContainText('S0031');
  await page.keyboard.press('Home');
  await expect(queue.selected).toContainText('S0041');
  await page.keyboard.press('f');
  await expect(queue.selected).toContainText('flagged');
  await page.keyboard.press('f');
  await expect(queue.selected).not.toContainText('flagged');
});

test('flags a scan by its star without opening it', async ({ open }) => {
  const { queue } = await open(scenarios.beamtime);
  await queue.row('S0036').getByTitle('Flag or unflag').click();
  await expect(queue.row('S0036')).toContainText('flagged');
  await expect(queue.selected).toContainText('S0041');
});

test('stays light with two thousand scans', async ({ open, page }) => {
  const { queue, app } = await open(scenarios.overfull);
  await expect(queue.root.getByRole('heading')).toHaveText('2000 scans');
  expect(await queue.rows.count()).toBeLessThan(40);
  await queue.list.focus();
  await page.keyboard.press('End');
  await expect(queue.selected).toContainText('S0001');
  await expect(queue.selected).toBeInViewport();
  await expect(queue.selected).toHaveAttribute('aria-posinset', '2000');
  app.announce(judged(2001, 'edge', 0.9));
  await expect(queue.root.getByRole('heading')).toHaveText('2001 scans');
  await expect(queue.selected).toContainText('S0001');
});

test('judges all scans shown again once the beamline’s answers are others, and takes that back with one key', async ({
  open,
  page,
}) => {
  const scans = [judged(1, 'edge'), judged(2, 'screw'), judged(3, 'perfect')];
  const { app, queue, verdict } = await open({ ...scenarios.waiting, scans });
  await queue.row('S0002').waitFor();
  await page.keyboard.press('b');
  await page.getByRole('button', { name: 'Save, judge all shown again' }).click();
  await expect(queue.row('S0001')).toContainText('Waiting');
  await expect(verdict.root).toContainText('3 scans to be judged again');
  expect(app.redone.map(({ id }) => id).toSorted()).toEqual(['scan-1', 'scan-2', 'scan-3']);
  await page.keyboard.press('Control+z');
  for (const name of ['S0001', 'S0002', 'S0003']) await expect(queue.row(name)).not.toContainText('Waiting');
  await expect(verdict.root).toContainText('Undone: new verdicts of 3 scans.');
});

test('offers to judge all shown again once another model judges: one key, with time left, pause and undo', async ({
  open,
  page,
}) => {
  const scans = [judged(1, 'edge'), judged(2, 'screw'), judged(3, 'perfect'), fakeScan(4, { judgedAt: undefined })];
  const { app, queue } = await open({ ...scenarios.waiting, scans });
  await queue.row('S0002').waitFor();
  const bar = page.locator('.notice').filter({ hasText: /[Jj]udge/ });
  app.inform({ model: null });
  app.inform({
    model: { name: 'own', hash: '99', provisional: false, classes: ['perfect', 'screw', 'edge'], summary: '' },
  });
  await expect(bar).toContainText('Another model judges now. Judged before: 3 scans shown.');
  await page.screenshot({ path: 'test-results/looks/judge-again-offer.png' });
  await page.keyboard.press('Shift+R');
  await expect(queue.row('S0001')).toContainText('Waiting');
  await expect(bar).toContainText('Judged again: 0 of 3');
  app.jobs.set([{ ...someJobs.judging, done: 1, total: 3, secondsLeft: 310 }]);
  app.announce(scans[0]!);
  await expect(bar).toContainText('Judged again: 1 of 3, 5 min left');
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(bar.getByRole('button', { name: 'Go on' })).toBeVisible();
  expect(app.jobs.asked).toEqual([['judging', 'pause']]);
  await page.screenshot({ path: 'test-results/looks/judge-again.png' });
  expect(await seriousFindings(page)).toEqual([]);
  await bar.getByRole('button', { name: 'Go on' }).click();
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toHaveCount(0);
  await expect(queue.row('S0002')).not.toContainText('Waiting');
  expect(app.redone.map(({ id }) => id).toSorted()).toEqual(['scan-1', 'scan-2', 'scan-3']);

  // Unasked for, it is asked first.
  await page.keyboard.press('Shift+R');
  await expect(bar).toContainText('Judge again what is shown: 3 scans?');
  expect(app.redone).toHaveLength(3);
  await page.keyboard.press('Shift+R');
  // Asked for before it is judged, as in the app.
  await expect(bar).toContainText('Judged again: 0 of 3');
  await expect.poll(() => app.redone.length).toBe(6);
  for (const scan of scans) app.announce(scan);
  await expect(bar).toContainText('3 scans judged again.');
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bar).toHaveCount(0);
});

test('offers the same when the beamline is another', async ({ open, page }) => {
  const { queue } = await open({ ...scenarios.waiting, scans: [judged(1, 'edge')] });
  await queue.row('S0001').waitFor();
  await page.getByLabel('Beamline', { exact: true }).selectOption({ index: 2 });
  await expect(page.getByText('The beamline is another now. Judged before: 1 scan shown.')).toBeVisible();
});
