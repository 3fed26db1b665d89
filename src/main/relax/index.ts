import { nodeLauncher, type Launcher } from '@main/process/launcher';
import { createNativeRelaxer, findNative } from './native';
import type { Relaxer, RelaxerKind } from './types';
import { createWasmRelaxer } from './wasm';

export interface RelaxerOptions {
  /** Threads of the WebAssembly build, MPI ranks of a native one; with 1 results are the same to the bit each time. */
  readonly threads: number;
  /** Who starts child processes; plain Node where left out. */
  readonly launcher?: Launcher;
}

/**
 * A LAMMPS to relax crystals with. `auto` is the native one where there is one, else the one that npm brought.
 * @throws BraggwatchError relaxer-unavailable
 */
export function createRelaxer(
  kind: RelaxerKind | 'auto',
  { threads, launcher = nodeLauncher }: RelaxerOptions,
): Relaxer {
  const chosen = kind === 'auto' ? (findNative() ? 'native' : 'wasm') : kind;
  return chosen === 'native' ? createNativeRelaxer(threads) : createWasmRelaxer(threads, launcher);
}
