import { parentPort, workerData } from 'node:worker_threads';
import { createRetrievalMemory } from '@core/phase/retrieve';
import type { CubeFft } from '@core/phase/fft';
import { runStart, type StartOrder } from './start';
import type { Gate, ThreadWord } from './threads';

/** One thread of a retrieval: start after start. Who wants it to stop ends the thread. */
let memory: CubeFft | undefined;
const gate = workerData as Gate;

parentPort?.on('message', (order: StartOrder) => {
  const tell = (word: ThreadWord): void => parentPort?.postMessage(word);
  try {
    if (memory?.size !== order.pattern.size) memory = createRetrievalMemory(order.pattern.size);
    const steps = runStart(order, memory);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return tell({ found: step.value });
      tell({ iterations: step.value });
      Atomics.wait(gate, 0, 1);
    }
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
});
