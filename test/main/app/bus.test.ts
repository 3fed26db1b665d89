import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { createBus } from '@main/app/bus';

interface Events {
  readonly count: number;
  readonly word: string;
}
afterEach(() => vi.restoreAllMocks());

it('tells whoever listens to that name at once, in the order in which they began to, until they stop', () => {
  const bus = createBus<Events>();
  const heard: string[] = [];
  const stop = bus.on('count', (n) => heard.push(`first ${n}`));
  bus.on('count', (n) => heard.push(`second ${n}`));
  bus.on('word', (word) => heard.push(word));
  bus.publish('count', 1);
  bus.publish('word', 'a');
  stop();
  bus.publish('count', 2);
  expect(heard).toEqual(['first 1', 'second 1', 'a', 'second 2']);
});

it('a listener that fails is reported, and harms neither the publisher nor whoever listens after it', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const bus = createBus<Events>();
  const heard: number[] = [];
  bus.on('count', () => {
    throw new Error('a mistake');
  });
  bus.on('count', (n) => heard.push(n));
  bus.publish('count', 7);
  expect(heard).toEqual([7]);
  expect(written.mock.calls.flat().join('')).toMatch(/^event count: .*a mistake/);
});

it('law: every listener hears every event of its name published while it listened, in their order', () => {
  const steps = fc.array(fc.oneof(fc.constant('join' as const), fc.constant('leave' as const), fc.nat(9)));
  fc.assert(
    fc.property(steps, (all) => {
      const bus = createBus<Events>();
      const listening: { stop: () => void; heard: number[]; due: number[] }[] = [];
      const gone: typeof listening = [];
      for (const step of all) {
        if (step === 'join') {
          const heard: number[] = [];
          listening.push({ stop: bus.on('count', (n) => heard.push(n)), heard, due: [] });
        } else if (step === 'leave') {
          const [one] = listening.splice(0, 1);
          one?.stop();
          if (one) gone.push(one);
        } else {
          bus.publish('count', step);
          for (const { due } of listening) due.push(step);
        }
      }
      for (const { heard, due } of [...listening, ...gone]) expect(heard).toEqual(due);
    }),
  );
});
