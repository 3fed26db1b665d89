import { isDeepStrictEqual } from 'node:util';
import { BraggwatchError } from '@contract/errors';
import { createContext, type SetJob } from './context';
import type { RelaxingTools } from './relaxing';
import { beginShard, type ShardContext, type ShardInProgress } from './shard';

interface Work {
  readonly shard: number;
  readonly progress: ShardInProgress;
}

/** The functions of a process that makes shards; it holds one set's scatterer and relaxer, and one shard at a time. */
export function createDatasetService(tools?: RelaxingTools) {
  const ended = new AbortController();
  let current: { readonly job: SetJob; readonly context: ShardContext } | undefined;
  let work: Work | undefined;
  return {
    /** Begins a shard; one left undone is given up. */
    begin(job: SetJob, shard: number): void {
      work?.progress.abandon();
      work = undefined;
      if (!isDeepStrictEqual(current?.job, job)) {
        current?.context.session?.close();
        current = { job, context: createContext(job, tools) };
      }
      if (current) work = { shard, progress: beginShard(current.context, shard) };
    },
    /**
     * Makes the next crystal of the shard that was begun.
     * @throws BraggwatchError worker-died when the process that began it has died since
     */
    async next(shard: number): Promise<{ discarded: number; done: boolean }> {
      const { progress } = work?.shard === shard ? work : lost(shard);
      try {
        const step = await progress.next(ended.signal);
        if (step.done) work = undefined;
        return step;
      } catch (error) {
        progress.abandon();
        work = undefined;
        throw error;
      }
    },
    /** Ends whatever is under way for good, LAMMPS with it, which would relax on for minutes although nobody waits for it. */
    end(): void {
      ended.abort(new BraggwatchError('worker-died', 'it was ended'));
      work?.progress.abandon();
      current?.context.session?.close();
    },
  };
}

function lost(shard: number): never {
  throw new BraggwatchError('worker-died', `shard ${shard} was begun by another process`);
}

export type DatasetService = ReturnType<typeof createDatasetService>;
