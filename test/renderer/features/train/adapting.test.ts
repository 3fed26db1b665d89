import { describe, expect, it } from 'vitest';
import type { AdaptingState, Likeness } from '@contract/adapting';
import { Adapting } from '@renderer/features/train/adapting.svelte';
import { FakeConnection } from '../../support/fake-connection';

const idle: AdaptingState = {
  ...{ status: 'idle', stage: null, done: null, total: null, model: null, trial: null, problem: null },
};
const under: AdaptingState = { ...idle, status: 'running', stage: 'simulating', done: 3, total: 12 };
const likeness = (scans: number): Likeness => ({ scans, needed: 5, crystals: null });

/** An answer that comes when the test says so. */
function later<T>() {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { promise, resolve };
}

describe('adapting, as the screen follows it', () => {
  it('keeps what the app told while an older answer was on its way', async () => {
    const answer = later<AdaptingState>();
    const connection = new FakeConnection({ 'adapting/start': () => answer.promise });
    const adapting = new Adapting(connection);
    adapting.start();
    const begun = adapting.begin(false);
    connection.emit('adapting-changed', under);
    answer.resolve({ ...idle, status: 'running' });
    await begun;
    expect(adapting.state).toEqual(under);
    expect(adapting.part).toBe(0.25);
  });

  it('goes by the last question about the scans, whichever is answered last', async () => {
    const answers = [later<Likeness>(), later<Likeness>()];
    let asked = 0;
    const connection = new FakeConnection({
      'adapting/state': () => idle,
      'adapting/likeness': () => answers[asked++]!.promise,
    });
    const adapting = new Adapting(connection);
    const both = [adapting.load(), adapting.load()];
    answers[1]!.resolve(likeness(4));
    await both[1];
    answers[0]!.resolve(likeness(3));
    await both[0];
    expect(adapting.likeness).toEqual(likeness(4));
  });

  it.each([
    ['idle', false, false],
    ['running', true, false],
    ['stopping', true, false],
    ['stopped', false, true],
    ['failed', false, true],
    ['done', false, false],
  ] as const)('%s: under way %s, to be gone on with %s', async (status, running, resumable) => {
    const connection = new FakeConnection({});
    const adapting = new Adapting(connection);
    adapting.start();
    connection.emit('adapting-changed', { ...under, status });
    expect([adapting.running, adapting.resumable]).toEqual([running, resumable]);
  });
});
