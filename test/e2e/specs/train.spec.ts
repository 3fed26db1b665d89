import { expect } from '@playwright/test';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percent } from '@contract/percent';
import { twoClass } from '@core/network/description';
import { cardSchema } from '@main/engine/card';
import { TrainPanel } from '../pages/train-panel';
import { seriousFindings, sticksOut } from '../support/axe';
import type { RunningCommand } from '../support/command';
import { canJudge } from '../support/command';
import { test as served } from '../support/served';
import { writeNoiseSet } from '../../support/noise-set';

served.skip(!canJudge, 'needs the built app and a model');
// A network is trained for real: a fraction of a second a step, more on a busy machine.
served.setTimeout(600_000);
const patient = { timeout: 240_000 };

interface Bench {
  readonly base: string;
  readonly panel: TrainPanel;
  /** Starts the app, again after it was ended, and opens its Train panel by its key. */
  open(): Promise<RunningCommand>;
}

/** The app with a data set to find, at its Train panel. */
const test = served.extend<{ bench: Bench }>({
  bench: async ({ page, served: { base, start } }, use) => {
    writeNoiseSet(join(base, 'sets', 'noise'), { patterns: 24, name: 'Noise' });
    const panel = new TrainPanel(page);
    await use({
      base,
      panel,
      async open() {
        const app = await start();
        await expect(page.getByRole('banner').getByRole('status')).toHaveText('Connected');
        await page.keyboard.press('3');
        await expect(panel.model('three-class')).toBeVisible(patient);
        return app;
      },
    });
  },
});

const shipped = fileURLToPath(new URL('../../../models/three-class', import.meta.url));

/** Models of the user's own, as trainings leave them: the shipped one under another name, what a two-class one says of itself, one unfinished. */
function putModels(home: string): void {
  const card = JSON.parse(readFileSync(join(shipped, 'card.json'), 'utf8')) as Record<string, object>;
  const put = (name: string, change: object): void => {
    const folder = join(home, 'models', name);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(shipped, 'model.onnx'), join(folder, 'model.onnx'));
    writeFileSync(join(folder, 'card.json'), JSON.stringify({ ...card, ...change, name }));
  };
  const curve = [0, 1, 2, 3, 4].map((epoch) => ({
    ...{ epoch, rate: 1e-3, trainLoss: 1.1 / (epoch + 1), trainAccuracy: 0.5 + epoch / 10 },
    ...{ validationLoss: 1 / (epoch + 1), validationAccuracy: 0.55 + epoch / 10 },
  }));
  put('mine', { provisional: null, training: { ...card['training'], curve, best: 4, epochs: 5 } });
  put('untested', { test: { ...card['test'], patterns: 0 } });
  const confusion = [
    [230, 10],
    [20, 460],
  ];
  put('coarse', { classes: twoClass.classes, network: twoClass, test: { ...card['test'], confusion } });
  const unfinished = join(home, 'models', 'begun');
  mkdirSync(unfinished, { recursive: true });
  const record = { dataset: ['/data/set'], network: 'three-class', options: {}, curve, step: 50, steps: 120 };
  writeFileSync(join(unfinished, 'training.json'), JSON.stringify(record));
}

/** Two batches of eight an epoch. */
const tiny = { Epochs: '3', Batch: '8', 'Weight average': '0.9' };

async function train({ panel, base }: Bench, values: Record<string, string> = tiny): Promise<void> {
  await panel.dataset.fill(join(base, 'sets', 'noise'));
  await panel.fill(values);
  await expect(panel.form).toContainText('16 patterns to train on, 4 to validate, 4 to test.', patient);
  await panel.button('Start training').click();
  await expect(panel.status).toHaveText('Training');
}

test('what cannot be trained is said at its field, and nothing is started', async ({ bench }) => {
  const { panel, open, base } = bench;
  await open();
  await expect(panel.folder).toHaveValue(join(base, 'home', 'models', 'three-class-1'));
  await panel.dataset.fill(join(base, 'sets', 'noise'));
  await expect(panel.form).toContainText('16 patterns to train on', patient);
  // The default batch is larger than the set.
  await expect(panel.form).toContainText('16 training patterns do not fill a batch of 64');
  await expect(panel.button('Start training')).toBeDisabled();
  await panel.fill({ Batch: '8', Epochs: '0', 'Learning rate': 'fast', 'Weight average': '2' });
  await expect(panel.form).toContainText('at least 1');
  await expect(panel.field('Learning rate')).toHaveAttribute('aria-invalid', 'true');
  await expect(panel.field('Batch')).toHaveAttribute('aria-invalid', 'false');
  await expect(panel.form).toContainText('3 fields have to be corrected.');
  await panel.fill({ Epochs: '1', 'Learning rate': '0.001', 'Weight average': '' });
  await expect(panel.button('Start training')).toBeEnabled();
  await panel.folder.fill('/etc/model');
  await expect(panel.form.getByRole('alert')).toContainText('outside the folders this app may open');
  // A temporary folder's own name has a capital letter only mostly.
  await panel.folder.fill(join(base, 'Mine'));
  await expect(panel.form.getByRole('alert')).toContainText('small letters');
  await panel.folder.fill(join(base, 'sets'));
  await expect(panel.form).toContainText('Holds other files');
  await expect(panel.button('Start training')).toBeDisabled();
  await panel.network.selectOption('two-class');
  await panel.folder.fill(join(base, 'mine'));
  await panel.dataset.fill(join(base, 'sets'));
  await expect(panel.form.getByRole('alert')).toContainText('no data set of this program');
});

test('several sets are learnt from as one, and a model of the same network can be begun with', async ({ bench }) => {
  const { panel, open, base } = bench;
  writeNoiseSet(join(base, 'sets', 'more'), { patterns: 12, seed: 2 });
  await open();
  await panel.dataset.fill(join(base, 'sets', 'noise'));
  await expect(panel.form).toContainText('16 patterns to train on', patient);
  await panel.button('Add another set').click();
  await panel.set('Data set 2 of 2').fill(join(base, 'sets', 'noise'));
  await expect(panel.form.getByRole('alert')).toContainText('holds the same set as', patient);
  await panel.set('Data set 2 of 2').fill(join(base, 'sets', 'more'));
  await expect(panel.form).toContainText('24 patterns to train on, 6 to validate, 6 to test.', patient);
  await panel.fill({ Epochs: '1', Batch: '8' });
  await panel.start.selectOption('the weights of three-class');
  await panel.button('Start training').click();
  await expect(panel.status).toHaveText('Finished', patient);
  await panel.network.selectOption('two-class');
  await expect(panel.start).toHaveValue('');
  await expect(panel.start).not.toContainText('the weights of three-class');
  await panel.button('Take data set 2 out').click();
  await expect(panel.dataset).toHaveValue(join(base, 'sets', 'noise'));
});

test('a network is trained, paused, gone on with after a crash, compared, and makes the verdicts', async ({
  bench,
  page,
}) => {
  const { panel, open, base } = bench;
  const app = await open();
  const folder = join(base, 'home', 'models', 'three-class-1');
  await train(bench, { ...tiny, Epochs: '4000' });
  await expect(panel.model('three-class-1')).toBeChecked(patient);
  await expect(panel.job).toContainText(
    /epoch [\d\s]+ of [\d\s]+ · step [\d\s]+ of [\d\s]+ · loss [\d.]+ · accuracy [\d.]+ %.*left/,
    patient,
  );
  await expect(panel.lines('Loss')).toHaveCount(3);
  await expect(panel.chart('Loss')).toHaveAccessibleName(/three-class-1, \d+ epochs: last [\d.]+ in training/);
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /^Train (< )?\d+ %$/ })).toBeVisible();
  await page.keyboard.press('3');

  await panel.button('Pause').click();
  await expect(panel.status).toHaveText('Paused', patient);
  expect(existsSync(join(folder, 'checkpoint'))).toBe(true);
  await page.keyboard.press('p');
  await expect(panel.status).toHaveText('Training');
  await expect(panel.job).toContainText(/loss/, patient);
  await app.stop('SIGKILL');
  await open();
  await expect(panel.status).toHaveText('Paused', patient);
  await panel.model('three-class-1').check();
  await expect(panel.models).toContainText('Becomes a model once its training has ended.');
  await panel.job.getByRole('button', { name: 'Resume' }).click();
  await expect(panel.job).toContainText(/loss/, patient);
  await panel.button('Finish now').click();
  await expect(panel.status).toHaveText('Finished', patient);
  const card = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')) as { training: { curve: unknown[] } };
  expect(card.training.curve.length).toBeGreaterThan(0);

  await expect(panel.matrix('three-class-1').getByRole('row')).toHaveCount(4, patient);
});

test('two models are compared, one makes the verdicts, and the one before does again', async ({ bench, page }) => {
  const { panel, open, base } = bench;
  putModels(join(base, 'home'));
  await open();
  const top = page.getByRole('banner');
  await panel.model('mine').check();
  await panel.compare.selectOption('three-class');
  await expect(panel.numbers.getByRole('columnheader')).toHaveText(['mine', 'three-class']);
  // One number with its set, as README and the model's own page tell it.
  const { test: tested } = cardSchema.parse(JSON.parse(readFileSync(join(shipped, 'card.json'), 'utf8')));
  const told = new RegExp(`${percent(tested.accuracy)} of 2\\s800$`);
  expect(tested.patterns).toBe(2800);
  await expect(panel.numbers.getByRole('row', { name: /Test accuracy/ })).toContainText(told);
  await expect(panel.matrix('mine').getByRole('row')).toHaveCount(4);
  await expect(panel.matrix('three-class')).toBeVisible();
  // Training and validation of one, and the averaged weights as well of the other.
  await expect(panel.lines('Accuracy')).toHaveCount(5, patient);
  await expect(panel.chart('Loss')).toHaveAccessibleName(/mine, 5 epochs: last 0.220 in training, 0.200 in validation/);

  await panel.button('Use this model').click();
  await expect(panel.models).toContainText('Scans are judged by this model.', patient);
  await expect(top).toContainText('mine');
  await page.reload();
  await expect(panel.button('Back to three-class')).toBeVisible(patient);
  await panel.button('Back to three-class').click();
  await expect(top).not.toContainText('mine', patient);
  await expect(top).toContainText('three-class');

  // One that nothing tested judges after a question only.
  await panel.model('untested').check();
  await panel.button('Use this model').click();
  await expect(panel.models.getByRole('alert')).toContainText('nobody knows how often it is right');
  await panel.button('Leave it').click();
  await expect(panel.models.getByRole('alert')).toHaveCount(0);
  await expect(top).toContainText('three-class');
  await panel.button('Use this model').click();
  await panel.button('Use it all the same').click();
  await expect(panel.models).toContainText('Scans are judged by this model.', patient);
  await expect(top).toContainText('untested');

  // The list is walked by keys, with the focus in it as well.
  await panel.model('coarse').check();
  await expect(panel.models).toContainText('a model that does makes them');
  await expect(panel.button('Use this model')).toHaveCount(0);
  await expect(panel.matrix('coarse').getByRole('row')).toHaveCount(3);
  await page.keyboard.press('j');
  await expect(panel.model('mine')).toBeChecked();
  await panel.model('begun').check();
  await expect(panel.models).toContainText('Becomes a model once its training has ended.');
});

test('a chart that goes while the pointer moves over it leaves nothing behind that fails', async ({ bench, page }) => {
  const { panel, open, base } = bench;
  putModels(join(base, 'home'));
  await open();
  await panel.model('mine').check();
  await expect(panel.lines('Accuracy')).toHaveCount(2, patient);
  for (let again = 0; again < 3; again++) {
    await expect(panel.chart('Accuracy').locator('.nsewdrag')).toHaveCount(1, patient);
    // All in one turn, as no pointer and key could be timed: under the pointer it begins to be drawn anew, and goes.
    await panel.chart('Accuracy').evaluate(async (chart) => {
      const area = chart.querySelector('.nsewdrag')!;
      const { x, y, width, height } = area.getBoundingClientRect();
      for (const part of [0.3, 0.5, 0.7]) {
        const at = { clientX: x + part * width, clientY: y + part * height, bubbles: true, view: window };
        for (const name of ['mouseover', 'mousemove']) area.dispatchEvent(new MouseEvent(name, at));
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }));
      await Promise.resolve();
      document.querySelector<HTMLButtonElement>('nav button')!.click();
    });
    await page.waitForTimeout(300);
    await page.keyboard.press('3');
  }
});

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    test(`the panel in ${theme} at ${width} x ${height}`, async ({ bench, page }) => {
      const { panel, open, base } = bench;
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      putModels(join(base, 'home'));
      await open();
      await panel.fill({ Epochs: '0' });
      await expect(panel.form).toContainText('at least 1', patient);
      await panel.model('mine').check();
      await panel.compare.selectOption('three-class');
      await expect(panel.lines('Accuracy')).toHaveCount(5, patient);
      await page.screenshot({ caret: 'initial', path: `test-results/looks/train-${theme}-${width}.png` });
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}

test('at 200 % zoom one panel lies below the other, and nothing sticks out', async ({ bench: { open }, page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await open();
  await page.screenshot({ path: 'test-results/looks/train-zoomed-200.png', fullPage: true });
  expect(await sticksOut(page)).toBeLessThanOrEqual(0);
});
