import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { follow } from '@main/dataset/slurm/follow';
import type { QueuedTask } from '@main/dataset/slurm/parse';
import type { Slurm } from '@main/dataset/slurm/slurm';

interface Cluster extends Slurm {
  readonly submitted: number[][];
  cancelled: number;
}

/** What a task does when it runs for the n-th time: shards it makes, or none. */
type Fate = (task: number, time: number) => number;

/** A cluster whose tasks run for one look and then do what `fate` says; and the folder that they fill. */
function cluster(shards: ReadonlyMap<number, number>, fate: Fate, queue?: (look: number) => void) {
  const left = new Map(shards);
  const times = new Map<number, number>();
  let running: QueuedTask[] = [];
  let looks = 0;
  const slurm: Cluster = {
    submitted: [],
    cancelled: 0,
    submit(tasks) {
      slurm.submitted.push([...tasks]);
      running.push(...tasks.map((task) => ({ job: slurm.submitted.length, task, state: 'RUNNING' })));
      return Promise.resolve(slurm.submitted.length);
    },
    async queue() {
      queue?.(++looks);
      const now = running;
      running = [];
      for (const { task } of now) {
        times.set(task, (times.get(task) ?? 0) + 1);
        const still = (left.get(task) ?? 0) - fate(task, times.get(task)!);
        if (still > 0) left.set(task, still);
        else left.delete(task);
      }
      return now;
    },
    describe: (job, task) => Promise.resolve(`task ${job}_${task}, FAILED`),
    cancel: () => Promise.resolve(void slurm.cancelled++),
  };
  const run = (signal?: AbortSignal): Promise<void> =>
    follow(slurm, { missing: () => left, onLook: () => undefined, signal, pollMs: 1 });
  return { slurm, left, run };
}

const three = new Map([
  [1, 1],
  [2, 1],
  [3, 1],
]);

describe('following a job array', () => {
  it('submits every task once where all goes well', async () => {
    const { slurm, run } = cluster(three, () => 1);
    await run();
    expect(slurm.submitted).toEqual([[1, 2, 3]]);
  });

  it('submits what ended without its shards again, and nothing else', async () => {
    const { slurm, run } = cluster(three, (task, time) => (task === 2 && time < 3 ? 0 : 1));
    await run();
    expect(slurm.submitted).toEqual([[1, 2, 3], [2], [2]]);
  });

  it('gives a task up after three submissions in vain, when all others are done, and says why', async () => {
    const { slurm, left, run } = cluster(three, (task) => (task === 2 ? 0 : 1));
    await expect(run()).rejects.toMatchObject({
      code: 'slurm-failed',
      message: expect.stringContaining('task 3_2, FAILED'),
    });
    expect(slurm.submitted).toEqual([[1, 2, 3], [2], [2]]);
    expect([...left.keys()]).toEqual([2]);
  });

  it('goes on with a task that runs out of time as long as it makes shards', async () => {
    const { slurm, run } = cluster(new Map([[1, 6]]), () => 1);
    await run();
    expect(slurm.submitted).toHaveLength(6);
  });

  it('follows what an earlier run submitted instead of submitting it again', async () => {
    const { slurm, run } = cluster(three, () => 1);
    await slurm.submit([1, 2, 3]);
    await run();
    expect(slurm.submitted).toHaveLength(1);
  });

  it('bears with a controller that does not answer for a while, but not with one that never does', async () => {
    const down = (): never => {
      throw new BraggwatchError('slurm-unavailable');
    };
    const { slurm, run } = cluster(
      three,
      () => 1,
      (look) => (look > 1 && look < 20 ? down() : undefined),
    );
    await run();
    expect(slurm.submitted).toHaveLength(1);
    const never = cluster(three, () => 1, down);
    await expect(never.run()).rejects.toMatchObject({ code: 'slurm-unavailable' });
    expect(never.slurm.submitted).toHaveLength(0);
    const later = cluster(
      three,
      () => 0,
      (look) => (look > 1 ? down() : undefined),
    );
    await expect(later.run()).rejects.toMatchObject({ code: 'slurm-unavailable' });
  });

  it('cancels its jobs when stopped', async () => {
    const stop = new AbortController();
    const { slurm, run } = cluster(three, () => {
      stop.abort(new Error('enough'));
      return 0;
    });
    await expect(run(stop.signal)).rejects.toThrow('enough');
    expect(slurm.cancelled).toBe(1);
  });
});
