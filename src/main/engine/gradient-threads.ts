import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BraggwatchError } from '@contract/errors';
import type { NetworkDescription } from '@core/network/description';
import { threadEntry } from '@main/process/thread-entry';
import type { Part, PartFailure, PartGradient } from './gradient';

/** Where the gradients of a batch's parts come from. */
export interface GradientSource {
  /** Parts that are worked on at the same time. */
  readonly width: number;
  run(part: Part): Promise<PartGradient>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** Of the part it is at. */
  settle?: { readonly resolve: (result: PartGradient) => void; readonly reject: (reason: unknown) => void };
}

/**
 * A thread per core, each with a session of its own. onnxruntime shares one step out among its threads operator by operator, and they
 * wait for each other at each; whole parts share better, and leave this thread free to put the next batch together.
 * @returns undefined when run from sources, where there is no built file for the threads
 */
export function createGradientThreads(network: NetworkDescription, threads: number): GradientSource | undefined {
  const path = threadEntry('gradient-thread');
  if (!path) return undefined;
  let failure: BraggwatchError | undefined;
  const all = Array.from({ length: threads }, (): Thread => {
    const thread: Thread = { worker: new Worker(path, { workerData: network }) };
    thread.worker.on('message', (result: PartGradient | PartFailure) => {
      const { settle } = thread;
      delete thread.settle;
      if ('failed' in result) settle?.reject(new Error(result.failed));
      else settle?.resolve(result);
    });
    const fail = (cause: unknown): void => {
      failure ??= new BraggwatchError('worker-died', 'a thread of the training', { cause });
      thread.settle?.reject(failure);
    };
    thread.worker.on('error', fail);
    thread.worker.on('exit', () => fail(undefined));
    return thread;
  });
  const idle = [...all];
  const waiting: ((thread: Thread) => void)[] = [];
  return {
    width: threads,
    async run(part) {
      const thread = idle.pop() ?? (await new Promise<Thread>((resolve) => waiting.push(resolve)));
      try {
        return await new Promise<PartGradient>((resolve, reject) => {
          if (failure) return reject(failure);
          thread.settle = { resolve, reject };
          thread.worker.postMessage(part);
        });
      } finally {
        const next = waiting.shift();
        if (next) next(thread);
        else idle.push(thread);
      }
    },
    async close() {
      await Promise.all(
        all.map(async ({ worker }) => {
          worker.removeAllListeners('exit');
          if (failure) return worker.terminate();
          worker.postMessage('close');
          return once(worker, 'exit');
        }),
      );
    },
  };
}
