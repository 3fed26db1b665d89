import { createOutbox } from '@main/rpc/outbox';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** A screen that acknowledges when told to. */
function slowScreen() {
  const received: string[] = [];
  const pending: (() => void)[] = [];
  const send = (message: string) => () => {
    received.push(message);
    return new Promise<void>((resolve) => pending.push(resolve));
  };
  const acknowledge = async (): Promise<void> => {
    while (pending.length > 0) {
      pending.shift()?.();
      await Promise.resolve();
    }
  };
  return { received, pending, send, acknowledge };
}

test('a screen that never acknowledges is sent a bounded number of events', () => {
  const screen = slowScreen();
  const outbox = createOutbox();
  for (let i = 0; i < 10_000; i++) outbox.push('same scan', screen.send(String(i)));
  expect(screen.received).toHaveLength(16);
});

test('the newest state of every key arrives once the screen catches up, and no key ever goes back in time', async () => {
  const keys = fc.constantFrom('a', 'b', 'c');
  await fc.assert(
    fc.asyncProperty(fc.array(keys, { maxLength: 200 }), async (pushes) => {
      const screen = slowScreen();
      const outbox = createOutbox();
      const newest = new Map<string, number>();
      pushes.forEach((key, time) => {
        newest.set(key, time);
        outbox.push(key, screen.send(`${key} ${time}`));
      });
      await screen.acknowledge();
      const seen = new Map<string, number>();
      for (const message of screen.received) {
        const [key = '', time = ''] = message.split(' ');
        expect(Number(time)).toBeGreaterThan(seen.get(key) ?? -1);
        seen.set(key, Number(time));
      }
      expect(seen).toEqual(newest);
    }),
  );
});

test('a failed send frees its place', async () => {
  const outbox = createOutbox();
  let sent = 0;
  for (let i = 0; i < 40; i++) {
    outbox.push(String(i), () => {
      sent += 1;
      return Promise.reject(new Error('gone'));
    });
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toBe(40);
});

test('after close nothing is sent any more', async () => {
  const screen = slowScreen();
  const outbox = createOutbox();
  for (let i = 0; i < 20; i++) outbox.push(String(i), screen.send(String(i)));
  outbox.close();
  await screen.acknowledge();
  outbox.push('late', screen.send('late'));
  expect(screen.received).toHaveLength(16);
});
