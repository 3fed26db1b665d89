import { parentPort, workerData } from 'node:worker_threads';
import { buildGradient } from '@core/network/gradient';
import type { NetworkDescription } from '@core/network/description';
import { inBackground } from '@main/process/report';
import { gradientOf, type Part, type PartFailure } from './gradient';
import { createSession } from './session';

/** One thread of a training: its own session on one core, part after part. */
const network = workerData as NetworkDescription;
const session = createSession(buildGradient(network), { threads: 1, patient: true });

async function answer(part: Part): Promise<void> {
  try {
    const { loss, logits, gradient } = await gradientOf(await session, network, part);
    // Copies: onnxruntime's own memory cannot be handed over.
    const copy = { loss, logits: new Float32Array(logits), gradient: new Float32Array(gradient) };
    parentPort?.postMessage(copy, [copy.logits.buffer, copy.gradient.buffer]);
  } catch (error) {
    // A thread that ends by an error while onnxruntime holds memory takes the process along.
    parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies PartFailure);
  }
}

parentPort?.on('message', (part: Part | 'close') => {
  if (part !== 'close') return void answer(part);
  const release = session.then((own) => own.release()).finally(() => parentPort?.close());
  inBackground(release, 'end of a gradient thread');
});
