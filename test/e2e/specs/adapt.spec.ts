import type { Page } from '@playwright/test';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { JobDrawer } from '../pages/job-drawer';
import { TrainPanel } from '../pages/train-panel';
import { seriousFindings, sticksOut } from '../support/axe';
import { trialOf } from '../support/fake-adapting';
import type { FakeApp, FakeState } from '../support/fake-app';
import { judged } from '../support/fake-scans';
import { expect, test, type Screen } from '../support/fixtures';
import { furnished, someModel } from '../support/furnished';
import { scenarios } from '../support/scenarios';
import { someJobs } from '../support/some-jobs';

const mine = '/home/lea/models/beamtime-1';
const better = trialOf([24, 2], [27, 1]);
const mixed = trialOf([24, 1], [27, 2]);
const worse = trialOf([24, 1], [24, 1]);

/** An app with two models, of which the shipped one judges until another is asked for. */
function bench(): FakeState {
  const models = [someModel, { ...someModel, id: mine, name: 'beamtime-1', shipped: false, provisional: null }];
  let active = 'three-class';
  const shelf: Partial<Handlers> = {
    'models/list': () => ({ models, active, previous: null }),
    'models/use': ({ id }) => ({ models, active: (active = id), previous: 'three-class' }),
  };
  return { ...scenarios.beamtime, answering: { ...furnished, ...shelf } };
}

interface Opened {
  readonly app: FakeApp;
  readonly train: TrainPanel;
  readonly interrupt: Screen['interrupt'];
}

/** The Train view, on an app of which so many judged scans tell their crystal's size. */
async function openTrain(page: Page, open: (state: FakeState) => Promise<Screen>, scans: number): Promise<Opened> {
  const { app, interrupt } = await open(bench());
  app.adapting.scans = scans;
  const train = new TrainPanel(page);
  await page.keyboard.press('3');
  await expect(train.model('three-class')).toBeVisible();
  await expect(train.chart('Loss').locator('svg').first()).toBeVisible();
  return { app, train, interrupt };
}

test('too few scans: it says how many there are and how many it takes, and offers nothing', async ({ open, page }) => {
  const { app, train } = await openTrain(page, open, 1);
  const { root, button } = { root: train.adapting.root, button: train.adapting.button('Adapt to this beamtime') };
  await expect(root).toContainText(
    'once 5 judged scans of the watched folder tell their crystal’s size; one does so far.',
  );
  await expect(button).toHaveCount(0);
  // A backlog is judged while one looks: it is asked about once in a while, and the last of them counts.
  const asked = (): number => app.asked.filter((name) => name === 'adapting/likeness').length;
  const before = asked();
  for (let n = 0; n < 40; n++) {
    app.adapting.scans = 2 + n;
    app.announce(judged(100 + n, 'screw', 0.9, { judgedAt: `2026-05-13T05:00:${String(n).padStart(2, '0')}.000Z` }));
    // What comes within one frame is one change.
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await expect(root).toContainText('Like 41 judged scans');
  await expect(button).toBeEnabled();
  expect(asked() - before).toBeLessThan(10);
});

test('the scans are looked at again after a lost connection', async ({ open, page }) => {
  const { app, train, interrupt } = await openTrain(page, open, 0);
  await expect(train.adapting.root).toContainText('none does so far.');
  const resume = await interrupt();
  app.adapting.scans = 4;
  await resume();
  // A busy machine takes its time to connect again.
  await expect(train.adapting.root).toContainText('4 do so far.', { timeout: 30_000 });
});

test('enough scans: it says what is simulated, and one click does it all, step by step', async ({ open, page }) => {
  const { app, train } = await openTrain(page, open, 12);
  const { adapting } = train;
  await expect(adapting.root).toContainText(
    'Like 12 judged scans: Pt at {111} and {200}, 182 to 410 nm, 8\u202f100 to 120\u202f000 counts at the peak, ' +
      'oversampling 2.5 to 4.1; 4\u202f800 patterns.',
  );
  await adapting.button('Adapt to this beamtime').click();
  await expect(adapting.status).toHaveText('Adapting to this beamtime');
  await expect.poll(() => app.adapting.begun).toEqual([{ anew: false }]);
  await expect(adapting.button('Adapt to this beamtime')).toHaveCount(0);
  expect(await adapting.progress.evaluate((bar: HTMLProgressElement) => bar.position)).toBe(-1);

  app.adapting.advance('simulating', 150, 600, 480);
  await expect(adapting.root).toContainText('1 of 3: simulating crystals');
  await expect(adapting.root).toContainText('150 of 600 crystals · 8 min left of this step');
  expect(await adapting.progress.evaluate((bar: HTMLProgressElement) => bar.position)).toBeCloseTo(0.25);
  app.adapting.advance('training', 1200, 3200, 660);
  await expect(adapting.root).toContainText('2 of 3: training');
  await expect(adapting.root).toContainText('1\u202f200 of 3\u202f200 steps · 11 min left of this step');
  app.jobs.set([
    { ...someJobs.training, id: 'adapting', kind: 'adapting', name: 'beamtime-1', done: 1200, total: 3200 },
  ]);
  const drawer = new JobDrawer(page);
  await drawer.openByKey();
  await expect(drawer.job('Adapting to this beamtime: beamtime-1')).toContainText('1\u202f200 of 3\u202f200');
  await page.keyboard.press('Escape');
  await expect(drawer.root).toBeHidden();
  app.adapting.advance('judging', 30, 120, 90);
  await expect(adapting.root).toContainText('3 of 3: judging raw scans by both');
  await expect(adapting.root).toContainText('30 of 120 scans · 2 min left of this step');
});

test('it is stopped and gone on with, begun anew, and says why it failed', async ({ open, page }) => {
  const { app, train } = await openTrain(page, open, 12);
  const { adapting } = train;
  app.adapting.advance('training', 1200, 3200, 660);
  await adapting.button('Stop').click();
  await expect(adapting.status).toHaveText('Stopped');
  await expect(adapting.root).toContainText('1\u202f200 of 3\u202f200 steps');
  await expect(adapting.root).not.toContainText('left of this step');
  await adapting.button('Go on').click();
  await expect(adapting.status).toHaveText('Adapting to this beamtime');
  await expect(adapting.root).toContainText('2 of 3: training');

  app.adapting.fail(new BraggwatchError('disk-full', mine).toProblem());
  await expect(adapting.status).toHaveText('Failed');
  await expect(adapting.root.getByRole('alert')).toContainText('disk-full');
  expect(await seriousFindings(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/looks/adapt-failed.png' });
  await adapting.button('Begin anew').click();
  await expect(adapting.root).toContainText('1 of 3: simulating crystals');
  await expect(adapting.root.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => app.adapting.begun).toEqual([{ anew: false }, { anew: true }]);

  // Ending what is under way takes a moment, in which it is not asked for again.
  app.adapting.set({ status: 'stopping', stage: 'simulating', done: 3, total: 600 });
  await expect(adapting.button('Stop')).toBeDisabled();
  // Another folder is watched, whose scans tell nothing yet: what was begun can be gone on with, nothing new is begun.
  app.adapting.scans = 0;
  await app.handlers['watch/start']({ folder: '/data/visitor/hc5433', preset: 'esrf-id01' });
  app.adapting.set({ status: 'stopped', stage: 'simulating', done: 3, total: 600 });
  await expect(adapting.button('Begin anew')).toBeDisabled();
  await expect(adapting.button('Go on')).toBeEnabled();
});

test('better: the numbers, a sentence of them, and the model is used by one click', async ({ open, page }) => {
  const { app, train } = await openTrain(page, open, 12);
  const { adapting } = train;
  app.adapting.finish(mine, better);
  await expect(adapting.root).toContainText(
    'Of 120 raw scans that neither was trained on, beamtime-1 is right about 108 where three-class is right about 96, ' +
      'and sure and wrong about 4 where that is about 8. It is better on these; a few scans more or less are chance.',
  );
  await expect(adapting.row('more strained').getByRole('cell')).toHaveText(['30', '24 → 27', '2 → 1']);
  await expect(adapting.row('all').getByRole('cell')).toHaveText(['120', '96 → 108', '8 → 4']);
  await expect(adapting.button('Adapt to this beamtime')).toHaveCount(0);
  await adapting.button('Use this model').click();
  await expect(adapting.root.getByRole('status')).toHaveText('Scans are judged by this model.');
  await expect(adapting.button('Use this model')).toHaveCount(0);
  await expect(train.models.locator('label', { hasText: 'beamtime-1' })).toContainText('judges');
  await adapting.button('Begin anew').click();
  await expect.poll(() => app.adapting.begun).toEqual([{ anew: true }]);
});

for (const [what, trial, said] of [
  ['better in one thing only', mixed, 'It is not better in both: that is for you to weigh.'],
  ['no better', worse, 'It is not better: leave it.'],
] as const)
  test(`${what}: it says so, and asks once more before the model is used`, async ({ open, page }) => {
    const { app, train } = await openTrain(page, open, 12);
    const { adapting } = train;
    app.adapting.finish(mine, trial);
    await expect(adapting.root).toContainText(said);
    await adapting.button('Use this model').click();
    await expect(adapting.root.getByRole('alert')).toHaveText('The raw scans do not say that it is better.');
    await adapting.button('Leave it').click();
    expect(app.asked).not.toContain('models/use');
    await adapting.button('Use this model').click();
    await adapting.button('Use it all the same').click();
    await expect(adapting.root.getByRole('status')).toHaveText('Scans are judged by this model.');
  });

test('who may only look is neither shown it nor asks for it', async ({ open, page }) => {
  const { app } = await open(bench(), { readOnly: true });
  await page.keyboard.press('3');
  const train = new TrainPanel(page);
  await expect(train.root).toBeVisible();
  await expect(page.getByRole('banner').getByText('Read-only')).toBeVisible();
  await expect(train.adapting.root).toHaveCount(0);
  expect(app.asked.filter((name) => name.startsWith('adapting/'))).toEqual([]);
});

/** Each state of it, told to the double. */
const states: Readonly<Record<string, (app: FakeApp) => void>> = {
  enough: () => undefined,
  running: ({ adapting }) => adapting.advance('training', 1200, 3200, 660),
  better: ({ adapting }) => adapting.finish(mine, better),
  worse: ({ adapting }) => adapting.finish(mine, worse),
};

for (const theme of ['light', 'dark', 'night'] as const)
  for (const [width, height] of [
    [1280, 800],
    [640, 400],
  ] as const)
    test(`it fits and is read in ${theme} at ${width} x ${height}`, async ({ open, page }) => {
      await page.addInitScript((name) => localStorage.setItem('braggwatch.theme', name), theme);
      await page.setViewportSize({ width, height });
      const { app, train } = await openTrain(page, open, 12);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      for (const [name, put] of Object.entries(states)) {
        put(app);
        await expect(train.adapting.root).toContainText(
          { enough: 'Like 12', running: '2 of 3', better: 'It is better', worse: 'leave it' }[name] ?? '',
        );
        // What is drawn in them follows their room.
        for (const quantity of ['Loss', 'Accuracy'] as const)
          await expect
            .poll(() =>
              train.chart(quantity).evaluate((box) => box.clientHeight - (box.querySelector('svg')?.clientHeight ?? 0)),
            )
            .toBe(0);
        await page.screenshot({ path: `test-results/looks/adapt-${name}-${theme}-${width}.png` });
        expect(await seriousFindings(page)).toEqual([]);
        expect(await sticksOut(page)).toBeLessThanOrEqual(0);
        // Nothing of it is scrolled away, and the curves keep their room.
        const beyond = await train.adapting.root.evaluate((root) => {
          const box = root.parentElement!;
          return [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth];
        });
        expect(beyond, name).toEqual([0, 0]);
        for (const quantity of ['Loss', 'Accuracy'] as const) {
          const chart = (await train.chart(quantity).boundingBox())!;
          expect(Math.min(chart.width, chart.height), `${quantity}, ${name}`).toBeGreaterThanOrEqual(200);
        }
      }
    });
