import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { augmentation } from '@core/augment/augment';
import { parameterCount, threeClass, type NetworkDescription } from '@core/network/description';
import { stream } from '@core/random/stream';
import { summarise } from '@main/learn/evaluate';
import { rateAt, trainingOptionsSchema } from '@main/learn/options';
import type { PatternSet } from '@main/learn/patterns';
import { train } from '@main/learn/train';
import { paperClasses } from '@vocabulary/classes';

/** Three kinds of blob that no one could confuse: round, long along Q, flat across it. */
function blobs(count: number): PatternSet {
  const widths = [
    [4, 4],
    [9, 2.5],
    [2.5, 9],
  ] as const;
  const entries = Array.from({ length: count }, (_, i) => ({
    crystal: i >> 1,
    split: (i >> 1) % 5 === 0 ? ('validation' as const) : ('train' as const),
    label: paperClasses[(i >> 1) % 3]!,
    oversampling: 3,
  }));
  const volumes = entries.map(({ label }, index) => {
    const random = stream(9, 'blob', index);
    const profile = (width: number): number[] => {
      const own = width * random.uniform(0.9, 1.1);
      return Array.from({ length: 64 }, (_, i) => Math.exp(-(((i - 32) / own) ** 2)));
    };
    const [along, across] = widths[paperClasses.indexOf(label)]!.map(profile) as [number[], number[]];
    return Float32Array.from({ length: 64 ** 3 }, (_, n) => along[n >> 12]! * across[(n >> 6) & 63]! * across[n & 63]!);
  });
  return { entries, read: (index) => Promise.resolve(volumes[index]!) };
}

const network: NetworkDescription = {
  ...threeClass,
  convolutions: [
    { channels: 4, stride: 2, pool: true },
    { channels: 6, stride: 1, pool: true },
  ],
  dense: [16],
  dropout: 0.1,
};
const gentle = { ...augmentation, counts: [1e4, 1e5], cropped: 0.1 };
const options = trainingOptionsSchema.parse({ epochs: 2, batch: 4, rate: 2e-3, seed: 4, augmentation: gentle });
const averaging = { ...options, average: 0.8 };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-learn-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the learning rate', () => {
  it('stays, then falls without a jump to its last share', () => {
    const plan = { ...options, rate: 1e-3, lowerFrom: 0.5, lastRate: 0.05 };
    expect([0, 0.25, 0.5].map((p) => rateAt(plan, p))).toEqual([1e-3, 1e-3, 1e-3]);
    expect(rateAt(plan, 0.5001)).toBeCloseTo(1e-3, 8);
    expect(rateAt(plan, 0.75)).toBeCloseTo(0.525e-3, 8);
    expect(rateAt(plan, 1)).toBeCloseTo(5e-5, 10);
  });

  it("falls once, at once, under the paper's schedule", () => {
    const plan = { ...options, rate: 1e-3, lowerFrom: 0.5, lastRate: 0.5, schedule: 'step' as const };
    expect([0, 0.5, 0.5001, 1].map((p) => rateAt(plan, p))).toEqual([1e-3, 1e-3, 5e-4, 5e-4]);
  });
});

describe('evaluation', () => {
  it('counts truth by row and verdict by column', () => {
    const say = (truth: number, ...p: number[]) => ({ truth, logits: p.map(Math.log) });
    const outcomes = [
      say(0, 0.8, 0.1, 0.1),
      say(0, 0.4, 0.35, 0.25),
      say(1, 0.2, 0.5, 0.3),
      say(2, 0.1, 0.5, 0.4),
      say(2, 0.7, 0.2, 0.1),
    ];
    const result = summarise(outcomes, 1);
    expect(result.confusion).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 1, 0],
    ]);
    expect(result.accuracy).toBeCloseTo(2 / 5, 12);
    expect(result.twoClassAccuracy).toBeCloseTo(3 / 5, 12);
    const loss = -(Math.log(0.8) + Math.log(0.4) + Math.log(0.5) + Math.log(0.4) + Math.log(0.1)) / 5;
    expect(result.loss).toBeCloseTo(loss, 12);
  });

  it('counts two classes likewise', () => {
    const say = (truth: number, ...p: number[]) => ({ truth, logits: p.map(Math.log) });
    const result = summarise([say(0, 0.6, 0.4), say(1, 0.3, 0.7), say(1, 0.9, 0.1), say(1, 0.2, 0.8)], 1, 2);
    expect(result.confusion).toEqual([
      [1, 0],
      [1, 2],
    ]);
    expect([result.accuracy, result.twoClassAccuracy]).toEqual([0.75, 0.75]);
  });
});

describe('training', () => {
  it('learns what can be seen', async () => {
    const plain = { ...options.augmentation, turned: 0, noisy: 0, cropped: 0 };
    const { curve } = await train(
      blobs(60),
      { ...network, dropout: 0 },
      { ...options, epochs: 3, augmentation: plain },
    );
    // A network that has learned nothing stands at ln 3.
    expect(curve[2]!.validationLoss).toBeLessThan(0.8 * Math.log(3));
    expect(curve[2]!.validationAccuracy).toBeGreaterThan(0.6);
  });

  it('resumes to the same weights after being stopped in and between epochs', async () => {
    const patterns = blobs(30);
    const straight = await train(patterns, network, averaging, { threads: 1 });
    expect(straight.stopped).toBe(false);
    expect(straight.curve.map(({ epoch }) => epoch)).toEqual([0, 1]);

    const checkpoint = join(folder, 'checkpoint');
    // Six batches an epoch.
    for (const stopAfter of [2, 6]) {
      const stop = new AbortController();
      const part = await train(patterns, network, averaging, {
        threads: 1,
        checkpoint,
        signal: stop.signal,
        onStep: ({ step }) => step === stopAfter && stop.abort(),
      });
      expect(part.stopped).toBe(true);
    }
    const resumed = await train(patterns, network, averaging, { threads: 1, checkpoint });
    expect(resumed.curve).toEqual(straight.curve);
    // The mean lags behind the weights; a checkpoint without it would show here.
    for (const { validationLoss, averageLoss } of straight.curve) {
      expect(averageLoss).toBeGreaterThan(0);
      expect(averageLoss).not.toBe(validationLoss);
    }
    expect(resumed.averaged).toBe(straight.averaged);
    expect(resumed.best).toBe(straight.best);
    expect(Buffer.from(resumed.weights.buffer).equals(Buffer.from(straight.weights.buffer))).toBe(true);

    const other = train(patterns, network, { ...averaging, seed: 5 }, { checkpoint });
    await expect(other).rejects.toMatchObject({ code: 'usage' });
  });

  it('keeps the mean of the weights where it is better, and ends when nothing gets better', async () => {
    // A rate far too large throws the weights about; their mean stays nearer to the middle.
    const wild = { ...averaging, average: 0.98, rate: 2e-2, epochs: 4, lowerFrom: 1 };
    const { averaged, best, curve, weights } = await train(blobs(30), { ...network, dropout: 0 }, wild);
    const losses = curve.map(({ validationLoss, averageLoss }) => Math.min(validationLoss, averageLoss!));
    expect(best).toBe(losses.indexOf(Math.min(...losses)));
    expect(averaged).toBe(curve[best]!.averageLoss! < curve[best]!.validationLoss);
    expect(weights).toHaveLength(parameterCount(network));

    const hopeless = { ...options, rate: 1e-60, epochs: 9, patience: 2 };
    const short = await train(blobs(12), { ...network, dropout: 0 }, hopeless);
    expect(short).toMatchObject({ best: 0, stopped: false });
    expect(short.curve).toHaveLength(3);
  });

  it('refuses a data set smaller than a batch', async () => {
    await expect(train(blobs(6), network, { ...options, batch: 64 })).rejects.toThrow(RangeError);
  });
});
