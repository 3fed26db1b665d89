import { cpSync, truncateSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { shippedModels } from '@main/engine/model';
import { createClassifier } from '@main/models/classifier';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';

it('asks the same second model whichever way the first came into use: at the start, chosen later, or chosen again', async () => {
  const classifier = createClassifier(builtLauncher(), 'three-class', 'onnx');
  onTestFinished(() => classifier.close());
  const { beside } = await classifier.facts();
  expect(beside).toHaveProperty('name', 'defects');
  expect((await classifier.use('three-class')).beside).toEqual(beside);
  // What judges afterwards, too.
  const volume = new Float32Array(64 ** 3).fill(0.1);
  expect((await classifier.judge(volume, 1)).beside).toBeDefined();
});

it('tries a second model that is damaged again by itself, and asks it once it is mended', async () => {
  const folder = temporaryFolder();
  cpSync(join(shippedModels(), 'two-class'), folder, { recursive: true });
  const weights = join(folder, 'model.onnx');
  const whole = readFileSync(weights);
  truncateSync(weights, whole.length - 100);
  let news = 0;
  const classifier = createClassifier(builtLauncher(), 'three-class', 'onnx', folder, {
    everyMs: 200,
    told: () => void news++,
  });
  onTestFinished(() => classifier.close());
  const beside = async (): Promise<unknown> => (await classifier.facts()).beside;
  expect(await beside()).toMatchObject({ problem: { code: 'model-invalid' } });
  const volume = new Float32Array(64 ** 3).fill(0.1);
  const alone = await classifier.judge(volume, 1);
  expect(alone.beside).toBeUndefined();
  // Nothing is told as long as it is as it was.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(news).toBe(0);
  writeFileSync(weights, whole);
  await eventually(() => news === 1, 'it is noticed');
  expect(await beside()).toMatchObject({ name: 'two-class' });
  const both = await classifier.judge(volume, 1);
  expect(both.beside).toHaveLength(2);
  // The first model is the one that it was, and has judged as before.
  expect([both.model.hash, [...both.logits]]).toEqual([alone.model.hash, [...alone.logits]]);
});
