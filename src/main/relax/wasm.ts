import { BraggwatchError } from '@contract/errors';
import { nodeLauncher, type Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { Relaxer } from './types';
import type { RelaxService } from './wasm/service';

/** Only a hung process takes so long: a million atoms on one core take half an hour. */
const TIMEOUT_MS = 12 * 3_600_000;

const asRelaxer = (error: unknown): unknown =>
  error instanceof BraggwatchError && error.code === 'worker-died'
    ? new BraggwatchError('relaxer-died', error.detail, { cause: error })
    : error;

/** LAMMPS' WebAssembly build in a process of its own, loaded once and kept for many crystals. */
export function createWasmRelaxer(threads: number, launcher: Launcher = nodeLauncher): Relaxer {
  let worker: Worker<RelaxService> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const replace = (): void => {
    worker?.close();
    worker = undefined;
  };

  /** One call after another. After a failure LAMMPS may be in any state, so its process is replaced. */
  function call<T>(run: (running: Worker<RelaxService>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = queue.then(async () => {
      signal?.throwIfAborted();
      worker ??= createWorker<RelaxService>(launcher, 'relax-worker', { timeoutMs: TIMEOUT_MS });
      signal?.addEventListener('abort', replace);
      try {
        return await run(worker);
      } catch (error) {
        replace();
        signal?.throwIfAborted();
        throw asRelaxer(error);
      } finally {
        signal?.removeEventListener('abort', replace);
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    kind: 'wasm',
    version: () => call((running) => running.call('version', threads)),
    run: (input, signal) => call((running) => running.call('run', input, threads), signal),
    relax: ({ positions, potential, energyTolerance, maxIterations }, signal) =>
      call(async (running) => {
        // Nothing but these: what else the caller keeps in a job may not be clonable.
        const job = { positions, potential, energyTolerance, maxIterations };
        const { worn, ...relaxation } = await running.call('relax', job, threads);
        if (worn) replace();
        return relaxation;
      }, signal),
    close: replace,
  };
}
