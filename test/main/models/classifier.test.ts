import { expect, it, onTestFinished } from 'vitest';
import { createClassifier } from '@main/models/classifier';
import { builtLauncher } from '../../support/build';

it('asks the same second model whichever way the first came into use: at the start, chosen later, or chosen again', async () => {
  const classifier = createClassifier(builtLauncher(), 'three-class', 'onnx');
  onTestFinished(() => classifier.close());
  const { beside } = await classifier.facts();
  expect(beside).toHaveProperty('name', 'two-class');
  expect((await classifier.use('three-class')).beside).toEqual(beside);
  // What judges afterwards, too.
  const volume = new Float32Array(64 ** 3).fill(0.1);
  expect((await classifier.judge(volume, 1)).beside).toBeDefined();
});
