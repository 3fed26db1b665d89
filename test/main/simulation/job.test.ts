import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { SimulationState } from '@contract/simulation';
import { parseRecipe } from '@main/dataset/recipe';
import { TELL_MS } from '@main/jobs/throttle';
import { createSimulationJob, type Run, type SimulationJob, type Told } from '@main/simulation/job';
import provisional from '@resources/recipes/provisional.json';

const recipe = parseRecipe(provisional);
const told = (crystals: number): Told => ({ crystals, ofCrystals: 960, patterns: 5 * crystals, ofPatterns: 4800 });

interface Bench {
  readonly job: SimulationJob;
  readonly states: SimulationState[];
  /** The run under way: tells of progress, ends, fails. */
  tell(crystals: number): void;
  end(error?: Error): void;
}

function bench(earlier?: { folder: string; name: string; progress: null }): Bench {
  const states: SimulationState[] = [];
  let tell: (crystals: number) => void = () => undefined;
  let end: (error?: Error) => void = () => undefined;
  const run: Run = (_, __, { signal, onProgress }) =>
    new Promise<void>((resolve, reject) => {
      tell = (crystals) => onProgress(told(crystals));
      end = (error) => (error ? reject(error) : resolve());
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const job = createSimulationJob({
    run,
    earlier,
    board: { tell: () => undefined },
    resume: vi.fn(),
    onChange: (state) => states.push(state),
  });
  return { job, states, tell: (crystals) => tell(crystals), end: (error) => end(error) };
}

describe('the simulation', () => {
  it('is one at a time, and says how far and how fast it is', async () => {
    const { job, tell } = bench();
    expect(job.state()).toMatchObject({ status: 'idle', folder: null });
    expect(job.start(recipe, '/data/set', 2)).toMatchObject({ status: 'running', name: 'provisional', workers: 2 });
    expect(() => job.start(recipe, '/data/other', 2)).toThrow(expect.objectContaining({ code: 'simulation-running' }));
    tell(10);
    expect(job.state().progress?.crystalsPerHour).toBeUndefined();
    await sleep(20);
    tell(12);
    expect(job.state()).toMatchObject({ folder: '/data/set', progress: { crystals: 12, discarded: 0 } });
    expect(job.state().progress?.crystalsPerHour).toBeGreaterThan(1000);
    await job.close();
  });

  it('tells of progress four times a second at most, and of its end at once', async () => {
    const { job, states, tell, end } = bench();
    const begun = performance.now();
    job.start(recipe, '/data/set', 1);
    for (let n = 0; n < 50; n++) {
      tell(n);
      await sleep(10);
    }
    // Its begin, and then one for each quarter of a second that went by.
    expect(states.length).toBeLessThanOrEqual(2 + (performance.now() - begun) / TELL_MS);
    end();
    await sleep(0);
    expect(states.at(-1)).toMatchObject({ status: 'done', progress: { crystals: 49 } });
    const count = states.length;
    await sleep(300);
    expect(states).toHaveLength(count);
  });

  it('stops when told to, and can be started again', async () => {
    const { job, states } = bench();
    job.start(recipe, '/data/set', 1);
    expect(job.stop().status).toBe('stopping');
    await sleep(0);
    expect(states.map(({ status }) => status)).toEqual(['running', 'stopping', 'stopped']);
    expect(job.stop().status).toBe('stopped');
    expect(job.start(recipe, '/data/set', 1)).toMatchObject({ status: 'running', problem: null });
    await job.close();
  });

  it('says why it failed', async () => {
    const { job, end } = bench();
    job.start(recipe, '/data/set', 1);
    end(new BraggwatchError('disk-full', '/data/set'));
    await sleep(0);
    expect(job.state()).toMatchObject({ status: 'failed', problem: { code: 'disk-full' } });
  });

  it('offers what was under way when the app last ended', () => {
    const { job } = bench({ folder: '/data/set', name: 'provisional', progress: null });
    expect(job.state()).toMatchObject({ status: 'stopped', folder: '/data/set', name: 'provisional' });
  });
});
