import { procedures } from '@contract/procedures';
import { decodeMessage, encodeMessage } from '@contract/wire';
import { openSession } from '@main/rpc/session';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeApp } from '../main/rpc/fakeApp';

/** A session whose wire is two arrays: what was posted, and how often a message was refused. */
function hostileScreen() {
  const posted: { t: string; i: string; r?: { ok: boolean; error?: { code: string } } }[] = [];
  let refused = 0;
  let receive: (message: unknown) => void = () => undefined;
  openSession(
    fakeApp(),
    {
      post: (message) => void posted.push(message as (typeof posted)[number]),
      onMessage: (listener) => (receive = listener),
      refuse: () => void (refused += 1),
    },
    () => undefined,
  );
  return { posted, refused: () => refused, send: (message: unknown) => receive(message) };
}

const small = { maxDepth: 1, maxKeys: 3 } as const;
const anything = fc.anything(small);
const names = fc.oneof(fc.constantFrom(...Object.keys(procedures), '__proto__', 'constructor'), fc.string(), anything);
const inputs = fc.oneof(
  fc.anything({
    ...small,
    withNullPrototype: true,
    withTypedArray: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
  }),
  fc.record({ id: anything, flagged: anything, note: anything, ['__proto__']: anything }, { requiredKeys: [] }),
);
const calls = fc.record({
  t: fc.constant('q'),
  m: fc.constant('request'),
  i: fc.string({ minLength: 1, maxLength: 64 }),
  a: fc.tuple(names, inputs),
});
const mutants = fc.record(
  { t: anything, m: anything, i: anything, a: anything, r: anything, e: anything },
  { requiredKeys: [] },
);

test('10 000 hostile messages: each is refused, or answered with an error from the catalogue', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(calls, mutants, anything), async (message) => {
      const screen = hostileScreen();
      screen.send(message);
      await new Promise((resolve) => setImmediate(resolve));
      const isReceipt = screen.refused() === 0 && (message as { t?: unknown }).t === 's';
      expect(screen.posted.length + screen.refused()).toBe(isReceipt ? 0 : 1);
      for (const { t, r } of screen.posted) {
        expect(t).toBe('s');
        expect(r).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(request-invalid|internal)$/) } });
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
}, 120_000);

test('10 000 hostile byte strings: decoding ends in a message or an error, and never pollutes', () => {
  const mutated = fc
    .tuple(calls, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
    .map(([call, changes]) => {
      const bytes = encodeMessage({ t: call.t, m: call.m, i: call.i, a: ['scans/detail', { id: call.i }] });
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      try {
        decodeMessage(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
}, 120_000);
