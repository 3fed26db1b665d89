import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { ShardMaker } from '@main/dataset/maker';
import { makeShards, type PoolOptions } from '@main/dataset/pool';

interface Watched {
  readonly made: number[];
  readonly lost: number[];
  /** Most makers at work at the same time. */
  most: number;
  closed: number;
  created: number;
}

/** A pool of makers that take a moment for each shard, or do what `act` does. */
function watch(act: (shard: number, time: number) => Promise<void> | void = () => undefined) {
  const seen: Watched = { made: [], lost: [], most: 0, closed: 0, created: 0 };
  const times = new Map<number, number>();
  let busy = 0;
  const createMaker = (): ShardMaker => {
    seen.created++;
    return {
      close: () => void seen.closed++,
      async make(shard, onCrystal) {
        const time = (times.get(shard) ?? 0) + 1;
        times.set(shard, time);
        seen.most = Math.max(seen.most, ++busy);
        try {
          await sleep(shard === 0 ? 30 : 3);
          await act(shard, time);
          onCrystal(0);
          seen.made.push(shard);
        } finally {
          busy--;
        }
      },
    };
  };
  const options = (workers: number, signal?: AbortSignal): PoolOptions => ({
    ...{ workers, signal, createMaker },
    onCrystal: () => undefined,
    onLost: (shard) => void seen.lost.push(shard),
  });
  return { seen, options };
}

const shards = [0, 1, 2, 3, 4, 5, 6];

describe('the pool', () => {
  it('makes every shard once, several at a time, the quick ones before the slow', async () => {
    const { seen, options } = watch();
    await makeShards(shards, options(3));
    expect([...seen.made].sort()).toEqual(shards);
    expect(seen.made[0]).not.toBe(0);
    expect(seen).toMatchObject({ most: 3, created: 3, closed: 3 });
  });

  it('starts no more workers than there are shards', async () => {
    const { seen, options } = watch();
    await makeShards([4, 5], options(8));
    expect(seen.created).toBe(2);
    await makeShards([], options(8));
    expect(seen.created).toBe(2);
  });

  it('begins a shard again when its process died, three times at most', async () => {
    const dies = (shard: number, time: number): void => {
      if (shard === 2 && time < 3) throw new BraggwatchError('worker-died');
      if (shard === 5 && time < 2) throw new BraggwatchError('timed-out');
    };
    const { seen, options } = watch(dies);
    await makeShards(shards, options(2));
    expect([...seen.made].sort()).toEqual(shards);
    expect([...seen.lost].sort()).toEqual([2, 2, 5]);

    const cursed = watch((shard) => {
      if (shard === 2) throw new BraggwatchError('worker-died');
    });
    await expect(makeShards(shards, cursed.options(2))).rejects.toMatchObject({ code: 'worker-died' });
    expect(cursed.seen.lost).toEqual([2, 2]);
  });

  it('ends all at the first other failure, with that', async () => {
    const { seen, options } = watch((shard) => {
      if (shard === 1) throw new BraggwatchError('disk-full');
    });
    await expect(makeShards(shards, options(2))).rejects.toMatchObject({ code: 'disk-full' });
    expect(seen.lost).toEqual([]);
    expect(seen.made.length).toBeLessThan(3);
  });

  it('stops when told to, with the reason given', async () => {
    const stop = new AbortController();
    const { seen, options } = watch((shard) => {
      if (shard === 1) stop.abort(new Error('enough'));
    });
    await expect(makeShards(shards, options(2, stop.signal))).rejects.toThrow('enough');
    expect(seen.closed).toBeGreaterThanOrEqual(2);
    expect(seen.made.length).toBeLessThan(shards.length);
    await expect(makeShards(shards, options(2, stop.signal))).rejects.toThrow('enough');
  });
});
