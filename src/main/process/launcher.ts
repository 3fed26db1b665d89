import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PARENT_VARIABLE } from './lifeline';
import { ALLOCATOR, CHILD_ARGUMENTS } from './memory';

/** The child processes the app consists of; each is an entry of the build beside this one. */
export type WorkerEntry =
  | 'scan-worker'
  | 'engine-worker'
  | 'demo-worker'
  | 'dataset-worker'
  | 'relax-worker'
  | 'simulate-worker'
  | 'train-worker'
  | 'trial-worker'
  | 'inside-worker';

/** One running child process, whatever started it. Messages are structured clones. */
export interface ChildPort {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended for whatever reason. */
  onExit(listener: () => void): void;
  kill(): void;
}

/** Starts child processes: `utilityProcess` under Electron (`main/electron/launcher`), `child_process` under Node. */
export interface Launcher {
  launch(entry: WorkerEntry): ChildPort;
}

/**
 * What a child process is told of the world: as its parent, and never with onnxruntime's telemetry. Threads of a child can no
 * longer set what native code reads, so it is set before the process begins.
 */
export function workerEnvironment(): NodeJS.ProcessEnv {
  const mine = Object.entries(process.env).filter(([name]) => name !== PARENT_VARIABLE);
  return { ...ALLOCATOR, ...Object.fromEntries(mine), ORT_DISABLE_TELEMETRY: '1' };
}

/** Path of a worker's built entry; the workers lie beside the entry that starts them. */
export const workerPath = (entry: WorkerEntry, base: string = import.meta.url): string =>
  fileURLToPath(new URL(`${entry}.js`, builtRoot(base)));

/** The build may put this module into a chunk folder; the entries are one level up then. */
const builtRoot = (base: string): URL => new URL(/\/chunks\/[^/]*$/.test(base) ? '../' : './', base);

/**
 * Child processes of plain Node, for `serve` and `cli`.
 * @param base URL of a built module; tests give the build's
 */
export const createNodeLauncher = (base: string = import.meta.url): Launcher => ({
  launch(entry) {
    const child = fork(workerPath(entry, base), [], {
      serialization: 'advanced',
      execArgv: [...process.execArgv, ...CHILD_ARGUMENTS],
      env: { ...workerEnvironment(), [PARENT_VARIABLE]: String(process.pid) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return {
      pid: child.pid,
      post: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        let told = false;
        const tell = (): void => {
          if (!told) listener();
          told = true;
        };
        child.once('exit', tell);
        child.once('error', tell);
      },
      kill: () => void child.kill('SIGKILL'),
    };
  },
});

export const nodeLauncher = createNodeLauncher();
