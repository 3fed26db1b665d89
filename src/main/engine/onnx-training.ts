import { Tensor } from 'onnxruntime-node';
import { maskShapes, parameterCount, type NetworkDescription } from '@core/network/description';
import { buildTrainingStep, correctedRate } from '@core/network/training';
import { createSession } from './session';
import type { TrainingEngine } from './types';

const OUTPUTS = ['loss', 'logits', 'next_weights', 'next_first', 'next_second'];

/**
 * Trains by onnxruntime on the CPU: the training step is itself an ONNX graph.
 * @param batch volumes per step
 */
export async function createOnnxTraining(
  network: NetworkDescription,
  batch: number,
  threads?: number,
): Promise<TrainingEngine> {
  const session = await createSession(buildTrainingStep(network, batch), threads);
  const { window, classes } = network;
  const flat = [parameterCount(network)];
  const shapes = maskShapes(network).map((shape) => [batch, ...shape]);
  const floats = (data: Float32Array, shape: readonly number[]): Tensor => new Tensor('float32', data, shape);

  return {
    name: 'onnx/cpu',
    async step(state, { volumes, labels, masks }, rate, step) {
      const feeds: Record<string, Tensor> = {
        intensity: floats(volumes, [batch, window, window, window]),
        labels: floats(labels, [batch, classes.length]),
        weights: floats(state.weights, flat),
        first: floats(state.first, flat),
        second: floats(state.second, flat),
        rate: floats(Float32Array.of(correctedRate(rate, step)), []),
      };
      shapes.forEach((shape, i) => (feeds[`mask${i}`] = new Tensor('uint8', masks[i]!, shape)));
      const out = await session.run(feeds, OUTPUTS);
      const read = (name: string): Float32Array => out[name]!.data as Float32Array;
      return {
        state: { weights: read('next_weights'), first: read('next_first'), second: read('next_second') },
        loss: read('loss')[0]!,
        logits: read('logits'),
      };
    },
    close: () => session.release(),
  };
}
