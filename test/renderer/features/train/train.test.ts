import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { ModelEntry, ModelShelf, TrainingRequest, TrainingState } from '@contract/training';
import { Train } from '@renderer/features/train/train.svelte';
import { FakeConnection, settle } from '../../support/fake-connection';

const idle: TrainingState = {
  ...{ status: 'idle', folder: null, dataset: null, network: '', progress: null, problem: null },
};
const progress = { epoch: 0, epochs: 4, step: 2, steps: 8, exporting: false };
const entry = (id: string, change: Partial<ModelEntry> = {}): ModelEntry => ({
  ...{ id, name: id, shipped: true, unfinished: false, network: 'three-class', classes: ['perfect', 'screw', 'edge'] },
  ...{ summary: '', provisional: null, hash: null, patterns: null, test: null, temperature: null },
  ...{ curve: [], best: null, epochs: 1 },
  ...change,
});
const shelf: ModelShelf = { models: [entry('a'), entry('b'), entry('c')], active: 'b', previous: null };
const fine = {
  ...{
    issues: [],
    patterns: { train: 8, validation: 2, test: 2 },
    datasetProblem: null,
    kind: 'new',
    folderProblem: null,
  },
};

function start() {
  const asked: TrainingRequest[] = [];
  const connection = new FakeConnection({
    'training/state': () => idle,
    'training/form': () => ({
      ...{
        defaults: { epochs: 12, batch: 64, rate: 0.001, seed: 1, lowerFrom: 0.6 },
        rules: { limits: {}, choices: {} },
      },
      sets: [{ folder: '/data/set', name: 'set' }],
      folders: { 'three-class': '/models/three-class-1', 'two-class': '/models/two-class-1' },
    }),
    'training/check': (request: TrainingRequest) => {
      asked.push(request);
      if (request.datasets[0] === '/lost') throw new BraggwatchError('connection-lost');
      if (request.options['epochs'] !== 0) return fine;
      const issue = { path: 'epochs', code: 'too_small', message: '', origin: 'int', minimum: 1, inclusive: true };
      return { ...fine, issues: [issue] };
    },
    'training/start': ({ folder }: TrainingRequest) => ({ ...idle, status: 'running', folder }),
    'models/list': () => shelf,
    'models/use': ({ id }: { id: string }) => ({ ...shelf, active: id, previous: 'b' }),
  });
  const train = new Train(connection);
  train.start();
  return { connection, train, asked };
}

describe('the Train panel', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('proposes the newest set, a free folder and the defaults, and asks for nothing else', async () => {
    const { train, asked } = start();
    await train.load();
    const options = { epochs: 12, batch: 64, rate: 0.001, seed: 1 };
    const network = 'three-class';
    expect(asked).toEqual([
      { datasets: ['/data/set'], folder: '/models/three-class-1', network, start: null, options },
    ]);
    expect(train.draft.ready).toBe(true);
  });

  it('shows the training that was begun, whatever older answer comes in between', async () => {
    const { train, connection } = start();
    await train.load();
    train.draft.setFolder('/models/mine');
    const begun = train.begin();
    // The newest that the screen has is of before, as after a question asked at the panel's opening.
    connection.emit('training-changed', { ...idle });
    await begun;
    connection.emit('models-changed', { ...shelf, models: [...shelf.models, entry('/models/mine')] });
    expect(train.models.chosen?.id).toBe('/models/mine');
  });

  it('does not go back to a list of models that was asked for before the newest was told', async () => {
    const { train, connection } = start();
    const loaded = train.models.load();
    connection.emit('models-changed', { ...shelf, models: [...shelf.models, entry('/models/mine')] });
    await loaded;
    expect(train.models.all.map(({ id }) => id)).toContain('/models/mine');
  });

  it('lets a proposed folder follow the network, and leaves one that was typed', async () => {
    const { train } = start();
    await train.load();
    train.draft.setNetwork('two-class');
    expect(train.draft.folder).toBe('/models/two-class-1');
    train.draft.setFolder('/data/mine');
    train.draft.setNetwork('three-class');
    await train.draft.load();
    expect(train.draft.folder).toBe('/data/mine');
  });

  it('takes several sets, leaving out those not named yet, and a model to begin with that is of the network', async () => {
    const { train } = start();
    await train.load();
    const { draft } = train;
    draft.addDataset();
    draft.addDataset();
    draft.setDataset(2, ' /data/other ');
    draft.setStart('b');
    expect(draft.request).toMatchObject({ datasets: ['/data/set', '/data/other'], start: 'b' });
    draft.removeDataset(0);
    expect(draft.request.datasets).toEqual(['/data/other']);
    draft.setNetwork('two-class');
    expect(draft.request.start).toBeNull();
    draft.removeDataset(1);
    draft.removeDataset(0);
    expect([draft.datasets, draft.request.datasets]).toEqual([[''], []]);
  });

  it('drops an answer about what was typed before', async () => {
    const { train } = start();
    await train.load();
    const { draft } = train;
    const early = draft.check();
    draft.setDataset(0, '/data/other');
    await early;
    expect([draft.checked, draft.ready]).toEqual([null, false]);
    vi.advanceTimersByTime(1000);
    await settle();
    expect(draft.ready).toBe(true);
  });

  it('says what is wrong once typing pauses; what is being checked cannot be started', async () => {
    const { train, asked } = start();
    await train.load();
    train.draft.set('epochs', '');
    train.draft.set('epochs', '0');
    train.draft.set('average', '0.9x');
    expect(train.draft.ready).toBe(false);
    vi.advanceTimersByTime(1000);
    await settle();
    expect(asked.at(-1)?.options).toMatchObject({ epochs: 0, average: '0.9x' });
    expect(asked).toHaveLength(2);
    expect([train.draft.ready, train.draft.errors]).toEqual([false, { epochs: 'at least 1' }]);
    train.draft.setDataset(0, '/lost');
    vi.advanceTimersByTime(1000);
    await settle();
    expect(train.draft.problem).toMatchObject({ code: 'connection-lost' });
  });

  it('shows the training it began, and an event that came before the reply counts', async () => {
    const { train, connection } = start();
    await train.load();
    expect(train.models.chosen?.id).toBe('b');
    const folder = '/models/three-class-1';
    const begun = train.begin();
    connection.emit('models-changed', { ...shelf, models: [...shelf.models, entry(folder, { unfinished: true })] });
    connection.emit('training-changed', { ...idle, status: 'running', folder, progress });
    await begun;
    expect([train.job.running, train.job.part, train.job.resumable]).toEqual([true, 0.25, null]);
    expect(train.models.chosen).toMatchObject({ id: folder, unfinished: true });
    connection.emit('training-changed', { ...idle, status: 'stopped', folder, progress });
    expect(train.job.resumable).toBe(folder);
  });

  it('walks the list, compares two, and goes back to the model before', async () => {
    const { train } = start();
    await train.load();
    const { models } = train;
    models.compareWith('c');
    models.step(-1);
    models.step(-1);
    expect([models.chosen?.id, models.other?.id]).toEqual(['a', 'c']);
    models.choose('c');
    // Nothing is compared with itself.
    expect(models.other).toBeNull();
    await models.use('c');
    expect([models.active, models.previous?.id]).toEqual(['c', 'b']);
  });
});
