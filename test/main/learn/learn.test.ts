import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threeClass, type NetworkDescription } from '@core/network/description';
import { stream } from '@core/random/stream';
import { summarise } from '@main/learn/evaluate';
import { exposed } from '@main/learn/exposed';
import { rateAt, trainingOptionsSchema } from '@main/learn/options';
import type { PatternSet } from '@main/learn/patterns';
import { splitByCrystal } from '@main/learn/split';
import { train } from '@main/learn/train';

/** Three kinds of blob that no one could confuse: round, long along Q, flat across it. */
function blobs(count: number): PatternSet {
  const widths = [
    [4, 4],
    [9, 2.5],
    [2.5, 9],
  ] as const;
  const entries = Array.from({ length: count }, (_, i) => ({ crystal: i >> 1, label: (i >> 1) % 3, oversampling: 3 }));
  return {
    entries,
    read: (index) => {
      const random = stream(9, 'blob', index);
      const [along, across] = widths[entries[index]!.label]!.map((w) => w * random.uniform(0.9, 1.1)) as [
        number,
        number,
      ];
      const volume = new Float32Array(64 ** 3);
      for (let i = 0, at = 0; i < 64; i++)
        for (let j = 0; j < 64; j++)
          for (let k = 0; k < 64; k++, at++)
            volume[at] = Math.exp(-(((i - 32) / along) ** 2) - ((j - 32) ** 2 + (k - 32) ** 2) / across ** 2);
      return Promise.resolve(volume);
    },
  };
}

const network: NetworkDescription = {
  ...threeClass,
  convolutions: [
    { channels: 4, stride: 2, pool: true },
    { channels: 6, stride: 1, pool: true },
  ],
  dense: [8],
};
const options = trainingOptionsSchema.parse({ epochs: 3, batch: 4, rate: 3e-3, validation: 0.2, test: 0.2, seed: 4 });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-learn-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the split', () => {
  it('keeps the patterns of a crystal together and every class in every part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.integer(), (crystals, seed) => {
        const entries = Array.from({ length: crystals * 3 }, (_, i) => ({
          crystal: `c${i % crystals}`,
          label: (i % crystals) % 3,
        }));
        const parts = splitByCrystal(entries, { validation: 0.1, test: 0.05 }, seed);
        const seen = [...parts.train, ...parts.validation, ...parts.test].sort((a, b) => a - b);
        expect(seen).toEqual(entries.map((_, i) => i));
        const homes = new Map<string, Set<readonly number[]>>();
        for (const part of Object.values(parts) as (readonly number[])[]) {
          for (const i of part) {
            const { crystal } = entries[i]!;
            homes.set(crystal, (homes.get(crystal) ?? new Set()).add(part));
          }
        }
        for (const home of homes.values()) expect(home.size).toBe(1);
        for (const part of [parts.train, parts.validation, parts.test]) {
          expect(new Set(part.map((i) => entries[i]!.label)).size).toBe(3);
        }
      }),
    );
  });
});

describe('the learning rate', () => {
  it('stays, then falls without a jump to its last share', () => {
    const plan = { ...options, rate: 1e-3, lowerFrom: 0.5, lastRate: 0.05 };
    expect([0, 0.25, 0.5].map((p) => rateAt(plan, p))).toEqual([1e-3, 1e-3, 1e-3]);
    expect(rateAt(plan, 0.5001)).toBeCloseTo(1e-3, 8);
    expect(rateAt(plan, 0.75)).toBeCloseTo(0.525e-3, 8);
    expect(rateAt(plan, 1)).toBeCloseTo(5e-5, 10);
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
});

describe('patterns as a detector counts them', () => {
  it('are noisy, differ from each other, and are always the same', async () => {
    const set = exposed(blobs(4), { ...options.augmentation, noisy: 1 }, 3);
    const once = await set.read(1);
    expect(await set.read(1)).toEqual(once);
    expect(await set.read(0)).not.toEqual(once);
    expect(Math.max(...once.filter((_, i) => i % 64 === 32))).toBeLessThanOrEqual(1);
    expect(once).not.toEqual(await blobs(4).read(1));
  });
});

describe('training', () => {
  it('learns what can be seen, and resumes to the same weights after being stopped anywhere', async () => {
    const patterns = blobs(72);
    const straight = await train(patterns, network, options, { threads: 1 });
    expect(straight.stopped).toBe(false);
    expect(straight.curve.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    // A network that has learned nothing stands at ln 3.
    expect(straight.curve[2]!.validationLoss).toBeLessThan(0.8 * Math.log(3));
    expect(straight.curve[2]!.validationAccuracy).toBeGreaterThan(0.6);

    const checkpoint = join(folder, 'checkpoint');
    for (const stopAfter of [3, 14]) {
      const stop = new AbortController();
      const part = await train(patterns, network, options, {
        threads: 1,
        checkpoint,
        signal: stop.signal,
        onStep: ({ step }) => step === stopAfter && stop.abort(),
      });
      expect(part.stopped).toBe(true);
    }
    const resumed = await train(patterns, network, options, { threads: 1, checkpoint });
    expect(resumed.curve).toEqual(straight.curve);
    expect(resumed.best).toBe(straight.best);
    expect(Buffer.from(resumed.weights.buffer).equals(Buffer.from(straight.weights.buffer))).toBe(true);

    await expect(train(patterns, network, { ...options, seed: 5 }, { checkpoint })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('refuses a data set smaller than a batch', async () => {
    await expect(train(blobs(6), network, { ...options, batch: 64 })).rejects.toThrow(RangeError);
  });
});
