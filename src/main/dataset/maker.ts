import { setTimeout as sleep } from 'node:timers/promises';
import type { Launcher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import { createContext, type SetJob } from './context';
import type { RelaxingTools } from './relaxing';
import type { DatasetService } from './service';
import { beginShard } from './shard';

/** What makes shards, one after the other: this process, or a child of its own. */
export interface ShardMaker {
  /**
   * Makes a whole shard.
   * @param onCrystal called after each crystal with the number of those discarded before it
   * @throws BraggwatchError disk-full, recipe-hopeless, worker-died, timed-out and whatever the relaxer throws
   */
  make(shard: number, onCrystal: (discarded: number) => void, signal?: AbortSignal): Promise<void>;
  close(): Promise<void> | void;
}

/** Makes shards in this process. */
export function createLocalMaker(job: SetJob, tools?: RelaxingTools): ShardMaker {
  const context = createContext(job, tools);
  return {
    close: () => context.session?.close(),
    async make(shard, onCrystal, signal) {
      const begun = beginShard(context, shard);
      try {
        for (let done = false; !done;) {
          const step = await begun.next(signal);
          done = step.done;
          onCrystal(step.discarded);
        }
      } finally {
        begun.abandon();
      }
    },
  };
}

// One crystal: up to a hundred patterns, or some relaxations of a million atoms. Beyond this something hangs.
const CRYSTAL_MS = 3 * 3600 * 1000;

/** Time for a worker to finish its pattern and hear that it shall end. */
const FAREWELL_MS = 2000;

/** Makes shards in a child process of its own; one that dies is replaced at the next shard. */
export function createProcessMaker(job: SetJob, launcher: Launcher): ShardMaker {
  const worker = createWorker<DatasetService>(launcher, 'dataset-worker', { timeoutMs: CRYSTAL_MS });
  let busy = false;
  return {
    async close() {
      if (busy)
        await Promise.race([worker.call('end').catch(() => undefined), sleep(FAREWELL_MS, undefined, { ref: false })]);
      worker.close();
    },
    async make(shard, onCrystal, signal) {
      busy = true;
      try {
        await worker.call('begin', job, shard);
        for (let done = false; !done;) {
          signal?.throwIfAborted();
          const step = await worker.call('next', shard);
          done = step.done;
          onCrystal(step.discarded);
        }
      } finally {
        busy = false;
      }
    },
  };
}
