import { BraggwatchError, type ErrorCode } from '@contract/errors';
import type { ShardMaker } from './maker';

export interface PoolOptions {
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  createMaker(): ShardMaker;
  /** A crystal of the shard is made; `discarded` were before it. */
  onCrystal(shard: number, discarded: number): void;
  /** What was made of the shard is lost; it is begun again. */
  onLost(shard: number): void;
}

/** Times that a shard is begun before its failure is the run's: what kills a fresh process three times is no accident. */
const MAX_TRIES = 3;
const ACCIDENTS: readonly ErrorCode[] = ['worker-died', 'timed-out'];
const isAccident = (error: unknown): boolean => error instanceof BraggwatchError && ACCIDENTS.includes(error.code);

/**
 * Makes shards by several workers at once, each a whole shard at a time; they finish in any order. The first failure that is
 * no accident ends all, and so does the signal; what is whole stays.
 * @throws BraggwatchError a maker's own; the signal's reason
 */
export async function makeShards(shards: readonly number[], options: PoolOptions): Promise<void> {
  const { createMaker, onCrystal, onLost } = options;
  const queue = [...shards];
  const stop = new AbortController();
  const makers: ShardMaker[] = [];
  const closing = new Map<ShardMaker, Promise<void>>();
  const closeAll = (): void => {
    for (const maker of makers) if (!closing.has(maker)) closing.set(maker, Promise.resolve(maker.close()));
  };
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  signal.addEventListener('abort', closeAll, { once: true });

  const makeOne = async (maker: ShardMaker, shard: number): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        return await maker.make(shard, (discarded) => onCrystal(shard, discarded), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isAccident(error) || tries === MAX_TRIES) throw error;
        onLost(shard);
      }
    }
  };
  const lane = async (): Promise<void> => {
    const maker = createMaker();
    makers.push(maker);
    for (let shard = queue.shift(); shard !== undefined; shard = queue.shift()) {
      signal.throwIfAborted();
      await makeOne(maker, shard);
    }
  };

  try {
    const lanes = Array.from({ length: Math.min(options.workers, shards.length) }, lane);
    const failed = (error: unknown): never => {
      stop.abort(error);
      throw error;
    };
    // Wait for all of them: a lane may be about to make its shard whole.
    const ends = await Promise.allSettled(lanes.map((end) => end.catch(failed)));
    signal.throwIfAborted();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    signal.removeEventListener('abort', closeAll);
    closeAll();
    await Promise.all(closing.values());
  }
}
