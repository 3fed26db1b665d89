import { BraggwatchError } from '@contract/errors';

let broken = false;

/** False once WebAssembly has trapped: its heap cannot be trusted any more, and the process should be replaced. */
export const hdf5Usable = (): boolean => !broken;

/** Runs one step inside h5wasm; whatever it throws (`TypeError`s, traps, bare strings) leaves as `scan-unreadable`. */
export function guarded<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof BraggwatchError) throw error;
    if (error instanceof WebAssembly.RuntimeError) broken = true;
    const message = error instanceof Error ? error.message : String(error);
    throw new BraggwatchError('scan-unreadable', `${path}: ${message.slice(0, 200)}`, { cause: error });
  }
}
