import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defects, parameterCount, threeClass } from '@core/network/description';
import { readWeights } from '@core/network/weights';
import { modelFolder, readModel } from '@main/engine/model';
import { evaluateModel, runTraining } from '@main/learn/job';
import { readRecord } from '@main/learn/record';
import { openDataSets } from '@main/learn/join';
import { hashLists } from '@main/learn/lists';
import { indicesOf, targetOf, truthOf } from '@main/learn/patterns';
import { writeBegunSet, writeNoiseSet } from '../../support/noise-set';

const PATTERNS = 12;

let folder = '';
const dataset = (): string => join(folder, 'data');
/** Noise, in a folder of its own, with the parts that `splits` says. */
function makeSet(
  path: string,
  seed: number,
  patterns: number,
  splits: readonly string[],
  labels?: readonly string[],
): string {
  writeNoiseSet(path, { seed, patterns, splits, ...(labels && { labels }) });
  return path;
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-job-'));
  writeNoiseSet(dataset(), { patterns: PATTERNS });
});
afterAll(() => rm(folder, { recursive: true }));

const options = { epochs: 1, batch: 4, seed: 3 };

describe('a training job', () => {
  it('writes a model whose card tells how it came about, and whose numbers can be had again', async () => {
    const out = join(folder, 'mine');
    const card = await runTraining({ dataset: dataset(), out, network: 'three-class', options, provisional: 'noise' });
    const model = await readModel(out);
    expect(model.card).toEqual(card);
    expect(model.card).toMatchObject({
      name: 'mine',
      provisional: 'noise',
      spins: 8,
      network: { name: threeClass.name, window: threeClass.window },
      oversampling: [2, expect.closeTo(2.9, 9)],
      data: { recipe: { name: 'noise', seed: 1 }, patterns: { train: 8, validation: 2, test: 2 }, crystals: PATTERNS },
      training: { seed: 3, startedFrom: null, batch: 4, epochs: 1, best: 0 },
    });
    expect(model.card.familiarity?.features.means[0]).toHaveLength(64);
    expect(model.card.familiarity?.volume.threshold).toBeGreaterThan(0);
    expect(model.card.training.curve).toHaveLength(1);
    expect(model.card.test.patterns).toBe(2);
    expect((await evaluateModel(out, dataset())).evaluation).toEqual(model.card.test);
    expect(readdirSync(out).sort()).toEqual(['card.json', 'look-alikes.npz', 'model.onnx']);

    // Begun with those weights and a rate too small to move them, it is where it was.
    const still = { ...options, rate: 1e-60, dropout: 0, patterns: 6 };
    const next = await runTraining({
      dataset: dataset(),
      out: join(folder, 'next'),
      network: 'three-class',
      options: still,
      start: out,
    });
    expect(next?.training.startedFrom).toBe(card?.sha256);
    const after = readWeights((await readModel(join(folder, 'next'))).bytes, threeClass);
    const before = readWeights(model.bytes, threeClass);
    // Number by number: a zero that became a negative zero has not moved.
    expect(after.findIndex((weight, i) => weight !== before[i])).toBe(-1);
    expect(next?.network.dropout).toBe(0);
    expect(next?.data.patterns).toEqual({ train: 4, validation: 1, test: 1 });
  });

  it('trains the two-class network on the same set, screws and edges taken together, in any variant', async () => {
    const out = join(folder, 'two');
    const variant = { stride: 2, window: 64, compression: 'sqrt', average: 0.9, schedule: 'step' };
    const card = await runTraining({
      dataset: dataset(),
      out,
      network: 'two-class',
      options: { ...options, ...variant },
    });
    expect(card).toMatchObject({
      classes: ['perfect', 'defective'],
      spins: 1,
      network: { window: 64, compression: 'sqrt' },
      training: { average: 0.9, schedule: 'step' },
    });
    expect(card?.network.convolutions.map(({ stride, pool }) => [stride, pool])).toEqual([
      [2, false],
      [1, true],
      [1, true],
    ]);
    // Patterns 5 and 11 are the test part: both edges.
    expect(card?.test.confusion[0]).toEqual([0, 0]);
    expect(card?.test.confusion[1]!.reduce((a, b) => a + b)).toBe(2);
    expect((await evaluateModel(out, dataset())).evaluation).toEqual(card?.test);
    const turned = { ...options, window: 64, spins: 8 };
    await expect(
      runTraining({ dataset: dataset(), out: join(folder, 'turned'), network: 'two-class', options: turned }),
    ).rejects.toMatchObject({ code: 'usage' });
  });

  it('stops when told to, is not begun anew by mistake, and is resumed when asked to', async () => {
    const out = join(folder, 'stopped');
    // A list of one set is that set.
    const job = { dataset: [dataset()], out, network: 'three-class', options };
    const stop = new AbortController();
    expect(await runTraining(job, { signal: stop.signal, onStep: () => stop.abort() })).toBeUndefined();
    await expect(runTraining(job)).rejects.toMatchObject({ code: 'usage' });
    expect(await readRecord(out)).toMatchObject({
      dataset: [dataset()],
      network: 'three-class',
      curve: [],
      step: 0,
      steps: 2,
    });
    const steps: number[] = [];
    const card = await runTraining({ ...job, resume: true }, { onStep: ({ step }) => steps.push(step) });
    expect(steps).toEqual([2]);
    expect(card?.sha256).toBe((await readModel(join(folder, 'mine'))).card.sha256);
  });

  it('trains on several sets as on one, and the card tells each of them', async () => {
    const other = makeSet(join(folder, 'other'), 2, 6, ['test', 'train', 'train', 'validation', 'train', 'train']);
    const out = join(folder, 'both');
    const job = { dataset: [dataset(), other], out, network: 'three-class', options };
    const stop = new AbortController();
    expect(await runTraining(job, { signal: stop.signal, onStep: () => stop.abort() })).toBeUndefined();
    // A checkpoint of both in another order, or of one of them, is another training's.
    for (const dataset of [[other, job.dataset[0]!], [job.dataset[0]!]])
      await expect(runTraining({ ...job, dataset, resume: true })).rejects.toMatchObject({ code: 'usage' });
    const card = await runTraining({ ...job, resume: true });
    expect(card?.data).toMatchObject({
      recipe: null,
      patterns: { train: 12, validation: 3, test: 3 },
      crystals: PATTERNS + 6,
      sets: [
        { recipe: { seed: 1 }, seed: 1, patterns: { train: 8, validation: 2, test: 2 }, crystals: PATTERNS },
        { recipe: { seed: 2 }, seed: 2, patterns: { train: 4, validation: 1, test: 1 }, crystals: 6 },
      ],
    });
    const manifest = await readFile(join(other, 'manifest.jsonl'));
    expect(card?.data.sets?.[1]?.sha256).toBe(createHash('sha256').update(manifest).digest('hex'));
    expect((await readModel(out)).card).toEqual(card);
    expect((await evaluateModel(out, job.dataset)).evaluation).toEqual(card?.test);
    const [one, two] = await Promise.all(job.dataset.map(async (set) => (await evaluateModel(out, set)).evaluation));
    expect([one?.patterns, two?.patterns]).toEqual([2, 1]);
    expect(card?.data.sets?.map(({ test }) => test)).toEqual([one, two]);
    const sum = one!.confusion.map((row, i) => row.map((n, j) => n + two!.confusion[i]![j]!));
    expect(card?.test.confusion).toEqual(sum);
  });

  it('learns from what is there of a set that is still being made, and goes on with just that', async () => {
    const set = join(folder, 'growing');
    const shards = (n: number): void => writeBegunSet(set, { shards: n, of: 5, patterns: 6 });
    shards(2);
    const out = join(folder, 'grown');
    const job = { dataset: set, out, network: 'three-class', options };
    const stop = new AbortController();
    const told: unknown[] = [];
    const onSets = (sets: readonly { made?: unknown }[], untold: number): void =>
      void told.push(
        sets.map(({ made }) => made),
        untold,
      );
    expect(await runTraining(job, { signal: stop.signal, onSets, onStep: () => stop.abort() })).toBeUndefined();
    expect(told).toEqual([[{ shards: [0, 1], crystals: 12, of: 30 }], 0]);
    // More of it, and in the end all of it with its lists, is no other training.
    shards(4);
    const before = hashLists(set);
    const later = { ...job, out: join(folder, 'later') };
    expect(await runTraining(later, { signal: stop.signal })).toBeUndefined();
    writeBegunSet(set, { shards: 5, of: 5, patterns: 6, listed: true });
    const card = await runTraining({ ...job, resume: true });
    expect(card?.data).toMatchObject({ patterns: { train: 8, validation: 2, test: 2 }, crystals: 12 });
    expect(hashLists(set, [0, 1, 2, 3])).toBe(before);
    expect(hashLists(set, [0, 1, 2, 3, 4])).toBe(hashLists(set));
    await writeFile(join(set, 'patterns-0003.npy'), 'cut short');
    await expect(runTraining({ ...later, resume: true })).rejects.toMatchObject({ code: 'dataset-invalid' });
  });

  it('leaves out patterns of a class that the network does not tell, and says how many', async () => {
    const set = join(folder, 'four');
    writeNoiseSet(set, { patterns: PATTERNS, labels: ['other', 'perfect', 'edge'] });
    const patterns = await openDataSets(set, 'judge');
    await patterns.close();
    const trainedOn = (classes: readonly string[]): (number | undefined)[] =>
      indicesOf(patterns, 'train', classes).map((index) => truthOf(patterns, index, classes));
    // By name, wherever a card puts it: another defect is none of the paper's, and a defect all the same.
    expect(trainedOn(['perfect', 'screw', 'edge'])).toEqual([0, 2, 0, 2]);
    expect(trainedOn(['perfect', 'other', 'edge', 'screw'])).toEqual([1, 0, 2, 1, 1, 0, 2, 1]);
    expect(trainedOn(['perfect', 'defective'])).toEqual([1, 0, 1, 1, 1, 0, 1, 1]);
    expect(() => truthOf(patterns, 0, ['perfect', 'screw', 'edge'])).toThrow(RangeError);
    const judged = makeSet(join(folder, 'four-judged'), 1, 6, ['test'], ['other', 'perfect', 'edge']);
    const { classes, untold, evaluation } = await evaluateModel('three-class', judged);
    expect([classes, untold, evaluation.patterns]).toEqual([['perfect', 'screw', 'edge'], 2, 4]);
  });

  it('says of a set without a test part what it holds in its place', async () => {
    const set = makeSet(join(folder, 'untested'), 1, 6, ['train', 'train', 'validation']);
    await expect(evaluateModel('three-class', set)).rejects.toMatchObject({
      code: 'dataset-untested',
      detail: 'untested: 4 patterns to train on, 2 to validate, 0 to test',
    });
  });

  it('trains the network that is told which reflection it looks at, from the convolutions of another', async () => {
    const set = join(folder, 'families');
    const families = ['111', '200', '220', '311', '222', '331'];
    writeNoiseSet(set, {
      patterns: PATTERNS,
      labels: ['perfect', 'screw', 'edge', 'other'],
      more: (i) => ({ family: families[i % 6], mixingDeg: i % 4 === 1 ? 20 : 50, strainRad: i / 2, sizeNm: 30 + i }),
    });
    const out = join(folder, 'told');
    const still = { ...options, rate: 1e-60, mixed: [30, 60], unknown: 0.5 };
    const job = { dataset: set, out, network: 'defects', options: still };
    const card = await runTraining({ ...job, start: 'three-class' });
    const model = await readModel(out);
    expect(model.card).toEqual(card);
    expect(card).toMatchObject({
      classes: ['perfect', 'screw', 'edge', 'other'],
      network: { families: families.slice(0, 5) },
      // Patterns 4 and 10 are for validation, 5 and 11 for testing.
      known: { families: families.slice(0, 4).sort(), strainRad: [0, 4.5], sizeNm: [30, 39] },
      training: { unknown: 0.5, mixed: [30, 60] },
    });
    expect(card?.test.confusion).toHaveLength(4);
    expect(card?.familiarity?.features.means).toHaveLength(4);
    const shipped = readWeights((await readModel(modelFolder('three-class'))).bytes, threeClass);
    const convolved = parameterCount({ ...threeClass, dense: [], classes: [] });
    expect(readWeights(model.bytes, defects).slice(0, convolved)).toEqual(shipped.slice(0, convolved));
    expect((await evaluateModel(out, set)).evaluation).toEqual(card?.test);
    const unlike = { ...job, out: join(folder, 'unlike'), start: 'two-class' };
    await expect(runTraining(unlike)).rejects.toMatchObject({ code: 'usage' });
  });

  it('shares what lies between a screw and an edge out by its mixing angle, where it is told to', () => {
    const entry = { crystal: 0, split: 'train', oversampling: 3 } as const;
    const entries = [
      { ...entry, label: 'screw', mixingDeg: 12 },
      { ...entry, label: 'screw', mixingDeg: 40 },
      { ...entry, label: 'edge', mixingDeg: 60 },
      { ...entry, label: 'edge' },
      { ...entry, label: 'other', mixingDeg: 40 },
    ] as const;
    const patterns = { entries, read: () => Promise.reject(new Error('not asked')) };
    const targets = (mixed?: readonly [number, number]): number[][] =>
      [0, 1, 2, 3, 4].map((index) => targetOf(patterns, index, ['perfect', 'screw', 'edge', 'other'], mixed));
    const whole = [
      [0, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    expect(targets()).toEqual(whole);
    const [screw, edge] = targets([30, 60])[1]!.slice(1);
    expect([screw, edge].map((share) => share?.toFixed(9))).toEqual([(2 / 3).toFixed(9), (1 / 3).toFixed(9)]);
    expect(targets([30, 60]).toSpliced(1, 1)).toEqual(whole.toSpliced(1, 1));
    expect(targetOf(patterns, 1, ['perfect', 'defective'], [30, 60])).toEqual([0, 1]);
  });

  it('refuses sets that hold the same crystals for training and for testing, and one set twice', async () => {
    const shifted = makeSet(join(folder, 'shifted'), 1, 6, ['test', 'train', 'train', 'train']);
    const job = { out: join(folder, 'leaking'), network: 'three-class', options };
    await expect(runTraining({ ...job, dataset: [dataset(), shifted] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('crystal 0 of seed 1') as string,
    });
    await expect(runTraining({ ...job, dataset: [dataset(), dataset()] })).rejects.toMatchObject({ code: 'usage' });
  });

  it('ends when told to finish, with the best epoch so far', async () => {
    const out = join(folder, 'early');
    const finish = new AbortController();
    const job = { dataset: dataset(), out, network: 'two-class', options: { ...options, epochs: 5 } };
    const card = await runTraining(job, {
      finish: finish.signal,
      onEpoch: ({ epoch }) => void (epoch === 1 && finish.abort()),
    });
    expect(card?.training).toMatchObject({ epochs: 5 });
    expect(card?.training.curve).toHaveLength(2);
    expect(readdirSync(out).sort()).toEqual(['card.json', 'look-alikes.npz', 'model.onnx']);
  });

  it('refuses networks and options that do not exist, and a damaged checkpoint', async () => {
    const out = join(folder, 'refused');
    const job = { dataset: dataset(), out, network: 'three-class', options };
    await expect(runTraining({ ...job, network: 'toString' })).rejects.toMatchObject({ code: 'usage' });
    await expect(runTraining({ ...job, options: { epoch: 3 } })).rejects.toMatchObject({ code: 'usage' });
    // What would go wrong at the very end, or in the middle, is said before the first step.
    await expect(runTraining({ ...job, out: join(folder, 'My Model') })).rejects.toMatchObject({ code: 'usage' });
    await expect(runTraining({ ...job, options: { batch: 9 } })).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(out)).toBe(false);
    const damaged = join(folder, 'stopped');
    await writeFile(join(damaged, 'checkpoint'), (await readFile(join(damaged, 'model.onnx'))).subarray(0, 999));
    await expect(runTraining({ ...job, out: damaged, resume: true })).rejects.toMatchObject({ code: 'usage' });
  });
});
