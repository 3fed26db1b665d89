import { expect, it, onTestFinished, vi } from 'vitest';
import { scanId } from '@main/beamtime/identity';
import { createUnderWay } from '@main/beamtime/under-way';
import { factsOf } from './support/scan';

type Read = { readonly frames: number; readonly more: boolean } | undefined;

function bench(reads: readonly Read[], waits: (id: string) => boolean = () => false) {
  const done: string[] = [];
  const left = [...reads];
  const underWay = createUnderWay(
    {
      lookEarly: ({ name }) => Promise.resolve(void done.push(`look ${name}`)),
      follow: ({ name }) => {
        done.push(`follow ${name}`);
        return Promise.resolve(left.length > 0 ? left.shift() : { frames: 0, more: false });
      },
    },
    waits,
  );
  /** Does what is due, and says what comes next. */
  const step = async (): Promise<'done' | 'later' | 'nothing'> => {
    const next = underWay.next(Date.now());
    if (next === undefined) return 'nothing';
    if (typeof next === 'number') return 'later';
    await next.run();
    return 'done';
  };
  return { underWay, done, step };
}

it('reads on at once while there are more frames, looks again soon after, and stops where nothing comes', async () => {
  const { underWay, done, step } = bench([
    { frames: 16, more: true },
    { frames: 3, more: false },
  ]);
  underWay.follow(factsOf(1));
  expect([await step(), await step(), await step()]).toEqual(['done', 'done', 'later']);
  // More frames were seen.
  underWay.follow(factsOf(1));
  expect([await step(), await step()]).toEqual(['done', 'nothing']);
  expect(done).toEqual(Array.from({ length: 3 }, () => `follow ${factsOf(1).name}`));
});

it('leaves alone a scan over which the process ended', async () => {
  const { underWay, done, step } = bench([undefined]);
  underWay.follow(factsOf(1));
  await step();
  underWay.follow(factsOf(1));
  underWay.follow(factsOf(2));
  expect([await step(), await step()]).toEqual(['done', 'nothing']);
  expect(done).toEqual([`follow ${factsOf(1).name}`, `follow ${factsOf(2).name}`]);
});

it('reads on again in a scan that was left alone, once it was judged', async () => {
  const { underWay, done, step } = bench([undefined]);
  underWay.follow(factsOf(1));
  await step();
  underWay.forget(scanId(factsOf(1).ref));
  underWay.follow(factsOf(1));
  expect(await step()).toBe('done');
  expect(done).toEqual([`follow ${factsOf(1).name}`, `follow ${factsOf(1).name}`]);
});

it('looks before it reads on, and leaves alone what waits to be judged', async () => {
  const waiting = new Set<string>();
  const { underWay, done, step } = bench([], (id) => waiting.has(id));
  underWay.follow(factsOf(1));
  underWay.look(factsOf(2));
  expect(underWay.size).toBe(1);
  await step();
  expect(done).toEqual([`look ${factsOf(2).name}`]);
  waiting.add(scanId(factsOf(1).ref));
  underWay.look(factsOf(1));
  expect([await step(), await step(), await step()]).toEqual(['done', 'done', 'nothing']);
  expect(done).toHaveLength(1);
});

it('looks early at nothing that was judged meanwhile', async () => {
  const { underWay, done, step } = bench([]);
  underWay.look(factsOf(1));
  underWay.forget(scanId(factsOf(1).ref));
  expect(underWay.size).toBe(0);
  expect(await step()).toBe('nothing');
  expect(done).toEqual([]);
});

it('takes no look that had to wait, once nearly all of the frames are there', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const looked: number[] = [];
  const underWay = createUnderWay(
    {
      lookEarly: async ({ framesPresent }) => {
        looked.push(framesPresent);
        await vi.advanceTimersByTimeAsync(1000);
      },
      follow: () => Promise.resolve({ frames: 0, more: false }),
    },
    () => false,
  );
  const grown = (framesPresent: number) => ({ ...factsOf(1), whole: false, framesPresent, framesExpected: 100 });
  const run = async (): Promise<void> => {
    const next = underWay.next(Date.now());
    if (typeof next === 'object') await next.run();
  };
  underWay.look(grown(50));
  await run();
  underWay.look(grown(65));
  underWay.follow(grown(70));
  expect(underWay.size).toBe(1);
  underWay.follow(grown(90));
  expect(underWay.size).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  await run();
  expect(looked).toEqual([50]);
  // It rests, and this may be all that comes.
  underWay.look(grown(90));
  await run();
  expect(looked).toEqual([50, 90]);
});

it('reads frames for longer than it looks early, which takes seconds where they are large', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const done: string[] = [];
  const underWay = createUnderWay(
    {
      lookEarly: async () => {
        done.push('look');
        await vi.advanceTimersByTimeAsync(1000);
      },
      follow: () => {
        done.push('follow');
        return Promise.resolve({ frames: 1, more: false });
      },
    },
    () => false,
  );
  const begun = Date.now();
  while (Date.now() - begun < 20_000) {
    underWay.look(factsOf(1));
    underWay.follow(factsOf(1));
    const next = underWay.next(Date.now());
    if (typeof next === 'object') await next.run();
    await vi.advanceTimersByTimeAsync(typeof next === 'number' ? next : 100);
  }
  // One in five seconds.
  expect(done.filter((what) => what === 'look')).toHaveLength(4);
  expect(done.filter((what) => what === 'follow').length).toBeGreaterThan(100);
});
