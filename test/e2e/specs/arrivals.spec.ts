import type { ScanSummary } from '@contract/scan';
import { fakeScan, judged, verdictOf } from '../support/fake-scans';
import type { QueuePanel } from '../pages/queue-panel';
import type { FakeApp } from '../support/fake-app';
import { expect, test } from '../support/fixtures';
import { syntheticVolume } from '../support/patterns';
import { watchPanels } from '../support/stir';

// An arriving scan touches what depends on it, and nothing else: counted, not timed.

/** Twenty scans, each told of as it arrives, is reduced and is judged. */
async function twentyArrive(app: FakeApp): Promise<void> {
  const unjudged = { verdict: undefined, judgedAt: undefined };
  for (let n = 101; n <= 120; n++) {
    app.announce(fakeScan(n, { ...unjudged, state: 'arriving', framesPresent: 45 }));
    app.announce(fakeScan(n, { ...unjudged, state: 'reducing' }));
    app.announce(judged(n, 'edge'));
    // In frames of their own, too.
    if (n % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const allThere = (queue: QueuePanel): Promise<void> =>
  expect(queue.root.getByRole('heading')).toHaveText(/^2[12] scans$/);

const kinds = {
  'a judged scan': judged(1, 'screw'),
  'a scan that still arrives': fakeScan(1, { state: 'arriving', framesPresent: 3, verdict: undefined }),
};
for (const [what, scan] of Object.entries(kinds))
  test(`nothing stirs in the panels of ${what} while others arrive`, async ({ open }) => {
    const { queue, page, app, verdict } = await open({ watch: { folder: '/data' }, scans: [scan, judged(2, 'edge')] });
    await queue.open('S0001');
    await expect(verdict.root).toContainText('Geometry');
    await page.waitForTimeout(1000);
    const stirred = await watchPanels(page);
    await twentyArrive(app);
    await allThere(queue);
    expect(await stirred()).toEqual({ changes: [], drawn: 0 });
  });

test('nor in those of a scan that could not be fetched', async ({ open }) => {
  const { queue, page, app } = await open({
    watch: { folder: '/data' },
    scans: [judged(1, 'screw')],
    failing: ['scans/detail'],
  });
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await queue.open('S0001');
  const stirred = await watchPanels(page);
  await twentyArrive(app);
  await allThere(queue);
  expect(await stirred()).toEqual({ changes: [], drawn: 0 });
});

test('of a scan that is followed and has no picture yet, only words change', async ({ open }) => {
  const unjudged = { verdict: undefined, judgedAt: undefined, state: 'waiting' } as const;
  const { queue, page, app, verdict } = await open({ watch: { folder: '/data' }, scans: [fakeScan(1, unjudged)] });
  await expect(verdict.root).toContainText('pt_nps_0001.h5::1.1');
  const stirred = await watchPanels(page);
  for (let n = 101; n <= 120; n++) {
    app.announce(fakeScan(n, unjudged));
    await expect(verdict.root).toContainText(`pt_nps_0001.h5::${n}.1`);
  }
  await expect(queue.selected).toContainText('S0120');
  const { changes, drawn } = await stirred();
  expect(changes.filter((change) => change.startsWith('childList'))).toEqual([]);
  expect(drawn).toBe(0);
});

test('while the frames of the open scan land, its volume is neither fetched nor drawn again', async ({ open }) => {
  const early = (framesPresent: number): ScanSummary =>
    fakeScan(1, { state: 'arriving', judgedAt: undefined, framesPresent, verdict: verdictOf('screw', 0.7, true) });
  let fetched = 0;
  const { page, app, queue, slices } = await open({
    watch: { folder: '/data' },
    scans: [early(100)],
    volume: () => (fetched++, syntheticVolume('screw', 1)),
  });
  await expect(slices.cuts).toHaveCount(3);
  await page.waitForTimeout(1000);
  const stirred = await watchPanels(page);
  for (let present = 101; present <= 110; present++) {
    app.announce(early(present));
    await expect(queue.row('S0001')).toContainText(`${present} of 201`);
  }
  expect((await stirred()).drawn).toBe(0);
  expect(fetched).toBe(1);
});
