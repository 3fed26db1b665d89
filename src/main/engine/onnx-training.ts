import { Tensor } from 'onnxruntime-node';
import { adamStep } from '@core/network/adam';
import { maskShapes, parameterCount, type NetworkDescription } from '@core/network/description';
import { buildGradient } from '@core/network/gradient';
import type { Provider } from './choice';
import { createSession } from './session';
import type { TrainingEngine } from './types';

/** Volumes gone through at once: their unfolded copies of the first layers fit into a large cache; more gain nothing. */
const PART = 8;
const OUTPUTS = ['loss', 'logits', 'gradient'];

/** Trains by onnxruntime: loss and gradient are themselves an ONNX graph. */
export async function createOnnxTraining(
  network: NetworkDescription,
  threads?: number,
  provider: Provider = 'cpu',
): Promise<TrainingEngine> {
  const session = await createSession(buildGradient(network, provider === 'cpu'), { threads, provider, patient: true });
  const { window, classes } = network;
  const count = parameterCount(network);
  const shapes = maskShapes(network);

  return {
    name: `onnx/${provider}`,
    async step(state, { volumes, labels, masks }, rate, step) {
      const batch = labels.length / classes.length;
      const gradient = new Float32Array(count);
      const logits = new Float32Array(labels.length);
      let loss = 0;
      for (let from = 0; from < batch; from += PART) {
        const part = Math.min(PART, batch - from);
        /** This part's items of an array over the batch. */
        const own = <A extends Float32Array | Uint8Array>(all: A, shape: readonly number[]): Tensor => {
          const each = all.length / batch;
          const items = all.subarray(from * each, (from + part) * each);
          return new Tensor(items instanceof Uint8Array ? 'uint8' : 'float32', items, [part, ...shape]);
        };
        const feeds: Record<string, Tensor> = {
          intensity: own(volumes, [window, window, window]),
          labels: own(labels, [classes.length]),
          weights: new Tensor('float32', state.weights, [count]),
        };
        shapes.forEach((shape, i) => (feeds[`mask${i}`] = own(masks[i]!, shape)));
        const out = await session.run(feeds, OUTPUTS);
        const read = (name: string): Float32Array => out[name]!.data as Float32Array;
        const sum = read('gradient');
        for (let i = 0; i < count; i++) gradient[i]! += sum[i]! / batch;
        logits.set(read('logits'), from * classes.length);
        loss += read('loss')[0]! / batch;
      }
      return { state: adamStep(state, gradient, rate, step), loss, logits };
    },
    close: () => session.release(),
  };
}
