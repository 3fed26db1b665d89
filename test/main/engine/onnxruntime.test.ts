import type * as Module from 'node:module';
import { expect, it, vi } from 'vitest';

/** What the environment said when the library was loaded. */
const loaded = vi.hoisted((): Record<string, string | undefined> => ({}));
vi.mock('node:module', async (original) => {
  const { createRequire } = await original<typeof Module>();
  return {
    createRequire: (from: string) => (name: string) => {
      loaded[name] = process.env['ORT_DISABLE_TELEMETRY'];
      return createRequire(from)(name) as unknown;
    },
  };
});

it('onnxruntime is loaded only once its telemetry is off, whoever started the process', async () => {
  delete process.env['ORT_DISABLE_TELEMETRY'];
  const { InferenceSession } = await import('@main/engine/onnxruntime');
  expect(InferenceSession.create).toBeTypeOf('function');
  expect(loaded).toEqual({ 'onnxruntime-node': '1' });
});
