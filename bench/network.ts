import type { TrainingState } from '@core/network/adam';
import { initialWeights } from '@core/network/initialise';
import { threeClass, type NetworkDescription } from '@core/network/description';
import { buildForward } from '@core/network/judging';
import { stream } from '@core/random/stream';
import { createOnnxEngine } from '@main/engine/onnx';
import { createOnnxTraining } from '@main/engine/onnx-training';
import { median, runPeer } from './peer';

const ROUNDS = 3;
const BATCH = 8;
const SECONDS = 5;
const WIDTHS = [8, 16, 32, 64, 128];
/** The peer's network, layer for layer: no window, no dropout, four pools. */
const network: NetworkDescription = {
  ...threeClass,
  name: 'bench',
  window: 64,
  convolutions: WIDTHS.map((channels, i) => ({ channels, stride: 1, pool: i < 4 })),
  dropout: 0,
};

/** Milliseconds per volume of something done over and over for a while, as the peer measures it. */
async function perVolume(volumes: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < SECONDS * 1000) {
    await run();
    done += volumes;
  }
  return (performance.now() - start) / done;
}

/**
 * Judging and training by the same network as PyTorch's, turn by turn on the same cores. Ratios above 1: so many times faster than it.
 */
export async function benchNetwork(print: (line: object) => void): Promise<void> {
  const random = stream(1, 'bench network');
  const weights = initialWeights(network, random.normal);
  const volumes = Float32Array.from({ length: BATCH * 64 ** 3 }, () => random.uniform());
  const one = volumes.subarray(0, 64 ** 3);
  const labels = Float32Array.from({ length: BATCH * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
  const engine = await createOnnxEngine(buildForward(network, weights), network);
  const training = await createOnnxTraining(network);
  let state: TrainingState = {
    weights,
    first: new Float32Array(weights.length),
    second: new Float32Array(weights.length),
  };
  let step = 0;
  const ratios: Record<string, number[]> = { forward_1: [], forward_batch: [], train: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const ours: Record<string, number> = {
      forward_1_ms: await perVolume(1, () => engine.predict(one, 1)),
      forward_batch_ms: await perVolume(BATCH, () => engine.predict(volumes, BATCH)),
      train_ms: await perVolume(BATCH, async () => {
        ({ state } = await training.step(
          state,
          { volumes, families: new Float32Array(), labels, masks: [] },
          1e-3,
          ++step,
        ));
      }),
    };
    const peer = runPeer('torch_cnn.py', [WIDTHS.join(), String(BATCH)]);
    print({ round, widths: WIDTHS, batch: BATCH, ...ours, peer });
    for (const [key, list] of Object.entries(ratios)) {
      const theirs = peer[`${key}_ms`];
      if (typeof theirs === 'number') list.push(theirs / ours[`${key}_ms`]!);
    }
  }
  await engine.close();
  await training.close();
  if (ratios['train']!.length === 0) return;
  print({
    bench: 'network',
    times_faster: Object.fromEntries(Object.entries(ratios).map(([key, list]) => [key, median(list)])),
  });
}
