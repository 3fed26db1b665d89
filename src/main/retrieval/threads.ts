import { Worker } from 'node:worker_threads';
import { setTimeout } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import { createRetrievalMemory, type Retrieved } from '@core/phase/retrieve';
import { inBackground } from '@main/process/report';
import { threadEntry } from '@main/process/thread-entry';
import { runStart, type StartOrder } from './start';

/** What a thread says. */
export type ThreadWord = { readonly iterations: number } | { readonly found: Retrieved } | { readonly failed: string };

/** Where starts are run, several at a time. */
export interface Starter {
  /** How many at a time. */
  readonly width: number;
  /**
   * @param onIterations told of the start's iterations as they are done
   * @throws whatever the signal was aborted with; BraggwatchError worker-died
   */
  run(order: StartOrder, onIterations: (done: number) => void, signal?: AbortSignal): Promise<Retrieved>;
  /** Holds all starts between two iterations, or lets them go on. */
  hold(on: boolean): void;
  /** Ends the threads. */
  close(): void;
}

/** In memory that all threads see: 1 while they are held. */
export type Gate = Int32Array<SharedArrayBuffer>;

/** A thread for each core that is given; this very thread, in pieces, when run from sources. */
export function createStarter(threads: number): Starter {
  const path = threadEntry('retrieval-thread');
  const gate: Gate = new Int32Array(new SharedArrayBuffer(4));
  const hold = (on: boolean): void => {
    Atomics.store(gate, 0, on ? 1 : 0);
    if (!on) Atomics.notify(gate, 0);
  };
  return { ...(path ? onThreads(path, threads, gate) : here(gate)), hold };
}

/** A thread at a time per start: one that is stopped is ended, since it computes without looking up. */
function onThreads(path: string, threads: number, gate: Gate): Omit<Starter, 'hold'> {
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  return {
    width: threads,
    async run(order, onIterations, signal) {
      signal?.throwIfAborted();
      const worker = idle.pop() ?? new Worker(path, { workerData: gate });
      busy.add(worker);
      try {
        const found = await answerOf(worker, order, onIterations, signal);
        idle.push(worker);
        return found;
      } catch (error) {
        inBackground(worker.terminate(), 'end of a retrieval thread');
        throw error;
      } finally {
        busy.delete(worker);
      }
    },
    close() {
      for (const worker of [...idle, ...busy]) inBackground(worker.terminate(), 'end of a retrieval thread');
      idle.length = 0;
    },
  };
}

/** Listeners are taken away one by one: without any that Node itself has put on a worker no message of it arrives any more. */
function answerOf(
  worker: Worker,
  order: StartOrder,
  onIterations: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<Retrieved> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      signal?.removeEventListener('abort', stop);
      worker.off('message', hear).off('error', died).off('exit', died);
      then();
    };
    const stop = (): void =>
      settle(() => reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped')));
    const died = (cause?: unknown): void =>
      settle(() => reject(new BraggwatchError('worker-died', 'retrieval', { cause })));
    const hear = (word: ThreadWord): void => {
      if ('iterations' in word) onIterations(word.iterations);
      else if ('found' in word) settle(() => resolve(word.found));
      else settle(() => reject(new Error(word.failed)));
    };
    signal?.addEventListener('abort', stop);
    worker.on('message', hear).on('error', died).on('exit', died);
    worker.postMessage(order);
  });
}

/** While it is held, this thread looks again so often. */
const LOOK_MS = 20;

const here = (gate: Gate): Omit<Starter, 'hold'> => ({
  width: 1,
  async run(order, onIterations, signal) {
    const steps = runStart(order, createRetrievalMemory(order.pattern.size));
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      onIterations(step.value);
      do await setTimeout(Atomics.load(gate, 0) === 1 ? LOOK_MS : 0);
      while (Atomics.load(gate, 0) === 1 && !signal?.aborted);
      signal?.throwIfAborted();
    }
  },
  close: () => undefined,
});
