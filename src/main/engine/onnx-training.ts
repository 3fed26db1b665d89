import { availableParallelism } from 'node:os';
import { adamStep } from '@core/network/adam';
import { parameterCount, type NetworkDescription } from '@core/network/description';
import { buildGradient } from '@core/network/gradient';
import type { Provider } from './choice';
import { gradientOf, partOf } from './gradient';
import { createGradientThreads, type GradientSource } from './gradient-threads';
import { createSession } from './session';
import type { TrainingEngine } from './types';

/** Volumes gone through at once: their unfolded copies of the first layers fit into a large cache; more gain nothing. */
const PART = 8;

/** One session in this thread, with all the cores: for a GPU, and where there are no other threads. */
async function oneSession(network: NetworkDescription, threads: number, provider: Provider): Promise<GradientSource> {
  const session = await createSession(buildGradient(network, provider === 'cpu'), { threads, provider, patient: true });
  return {
    width: 1,
    run: (part) => gradientOf(session, network, part),
    close: () => session.release(),
  };
}

/** Trains by onnxruntime: loss and gradient are themselves an ONNX graph. */
export async function createOnnxTraining(
  network: NetworkDescription,
  threads = availableParallelism(),
  provider: Provider = 'cpu',
): Promise<TrainingEngine> {
  const shared = provider === 'cpu' && threads > 1 ? createGradientThreads(network, threads) : undefined;
  const source = shared ?? (await oneSession(network, threads, provider));
  const count = parameterCount(network);

  return {
    name: `onnx/${provider}`,
    async step(state, batch, rate, step) {
      const size = batch.labels.length / network.classes.length;
      const part = Math.min(PART, Math.ceil(size / source.width));
      const starts = Array.from({ length: Math.ceil(size / part) }, (_, n) => n * part);
      const results = await Promise.all(
        starts.map((from) => {
          const own = Math.min(part, size - from);
          return source.run({ ...partOf(batch, size, from, own), count: own, weights: state.weights });
        }),
      );
      // Summed in the order of the parts, whichever was done first: the same trajectory every time.
      const gradient = new Float32Array(count);
      const logits = new Float32Array(batch.labels.length);
      let loss = 0;
      for (const [n, result] of results.entries()) {
        for (let i = 0; i < count; i++) gradient[i]! += result.gradient[i]! / size;
        logits.set(result.logits, starts[n]! * network.classes.length);
        loss += result.loss / size;
      }
      return { state: adamStep(state, gradient, rate, step), loss, logits };
    },
    close: () => source.close(),
  };
}
