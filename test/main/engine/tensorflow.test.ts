import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NetworkDescription } from '@core/network/description';
import { buildForward } from '@core/network/judging';
import { readWeights } from '@core/network/weights';
import { createOnnxEngine } from '@main/engine/onnx';
import { createOnnxTraining } from '@main/engine/onnx-training';
import { loadTensorflow, restoreUtilities, seesGpu } from '@main/engine/tensorflow/load';
import { createTensorflowEngine } from '@main/engine/tensorflow/predict';
import { createTensorflowTraining } from '@main/engine/tensorflow/training';
import { noise, startOf, trainingBatch } from '../../support/training';
import { paperClasses } from '@vocabulary/classes';

/** Small enough for plain JavaScript, with every kind of layer. */
const pooled: NetworkDescription = {
  name: 'tiny',
  size: 12,
  window: 8,
  compression: 'log',
  floor: 1e-3,
  convolutions: [
    { channels: 2, stride: 1, pool: true },
    { channels: 3, stride: 1, pool: true },
    { channels: 4, stride: 1, pool: false },
  ],
  dense: [5],
  classes: paperClasses,
  dropout: 0.25,
};
const strided: NetworkDescription = {
  ...pooled,
  compression: 'sqrt',
  convolutions: [
    { channels: 2, stride: 2, pool: false },
    { channels: 3, stride: 1, pool: true },
  ],
  classes: ['perfect', 'defective'],
};
const BATCH = 10;
/** Some known, one unknown, one that nobody was told of. */
const FAMILIES = Array.from({ length: BATCH }, (_, n) => ['111', '220', undefined, '331'][n % 4]);

beforeAll(async () => {
  await tf.setBackend('cpu');
});
let before = 0;
beforeEach(() => void (before = tf.memory().numTensors));
// What an engine leaves behind at every step fills a GPU in an hour.
afterEach(() => expect(tf.memory().numTensors).toBe(before));

describe.each([
  ['with pools', pooled],
  ['told of families', { ...pooled, families: ['111', '220'] }],
  ['with a stride, square roots and two classes', strided],
])('tensorflow beside onnx, %s', (_, network) => {
  it.each([1, 8] as const)('gives the same logits and features, of %i spins', async (spins) => {
    const bytes = buildForward(network, startOf(network).weights, spins);
    const onnx = await createOnnxEngine(bytes, network);
    const tensorflow = createTensorflowEngine(tf, network, readWeights(bytes, network), spins);
    const volumes = noise(BATCH * network.size ** 3, 1);
    const [ours, theirs] = [
      await onnx.portray(volumes, BATCH, FAMILIES),
      await tensorflow.portray(volumes, BATCH, FAMILIES),
    ];
    expect(theirs.logits).toHaveLength(BATCH * network.classes.length);
    theirs.logits.forEach((logit, i) => expect(Math.abs(logit - ours.logits[i]!)).toBeLessThan(1e-4));
    theirs.features!.forEach((feature, i) => expect(Math.abs(feature - ours.features![i]!)).toBeLessThan(1e-4));
    expect(await tensorflow.predict(volumes, BATCH, FAMILIES)).toEqual(theirs.logits);
    if (network.families) expect(await tensorflow.predict(volumes, BATCH)).not.toEqual(theirs.logits);
    expect(Math.max(...ours.logits) - Math.min(...ours.logits)).toBeGreaterThan(0.1);
    await expect(tensorflow.predict(volumes, 3)).rejects.toThrow(RangeError);
    await onnx.close();
    await tensorflow.close();
  });

  it('takes the same three training steps under the same dropout', async () => {
    const start = startOf(network);
    const [onnx, tensorflow] = [await createOnnxTraining(network, 1), createTensorflowTraining(tf, network)];
    let [ours, theirs] = [start, start];
    for (let step = 1; step <= 3; step++) {
      const batch = trainingBatch(network, BATCH, 10 + step);
      const [a, b] = [await onnx.step(ours, batch, 1e-3, step), await tensorflow.step(theirs, batch, 1e-3, step)];
      expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-4);
      b.logits.forEach((logit, i) => expect(Math.abs(logit - a.logits[i]!)).toBeLessThan(1e-4));
      [ours, theirs] = [a.state, b.state];
    }
    theirs.weights.forEach((weight, i) => expect(Math.abs(weight - ours.weights[i]!)).toBeLessThan(1e-4));
    theirs.first.forEach((moment, i) => expect(Math.abs(moment - ours.first[i]!)).toBeLessThan(1e-4));
    expect(Math.max(...theirs.weights.map((weight, i) => Math.abs(weight - start.weights[i]!)))).toBeGreaterThan(2e-3);
    await onnx.close();
    await tensorflow.close();
  });
});

describe('loading tensorflow', () => {
  it('puts back what Node took away, and nothing else', () => {
    const own = (): boolean => false;
    const util: Record<string, unknown> = { isArray: own };
    restoreUtilities(util);
    expect(util['isArray']).toBe(own);
    const isNullOrUndefined = util['isNullOrUndefined'] as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  });

  it('says why, where it cannot; sees no GPU in plain JavaScript', async () => {
    expect(seesGpu(tf)).toBe(false);
    const outcome = await loadTensorflow().catch((error: unknown) => error);
    // A machine with the native library is as good; it must not pass for broken.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'engine-unavailable' });
    else expect(outcome).toHaveProperty('conv3d');
  });
});
