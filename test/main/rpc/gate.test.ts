import { BraggwatchError } from '@contract/errors';
import { procedures, type ProcedureName } from '@contract/procedures';
import { dispatch } from '@main/rpc/gate';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fakeApp, summary } from './fakeApp';

const info = {
  version: '1',
  shell: 'web' as const,
  engine: null,
  model: null,
  canPickFolder: false,
  demo: false,
  readOnly: false,
};

test('a call that fits the contract reaches its handler and its reply comes back', async () => {
  const flag = vi.fn(({ id, flagged }: { id: string; flagged: boolean }) => summary({ id, flagged }));
  const { handlers } = fakeApp({ 'app/info': () => info, 'scans/flag': flag });
  expect(await dispatch(handlers, 'app/info', undefined)).toEqual({ ok: true, value: info });
  expect(await dispatch(handlers, 'scans/flag', { id: 'a', flagged: true })).toMatchObject({
    ok: true,
    value: { id: 'a', flagged: true },
  });
  expect(flag).toHaveBeenCalledExactlyOnceWith({ id: 'a', flagged: true });
});

test.each([
  ['unknown procedure', 'app/quit', undefined],
  ['name from the prototype', 'constructor', undefined],
  ['name from the prototype', '__proto__', undefined],
  ['name from the prototype', 'toString', undefined],
  ['name that is no text', 7, undefined],
  // Met by chance once in some thousand messages: what cannot be made a text.
  ['name that is no text', { toString: 0, valueOf: 0 }, undefined],
  ['name that is no text', Object.create(null), undefined],
  ['missing input', 'scans/flag', undefined],
  ['input where none belongs', 'app/info', {}],
  ['wrong type', 'scans/flag', { id: 'a', flagged: 'yes' }],
  ['unknown key', 'scans/flag', { id: 'a', flagged: true, path: '/etc/passwd' }],
  ['polluting key', 'scans/flag', JSON.parse('{"id":"a","flagged":true,"__proto__":{"admin":true}}')],
  ['empty text', 'scans/flag', { id: '', flagged: true }],
  ['too long text', 'scans/note', { id: 'a', note: 'x'.repeat(2001) }],
  ['recipe that is none', 'recipes/save', { recipe: 'provisional' }],
  ['recipe without a bottom', 'recipes/check', { recipe: { a: { b: { c: { d: 1 } } } } }],
  ['recipe that pollutes', 'recipes/check', JSON.parse('{"recipe":{},"__proto__":{"admin":true}}')],
  ['crystal before the first', 'preview/crystal', { recipe: {}, crystal: -1, relaxed: false }],
  ['no folder', 'simulation/start', { folder: '', recipe: {}, workers: 1 }],
  ['no worker', 'simulation/start', { folder: '/data/set', recipe: {}, workers: 0 }],
  ['too many workers', 'simulation/resume', { folder: '/data/set', workers: 1e6 }],
  ['input where none belongs', 'simulation/stop', { force: true }],
])('%s is refused before any handler runs', async (_why, name, input) => {
  const handler = vi.fn();
  const { handlers } = fakeApp(
    Object.fromEntries((Object.keys(procedures) as ProcedureName[]).map((key) => [key, handler])),
  );
  expect(await dispatch(handlers, name, input)).toMatchObject({ ok: false, error: { code: 'request-invalid' } });
  expect(handler).not.toHaveBeenCalled();
  expect(Object.prototype).not.toHaveProperty('admin');
});

test('an expected failure keeps its code and message', async () => {
  const failure = new BraggwatchError('path-refused', '/etc');
  const { handlers } = fakeApp({ 'watch/stop': () => Promise.reject(failure) });
  expect(await dispatch(handlers, 'watch/stop', undefined)).toEqual({ ok: false, error: failure.toProblem() });
});

test('a bug in a handler, and a reply that breaks the contract, become `internal`', async () => {
  const { handlers } = fakeApp({
    'watch/stop': () => {
      throw new TypeError('oops');
    },
    'scans/list': () => [{ ...summary(), secret: 'leak' }],
  });
  expect(await dispatch(handlers, 'watch/stop', undefined)).toMatchObject({ ok: false, error: { code: 'internal' } });
  const leaky = await dispatch(handlers, 'scans/list', undefined);
  expect(leaky).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(leaky).not.toHaveProperty('value');
});

test.each([[Object.create(null)], [{ toString: 0 }], [undefined], [Symbol('s')], ['text']])(
  'whatever a handler throws becomes `internal`: %#',
  async (thrown) => {
    const { handlers } = fakeApp({
      'watch/stop': () => {
        throw thrown;
      },
    });
    expect(await dispatch(handlers, 'watch/stop', undefined)).toMatchObject({ ok: false, error: { code: 'internal' } });
  },
);

test('whatever is sent, the gate answers with a reply and never throws', async () => {
  const { handlers } = fakeApp();
  const name = fc.oneof(
    fc.string(),
    fc.anything({ withNullPrototype: true }),
    fc.constantFrom('scans/detail', 'presets/save', 'answers/set'),
  );
  await fc.assert(
    fc.asyncProperty(name, fc.anything({ withNullPrototype: true }), async (name, input) => {
      const reply = await dispatch(handlers, name, input);
      expect(reply.ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});
