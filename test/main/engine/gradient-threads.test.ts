import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { type NetworkDescription } from '@core/network/description';
import { createOnnxTraining } from '@main/engine/onnx-training';
import { startOf, trainingBatch } from '../../support/training';
import { paperClasses } from '@vocabulary/classes';

const built = fileURLToPath(new URL('../../../out/main/gradient-thread.js', import.meta.url));
// Sources have no file for a thread to run; the build has.
vi.mock('@main/process/thread-entry', () => ({ threadEntry: () => built }));

const network: NetworkDescription = {
  name: 'tiny',
  size: 16,
  window: 16,
  compression: 'log',
  floor: 1e-3,
  convolutions: [
    { channels: 4, stride: 1, pool: true },
    { channels: 6, stride: 1, pool: true },
  ],
  dense: [8],
  classes: paperClasses,
  dropout: 0.2,
};

describe.skipIf(!existsSync(built))('a training in several threads (skipped before a build)', () => {
  it.each([1, 7, 16, 19])('takes the steps of one, with %i volumes in a batch', async (size) => {
    const alone = await createOnnxTraining(network, 1);
    const together = await createOnnxTraining(network, 3);
    let [one, several] = [startOf(network), startOf(network)];
    for (let step = 1; step <= 3; step++) {
      const batch = trainingBatch(network, size, step);
      const [a, b] = [await alone.step(one, batch, 1e-3, step), await together.step(several, batch, 1e-3, step)];
      expect(b.loss).toBeCloseTo(a.loss, 5);
      b.logits.forEach((logit, i) => expect(Math.abs(logit - a.logits[i]!)).toBeLessThan(1e-5));
      [one, several] = [a.state, b.state];
    }
    several.first.forEach((moment, i) => expect(Math.abs(moment - one.first[i]!)).toBeLessThan(1e-6));
    await alone.close();
    await together.close();
  });

  it('gives the very same weights every time, whichever thread is done first', async () => {
    const run = async (): Promise<Float32Array> => {
      const engine = await createOnnxTraining(network, 2);
      let state = startOf(network);
      for (let step = 1; step <= 4; step++)
        ({ state } = await engine.step(state, trainingBatch(network, 40, step), 1e-3, step));
      await engine.close();
      return state.weights;
    };
    expect(await run()).toEqual(await run());
  });

  it('says so when a batch cannot be gone through, and goes on with the next', async () => {
    const engine = await createOnnxTraining(network, 2);
    const batch = trainingBatch(network, 4, 1);
    await expect(
      engine.step(startOf(network), { ...batch, volumes: batch.volumes.subarray(0, 100) }, 1e-3, 1),
    ).rejects.toThrow(/size|dims|shape|length/i);
    expect((await engine.step(startOf(network), batch, 1e-3, 1)).loss).toBeGreaterThan(0);
    await engine.close();
  });
});
