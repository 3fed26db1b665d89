import type { Locator, Page } from '@playwright/test';
import { OverviewView } from '../pages/overview-view';
import { Worklist } from '../pages/worklist';
import { seriousFindings } from '../support/axe';
import { judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { night, samples } from '../support/night';
import { scenarios } from '../support/scenarios';
import { someJobs } from '../support/some-jobs';

test.use({ timezoneId: 'UTC', locale: 'en-GB' });

/** With Tab alone, as somebody without a mouse gets there. */
async function tabTo(page: Page, there: Locator): Promise<void> {
  await there.waitFor();
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await there.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('no Tab leads there');
}

test('a night of three hundred scans over four samples, by keys alone', async ({ open, page }) => {
  const { app, beamline, queue, verdict } = await open({ ...scenarios.waiting, scans: night.slice(0, 40) });
  const overview = new OverviewView(page);
  const worklist = new Worklist(page);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const newest = night.at(-1)!;

  await test.step('Whoever comes for the night shift finds the newest verdict on the screen', async () => {
    await expect(queue.selected).toContainText('S0040');
    await expect(queue.rows.first()).toContainText('23:18');
  });

  await test.step('While a scan is looked at, the others of the night come in; it stays', async () => {
    await press('j');
    await expect(queue.selected).toContainText('S0039');
    // A copy of the night's files arrives in no order at all; the list is in that of the measurement.
    for (const scan of night.slice(40).toSorted((a, b) => (a.scan.at(-1)! < b.scan.at(-1)! ? -1 : 1)))
      app.announce(scan);
    await expect(queue.root.getByRole('heading')).toHaveText('300 scans');
    await expect(queue.selected).toContainText('S0039');
  });

  await test.step('n follows again: there is the last scan of the night, and the one before it below', async () => {
    await press('n');
    await expect(queue.selected).toContainText(newest.scan);
    await expect(queue.rows.nth(1)).toContainText('S0299');
    await press('ArrowDown');
  });

  await test.step('4 is the overview: the night on one line, the samples one map each', async () => {
    await press('4');
    await expect(overview.shown).toHaveText('300 of 300 scans');
    await expect(overview.proportions('All scans shown')).toHaveAccessibleName(/300 scans, 240 particles/);
    await tabTo(page, overview.timeline);
    await press('Home');
    await expect(overview.chosen).toHaveText('S0001');
    await expect(overview.mapPanel).toContainText(`${samples[0]} (75)`);
    await press('End');
    await expect(overview.chosen).toHaveText(newest.scan);
    await tabTo(page, overview.map);
    await press('ArrowLeft');
    const [name] = await overview.chosen.allTextContents();
    expect(night.find(({ scan }) => scan === name)?.sample).toBe(samples[3]);
  });

  await test.step('s shows the screw dislocations, u the sure ones, x all again', async () => {
    await press('s');
    await press('u');
    await expect(overview.chips).toHaveText(['Screw', 'Sure only']);
    const sure = night.filter(({ verdict: of }) => of?.class === 'screw' && of.sure).length;
    await expect(overview.shown).toHaveText(`${sure} of 300 scans`);
    // What is counted comes a moment later, and what was counted before also says 300.
    await expect(overview.proportions('All scans shown')).toHaveAccessibleName(new RegExp(`: ${sure} scans`));
    await press('x');
    await expect(overview.shown).toHaveText('300 of 300 scans');
  });

  let best = '';
  await test.step('Shift+B leads to the best particle: q queues it, the next one is skipped by k, and Ctrl+Z takes that back', async () => {
    await worklist.open();
    // Also where the list was still that of the filter.
    await expect(overview.proportions('All scans shown')).toHaveAccessibleName(/300 scans/);
    const [first, second, third] = (await worklist.names()) as [string, string, string];
    await expect(worklist.opener(worklist.row(first))).toBeFocused();
    await press('q');
    await expect(worklist.row(first).getByRole('button', { name: 'Queued' })).toHaveAttribute('aria-pressed', 'true');
    await press('ArrowDown');
    await expect(worklist.opener(worklist.row(second))).toBeFocused();
    await press('k');
    // Below the fifty best of 240 it is no longer on the list.
    await expect(worklist.row(second)).toHaveCount(0);
    await expect(worklist.opener(worklist.row(third))).toBeFocused();
    await press('Control+z');
    await expect(worklist.row(second).getByRole('button', { name: 'Skip', exact: true })).toBeVisible();
    await expect.poll(async () => (await worklist.names())[0]).toBe(first);
    best = first;
  });

  await test.step('Enter opens its scan; a look, a flag, a word against the network, and all of it stays after the page is opened anew', async () => {
    await press('Shift+B');
    await expect(worklist.opener(worklist.row(best))).toBeFocused();
    await press('Enter');
    await expect(queue.selected).toContainText(best);
    await press('f');
    await press('Shift+E');
    await expect(verdict.root).toContainText('Edge dislocation');
    await page.reload();
    await press('Shift+B');
    await expect(worklist.row(best)).toContainText('Edge');
    await expect(worklist.row(best).getByRole('button', { name: 'Queued' })).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('In the morning the beam centre is measured: b, the numbers, Enter', async () => {
    await press('1');
    await queue.row(newest.scan).waitFor();
    await press('b');
    await tabTo(page, beamline.field('Direct beam, row (px)'));
    await page.keyboard.type('252.5');
    await press('Tab');
    await page.keyboard.type('261');
    await press('Enter');
    await expect(beamline.root).toContainText('Saved.');
    await press('Escape');
  });

  await test.step('The night is offered to be judged again: Shift+R, with time left; what people said stays', async () => {
    const bar = page.locator('.notice');
    await expect(bar).toContainText('The geometry is another now. Judged before: 300 scans shown.');
    await press('Shift+R');
    await expect(bar).toContainText('Judged again: 0 of 300');
    app.jobs.set([{ ...someJobs.judging, done: 100, total: 300, secondsLeft: 400 }]);
    for (const scan of night.slice(0, 100)) app.announce(scan);
    await expect(bar).toContainText('Judged again: 100 of 300, 7 min left');
    await page.screenshot({ path: 'test-results/looks/night.png' });
    expect(await seriousFindings(page)).toEqual([]);
  });

  await test.step('The scan that was just measured is there at once; Ctrl+Z gives the old verdicts back', async () => {
    app.announce(judged(301, 'edge', 0.95, { sample: samples[3], startedAt: '2026-05-14T08:31:00.000Z' }));
    await expect(queue.rows.first()).toContainText('S0301');
    await press('Control+z');
    await expect(queue.rows.nth(1)).not.toContainText('Waiting');
    await expect(verdict.root).toContainText('Undone: new verdicts of 300 scans.');
  });

  await test.step('? lists every key that was used', async () => {
    await press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard' });
    for (const key of ['n', 'Shift+B', 'Shift+R', 'Ctrl+Z', 'Shift+E', 'b', 'q', 'k'])
      await expect(sheet.getByText(key, { exact: true }).first()).toBeVisible();
    await press('Escape');
  });
});
