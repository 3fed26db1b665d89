import { setTimeout as sleep } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import type { Slurm } from './slurm';

export interface FollowOptions {
  /** Tasks that have shards still to make, and how many; looked at again and again, it is the only truth about what is done. */
  missing(): ReadonlyMap<number, number>;
  /** Called before {@link missing}, at each look. */
  onLook(): void;
  readonly signal?: AbortSignal | undefined;
  /** Between two looks at the queue, milliseconds. */
  readonly pollMs: number;
}

interface Task {
  /** Submissions in a row that made no shard. */
  vain: number;
  /** Shards it had to make when submitted last. */
  before: number;
  job: number;
  /** Looks in a row at which it was in no queue. */
  unseen: number;
}

const MAX_SUBMISSIONS = 3;
/** A file system shared over the network shows a task's last file later than the queue shows its end. */
const UNSEEN_LOOKS = 2;
/** Looks in a row that may fail: controllers are restarted, and the jobs go on meanwhile. */
const MAX_FAILURES = 40;

/**
 * Submits what is missing, follows it and submits again what ended without its shards, until none is missing. A task that
 * fails again and again is left out; the others are followed to their end all the same.
 * @throws BraggwatchError slurm-failed, slurm-unavailable, slurm-refused; the signal's reason, after cancelling the jobs
 */
export async function follow(slurm: Slurm, options: FollowOptions): Promise<void> {
  const tasks = new Map<number, Task>();
  let failures = 0;
  let answered = false;
  for (;;) {
    // Asked before the folder is: a task that ends in between has its shards there.
    const active = await look();
    options.onLook();
    const missing = options.missing();
    if (missing.size === 0) return;
    if (active) {
      const due = [...missing.keys()].filter((task) => !active.has(task) && isDue(task));
      const lost = due.filter((task) => hasFailed(task, missing.get(task)!));
      const next = due.filter((task) => !lost.includes(task));
      if (next.length > 0) await submit(next, missing);
      else if (lost.length > 0 && lost.length === missing.size) {
        const reason = await slurm.describe(tasks.get(lost[0]!)!.job, lost[0]!);
        throw new BraggwatchError('slurm-failed', `${lost.length} of the tasks; ${reason}`);
      }
    }
    await pause();
  }

  async function look(): Promise<ReadonlySet<number> | undefined> {
    try {
      const queued = await slurm.queue();
      failures = 0;
      answered = true;
      return new Set(queued.map(({ task }) => task));
    } catch (error) {
      if (++failures > MAX_FAILURES || !answered) throw error;
      return undefined;
    }
  }

  function isDue(number: number): boolean {
    const task = tasks.get(number);
    return !task || ++task.unseen >= UNSEEN_LOOKS;
  }

  function hasFailed(number: number, missing: number): boolean {
    const task = tasks.get(number);
    return task !== undefined && missing >= task.before && task.vain >= MAX_SUBMISSIONS;
  }

  async function submit(numbers: readonly number[], missing: ReadonlyMap<number, number>): Promise<void> {
    const job = await slurm.submit(numbers);
    for (const number of numbers) {
      const before = missing.get(number)!;
      const last = tasks.get(number);
      const vain = last && before >= last.before ? last.vain + 1 : 1;
      tasks.set(number, { vain, before, job, unseen: 0 });
    }
  }

  async function pause(): Promise<void> {
    try {
      await sleep(options.pollMs, undefined, { signal: options.signal });
    } catch {
      await slurm.cancel();
      options.signal?.throwIfAborted();
    }
  }
}
