import { createBirpc } from 'birpc';
import { endWithParent } from './lifeline';
import { catchStrays, problemOf } from './report';
import type { Reply } from '@contract/connection';

/** A worker's functions, by name. */
export type WorkerFunctions = Record<string, (...args: never[]) => unknown>;

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

export interface ServeOptions {
  /** Asked after each call; once it says no, the process ends to be replaced. */
  readonly usable?: () => boolean;
  /** Given, before each call, what holds for all of them at that moment, see `WorkerOptions.telling`. */
  readonly told?: (circumstances: unknown) => void;
}

/** A call that any worker answers as soon as it is up. */
export const READY = '';

/** Enough for an answer to be written to the pipe. */
const FAREWELL_MS = 50;

/**
 * The child's side: serves `functions` to the process that started this one, under Electron
 * (`process.parentPort`) and Node (`process.send`) alike. Ends with its parent, also after a `kill -9` of it.
 * @param where the process's name in the log
 */
export function serveWorker(where: string, functions: WorkerFunctions, options: ServeOptions = {}): void {
  const { usable = () => true, told = () => undefined } = options;
  // Its parent learns of the end; a call that would wait for ever is worse.
  catchStrays(where, () => process.exit(1));
  const call = async (name: string, args: unknown[], circumstances?: unknown): Promise<Reply<unknown>> => {
    if (name === READY) return { ok: true, value: true };
    // After its answer has left: the next call finds a fresh process.
    setImmediate(() => void (usable() || setTimeout(() => process.exit(1), FAREWELL_MS)));
    try {
      const run = functions[name];
      told(circumstances);
      if (!run || !Object.hasOwn(functions, name)) throw new Error(`no such worker function: ${name}`);
      return { ok: true, value: await run(...(args as never[])) };
    } catch (error) {
      return { ok: false, error: problemOf(error, `${name} in ${where}`) };
    }
  };
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  createBirpc(
    { call },
    parentPort
      ? {
          post: (message) => parentPort.postMessage(message),
          on: (listener) => parentPort.on('message', (event) => listener(event.data)),
        }
      : {
          post: (message) => process.send?.(message),
          on: (listener) => void process.on('message', listener),
        },
  );
  endWithParent();
}
