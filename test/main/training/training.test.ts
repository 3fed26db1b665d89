import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ModelShelf, TrainingRequest, TrainingState } from '@contract/training';
import { createApp, type AppOptions, type RunningApp } from '@main/app';
import { readCard } from '@main/engine/model';
import { runTraining } from '@main/learn/job';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';
import { writeNoiseSet } from '../../support/noise-set';
import { childrenOf } from '../../support/processes';

// Two steps an epoch, a fraction of a second each; stride 2 makes them a quarter of the work.
const options = { epochs: 5, batch: 4, seed: 3, stride: 2, average: 0.9 };

interface Bench {
  readonly base: string;
  readonly states: TrainingState[];
  readonly shelves: ModelShelf[];
  request(name: string, change?: Partial<TrainingRequest>): TrainingRequest;
  start(change?: Partial<AppOptions>): RunningApp;
}

function bench(): Bench {
  const base = temporaryFolder();
  writeNoiseSet(join(base, 'sets', 'noise'));
  const [states, shelves]: [TrainingState[], ModelShelf[]] = [[], []];
  return {
    base,
    states,
    shelves,
    request: (name, change) => ({
      datasets: [join(base, 'sets', 'noise')],
      folder: join(base, 'home', 'models', name),
      network: 'three-class',
      start: null,
      options,
      ...change,
    }),
    start(change) {
      const app = createApp({
        ...{ launcher: builtLauncher(), home: join(base, 'home'), shell: 'web', roots: [base] },
        ...change,
      });
      app.subscribe((name, payload) => {
        if (name === 'training-changed') states.push(payload as TrainingState);
        if (name === 'models-changed') shelves.push(payload as ModelShelf);
      });
      onTestFinished(() => app.close().catch(() => undefined));
      return app;
    },
  };
}

const state = async (app: RunningApp): Promise<TrainingState> => app.handlers['training/state']();
const shelf = async (app: RunningApp): Promise<ModelShelf> => app.handlers['models/list']();
const hashOf = async (folder: string): Promise<string> => (await readCard(folder)).sha256;

/** Waits for the training to end one way or another. */
async function ended(bench: Bench, app: RunningApp): Promise<TrainingState> {
  await eventually(
    () => ['done', 'stopped', 'failed'].includes(bench.states.at(-1)?.status ?? ''),
    'the training ends',
    240,
  );
  return state(app);
}

/** The same training in one go, by a process of the same kind: the number of threads decides in which order gradients are summed. */
async function oneGo(place: Bench, app: RunningApp): Promise<string> {
  const request = place.request('one-go');
  await app.handlers['training/start'](request);
  expect(await ended(place, app)).toMatchObject({ status: 'done' });
  return hashOf(request.folder);
}

const trainWorker = (): number | undefined =>
  childrenOf(process.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('train-worker'));

describe('the app’s training', () => {
  it('paused and killed on its way, ends with the weights of one go', { timeout: 600_000 }, async () => {
    const place = bench();
    const app = place.start();
    const request = place.request('mine');
    const folder = request.folder;
    expect(await app.handlers['training/start'](request)).toMatchObject({ status: 'running', folder, progress: null });
    await expect(app.handlers['training/start'](place.request('other'))).rejects.toMatchObject({
      code: 'training-running',
    });
    await eventually(() => (place.states.at(-1)?.progress?.step ?? 0) >= 1, 'the first step', 120);
    await app.handlers['training/pause']();
    expect(await ended(place, app)).toMatchObject({ status: 'stopped', problem: null });
    const paused = (await shelf(app)).models.find(({ id }) => id === folder);
    expect(paused).toMatchObject({ unfinished: true, name: 'mine', network: 'three-class', hash: null });

    // As a crash of its process does it.
    await app.handlers['training/resume']({ folder });
    await eventually(() => place.states.at(-1)?.progress?.loss !== undefined, 'a step of the second run', 120);
    const victim = await eventually(trainWorker, 'its process');
    process.kill(victim, 'SIGKILL');
    const dead = await ended(place, app);
    expect(dead).toMatchObject({ status: 'failed', problem: { code: 'training-died' } });

    // As a crash of the app does: the next one finds what was under way.
    await app.close();
    const again = place.start();
    await eventually(() => place.states.at(-1)?.status === 'stopped', 'it is remembered');
    expect(await state(again)).toMatchObject({ status: 'stopped', folder, network: 'three-class' });
    await again.handlers['training/resume']({ folder });
    const done = await ended(place, again);
    expect(done).toMatchObject({ status: 'done', progress: { step: 10, steps: 10, epochs: 5 } });
    expect(existsSync(join(folder, 'checkpoint'))).toBe(false);

    const model = (await shelf(again)).models.find(({ id }) => id === folder);
    expect(model).toMatchObject({ unfinished: false, epochs: 5, patterns: { train: 8, validation: 2, test: 2 } });
    expect(model?.curve.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    expect(model?.test?.confusion.flat().reduce((a, b) => a + b)).toBe(2);
    // While it ran, the curve grew on the screen epoch by epoch.
    const lengths = (): (number | undefined)[] =>
      place.shelves.map(({ models }) => models.find(({ id }) => id === folder)?.curve.length);
    // The list is read anew from disk after the training's last word.
    await eventually(() => lengths().includes(5), 'the list with the whole curve');
    expect(lengths()).toEqual(expect.arrayContaining([0, 5]));
    await expect(again.handlers['training/resume']({ folder })).rejects.toMatchObject({ code: 'training-missing' });
    await expect(again.handlers['training/start'](request)).rejects.toMatchObject({ code: 'model-folder-taken' });
    expect(await hashOf(folder)).toBe(await oneGo(place, again));
  });

  it('refuses what cannot be trained, and writes nothing then', async () => {
    const place = bench();
    const { base, request } = place;
    const app = place.start();
    const refused = async (change: Partial<TrainingRequest>): Promise<string> => {
      const error: unknown = await Promise.resolve(app.handlers['training/start'](request('no', change))).catch(
        (cause: unknown) => cause,
      );
      return (error as { code: string }).code;
    };
    const busy = join(base, 'busy');
    mkdirSync(busy);
    writeFileSync(join(busy, 'thesis.tex'), '');
    mkdirSync(join(base, 'begun'));
    expect(await refused({ datasets: ['/etc'] })).toBe('path-refused');
    expect(await refused({ datasets: [join(base, 'none')] })).toBe('path-missing');
    expect(await refused({ datasets: [join(base, 'begun')] })).toBe('dataset-invalid');
    // Twice the same crystals, and a model whose weights do not fit.
    expect(await refused({ datasets: Array<string>(2).fill(join(base, 'sets', 'noise')) })).toBe('training-invalid');
    expect(await refused({ start: 'two-class' })).toBe('model-missing');
    expect(await refused({ start: join(base, 'begun') })).toBe('model-missing');
    expect(await refused({ folder: '/etc/model' })).toBe('path-refused');
    expect(await refused({ folder: busy })).toBe('model-folder-taken');
    expect(await refused({ folder: join(base, 'My Model') })).toBe('training-invalid');
    expect(await refused({ options: { ...options, epochs: 0 } })).toBe('training-invalid');
    expect(await refused({ options: { ...options, batch: 9 } })).toBe('training-invalid');
    expect(readFileSync(join(busy, 'thesis.tex'), 'utf8')).toBe('');
    expect(existsSync(request('no').folder)).toBe(false);
    expect(await state(app)).toMatchObject({ status: 'idle' });

    const checked = await app.handlers['training/check'](
      request('no', { options: { epochs: 0, batch: 9, rate: 'fast' }, folder: busy }),
    );
    expect(checked.issues.map(({ path }) => path).sort()).toEqual(['epochs', 'rate']);
    expect(checked).toMatchObject({ kind: 'occupied', patterns: { train: 8, validation: 2, test: 2 } });
    const large = await app.handlers['training/check'](request('no', { options: { batch: 9 } }));
    expect(large).toMatchObject({ kind: 'new', issues: [{ path: 'batch', message: expect.stringContaining('8') }] });
    const form = await app.handlers['training/form']();
    expect(form.sets).toEqual([{ folder: join(base, 'sets', 'noise'), name: 'noise', whole: true }]);
    expect(form.defaults).toMatchObject({ epochs: 12, batch: 64, rate: 1e-3 });
    expect(form.folders['two-class']).toBe(join(base, 'home', 'models', 'two-class-1'));
  });

  it('makes verdicts with the model one chooses, over a restart, and with the one before again', async () => {
    const place = bench();
    const first = place.start();
    const { datasets: dataset, folder } = place.request('mine');
    const short = { epochs: 1, batch: 4, stride: 2 };
    await runTraining({ dataset, out: folder, network: 'three-class', options: short });
    const two = join(place.base, 'elsewhere', 'two');
    await runTraining({ dataset, out: two, network: 'two-class', options: short });
    const hash = await hashOf(folder);
    expect(await shelf(first)).toMatchObject({ active: 'three-class', previous: null });

    expect(await first.handlers['models/use']({ id: folder })).toMatchObject({
      ...{ active: folder, previous: 'three-class' },
    });
    expect(await first.handlers['app/info']()).toMatchObject({ model: { name: 'mine', hash } });

    // One that cannot tell screw from edge, one that is not listed, one that is damaged: the former stays.
    expect((await shelf(first)).models.map(({ id }) => id)).not.toContain(two);
    await expect(first.handlers['models/use']({ id: two })).rejects.toMatchObject({ code: 'model-missing' });
    await first.handlers['models/add']({ folder: two });
    await expect(first.handlers['models/use']({ id: two })).rejects.toMatchObject({ code: 'model-two-class' });
    await expect(first.handlers['models/add']({ folder: '/etc' })).rejects.toMatchObject({ code: 'path-refused' });
    expect(await shelf(first)).toMatchObject({ active: folder, previous: 'three-class' });
    await first.close();

    const second = place.start();
    await vi.waitFor(
      async () => expect(await second.handlers['app/info']()).toMatchObject({ model: { hash } }),
      60_000,
    );
    const back = await second.handlers['models/use']({ id: 'three-class' });
    expect(back).toMatchObject({ active: 'three-class', previous: folder });
    expect(await second.handlers['app/info']()).toMatchObject({ model: { name: 'three-class' } });
    await second.close();
    // What the command line asks for counts in its run.
    const third = place.start({ model: folder });
    expect(await shelf(third)).toMatchObject({ active: folder, previous: 'three-class' });
  });
});
