import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs';
import { BraggwatchError } from '@contract/errors';

/** TensorFlow.js, whichever build of it: plain JavaScript in tests, libtensorflow with CUDA where that is installed. */
export type Tensorflow = typeof tfjs;

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/**
 * Node 23 took away functions that tfjs-node 4.22.0, its last release, still calls
 * (https://github.com/tensorflow/tfjs/issues/8609); put back before it is loaded.
 * @param util Node's own module object
 */
export function restoreUtilities(util: Record<string, unknown>): void {
  util['isNullOrUndefined'] ??= (value: unknown): boolean => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

const isTensorflow = (value: unknown): value is Tensorflow =>
  typeof value === 'object' && value !== null && 'conv3d' in value && 'valueAndGrad' in value;

/**
 * TensorFlow with its native library, where it is installed and loads. Its `install` step must have run, which ours does not do: it
 * downloads half a gigabyte.
 * @throws BraggwatchError engine-unavailable, saying why
 */
export async function loadTensorflow(): Promise<Tensorflow> {
  restoreUtilities(createRequire(import.meta.url)('node:util') as Record<string, unknown>);
  let found: unknown;
  try {
    // By a name that no bundler sees: it is an optional dependency, and absent nearly everywhere.
    found = await import(/* @vite-ignore */ PACKAGE);
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new BraggwatchError('engine-unavailable', `${PACKAGE} does not load: ${reason}`, { cause });
  }
  const tf = isTensorflow(found) ? found : (found as { default?: unknown }).default;
  if (!isTensorflow(tf)) throw new BraggwatchError('engine-unavailable', `${PACKAGE} is another program`);
  return tf;
}

/** Whether the native library found a GPU it can use. */
export function seesGpu(tf: Tensorflow): boolean {
  const backend: unknown = tf.backend();
  return typeof backend === 'object' && backend !== null && 'isUsingGpuDevice' in backend
    ? backend.isUsingGpuDevice === true
    : false;
}
