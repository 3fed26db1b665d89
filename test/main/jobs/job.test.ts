import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { createJob, type JobOptions, type JobState, type LongJob, type Run } from '@main/jobs/job';
import type { JobLine } from '@main/jobs/board';
import { createOrder } from '@main/jobs/order';
import { eventually } from '../../support/build';

interface Counted {
  readonly name: string;
  readonly done: number;
}

interface Bench {
  readonly job: LongJob<Counted>;
  readonly told: JobState<Counted>[];
  /** Begins work of endless steps. */
  begin(name: string): void;
  /** Steps done by the work of that name, whether they count or not. */
  readonly steps: Map<string, number>;
}

function bench(options: Partial<JobOptions<Counted>> = {}): Bench {
  const told: JobState<Counted>[] = [];
  const steps = new Map<string, number>();
  const job = createJob<Counted>({
    name: 'counting',
    about: { name: '', done: 0 },
    onChange: (state) => told.push(state),
    ...options,
  });
  const work =
    (name: string) =>
    async (run: Run<Counted>): Promise<undefined> => {
      for (let done = 1; ; done++) {
        await run.turn();
        await sleep(1);
        steps.set(name, done);
        run.advance({ done });
      }
    };
  return { job, told, steps, begin: (name) => void job.begin({ name, done: 0 }, work(name)) };
}

const statuses = (told: readonly JobState<Counted>[]): string[] =>
  told.map(({ status }) => status).filter((status, n, all) => status !== all[n - 1]);

describe('a job', () => {
  it('ends as done, as stopped where its work says so, or with its problem', async () => {
    const { job } = bench();
    job.begin({}, () => Promise.resolve(undefined));
    await eventually(() => job.state().status === 'done', 'it is done');
    job.begin({}, async () => 'stopped');
    await eventually(() => job.state().status === 'stopped', 'it stopped');
    job.begin({}, async () => {
      throw new BraggwatchError('disk-full', '/set');
    });
    await eventually(() => job.state().status === 'failed', 'it failed');
    expect(job.state().problem?.code).toBe('disk-full');
    job.begin({}, () => Promise.resolve(undefined));
    expect(job.state()).toMatchObject({ status: 'running', problem: null });
  });

  it('is paused at its next turn, and goes on', async () => {
    const { job, begin, steps, told } = bench();
    begin('a');
    await eventually(() => (steps.get('a') ?? 0) > 2, 'some steps');
    expect(job.pause().status).toBe('paused');
    await sleep(50);
    const held = steps.get('a')!;
    await sleep(50);
    expect(steps.get('a')).toBe(held);
    job.resume();
    await eventually(() => steps.get('a')! > held, 'further steps');
    await job.close();
    expect(statuses(told)).toEqual(['running', 'paused', 'running', 'stopped']);
  });

  it('stops when asked to, running or paused, as soon as its step has ended', async () => {
    for (const pause of [false, true]) {
      const { job, begin, steps, told } = bench();
      begin('a');
      await eventually(() => steps.get('a'), 'a step');
      if (pause) job.pause();
      expect(job.stop().status).toBe('stopping');
      expect(job.isBusy()).toBe(true);
      await eventually(() => !job.isBusy(), 'it has ended');
      expect(statuses(told).slice(-2)).toEqual(['stopping', 'stopped']);
      expect(job.stop().status).toBe('stopped');
    }
  });

  it('tells nothing more of work that was given up, for other work or for good', async () => {
    const { job, begin, steps, told } = bench();
    begin('a');
    await eventually(() => steps.get('a'), 'a step');
    begin('b');
    await eventually(() => (steps.get('b') ?? 0) > 3, 'steps of the other');
    const [a, since] = [steps.get('a')!, told.length];
    job.drop('idle', { name: '', done: 0 });
    expect(job.state()).toEqual({ status: 'idle', problem: null, about: { name: '', done: 0 } });
    await sleep(50);
    expect(steps.get('a')).toBe(a);
    expect(told.slice(since)).toHaveLength(1);
    expect(told.filter(({ about }) => about.name === 'a' && about.done === 0)).not.toEqual([]);
  });

  it('stands in the list as what it is, also where an earlier run left it', async () => {
    const lines: (JobLine | null)[] = [];
    const listed: JobOptions<Counted>['listed'] = {
      ...{ id: 'count', board: { tell: (_id, line) => void lines.push(line) }, control: () => ({}) },
      line: ({ name, done }) => ({ kind: 'export', name, done }),
    };
    const idle = bench({ listed });
    expect(lines).toEqual([null]);
    idle.begin('a');
    expect(lines.at(-1)).toEqual({ kind: 'export', name: 'a', done: 0, status: 'running', problem: null });
    idle.job.pause();
    expect(lines.at(-1)).toMatchObject({ name: 'a', status: 'stopped' });
    idle.job.drop('idle');
    expect(lines.at(-1)).toBeNull();
    bench({ listed, status: 'stopped', about: { name: 'former', done: 3 } });
    expect(lines.at(-1)).toMatchObject({ name: 'former', done: 3, status: 'stopped' });
  });

  it('waits while a job before it in the order has something to do', async () => {
    const of = createOrder();
    const { job, begin, steps } = bench({ order: { of, rank: 'retrieval' } });
    const release = of.claim('occlusion');
    begin('a');
    await sleep(30);
    expect(steps.get('a')).toBeUndefined();
    expect(job.state().status).toBe('running');
    release();
    await eventually(() => steps.get('a'), 'a step');
    // Its own steps hold up those behind it, and it lets go of them when it ends.
    job.stop();
    await eventually(() => !job.isBusy(), 'it has ended');
    expect(of.isFree('training')).toBe(true);
  });
});
