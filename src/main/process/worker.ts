import { createBirpc } from 'birpc';
import { BraggwatchError, fromProblem } from '@contract/errors';
import type { Reply } from '@contract/procedures';
import type { ChildPort, Launcher, WorkerEntry } from './launcher';
import { inBackground } from './report';
import type { WorkerFunctions } from './serve-worker';

/** The parent's side of a worker: started at the first call, started again after it died. */
export interface Worker<F extends WorkerFunctions> {
  /** @throws BraggwatchError the worker's own, or worker-died, timed-out */
  call<K extends keyof F & string>(name: K, ...args: Parameters<F[K]>): Promise<Awaited<ReturnType<F[K]>>>;
  /** Ends the process for good. */
  close(): void;
}

export interface WorkerOptions {
  /** A call that takes longer ends the process: h5wasm can hang in native code, where nothing else helps. */
  readonly timeoutMs: number;
}

interface Remote {
  call(name: string, args: unknown[]): Promise<Reply<unknown>>;
}

export function createWorker<F extends WorkerFunctions>(
  launcher: Launcher,
  entry: WorkerEntry,
  options: WorkerOptions,
): Worker<F> {
  let running: { port: ChildPort; remote: Remote; end: (error: BraggwatchError) => void } | undefined;
  let closed = false;

  const start = (): NonNullable<typeof running> => {
    const port = launcher.launch(entry);
    const rpc = createBirpc<Remote, object, false>(
      {},
      { post: (m) => port.post(m), on: (l) => port.onMessage(l), timeout: -1, proxify: false },
    );
    const child = {
      port,
      remote: { call: (name: string, args: unknown[]) => rpc.$call('call', name, args) },
      end: (error: BraggwatchError) => {
        if (running === child) running = undefined;
        inBackground(Promise.all(rpc.$rejectPendingCalls(({ reject }) => reject(error))), `end of ${entry}`);
        rpc.$close(error);
      },
    };
    port.onExit(() => child.end(new BraggwatchError('worker-died', entry)));
    running = child;
    return child;
  };

  const stop = (error: BraggwatchError): void => {
    const child = running;
    child?.end(error);
    child?.port.kill();
  };

  return {
    async call(name, ...args) {
      if (closed) throw new BraggwatchError('worker-died', `${entry} was closed`);
      const child = running ?? start();
      const overdue = setTimeout(
        () => running === child && stop(new BraggwatchError('timed-out', `${entry} ${name}`)),
        options.timeoutMs,
      );
      try {
        const reply = await child.remote.call(name, args);
        if (!reply.ok) throw fromProblem(reply.error);
        return reply.value as never;
      } finally {
        clearTimeout(overdue);
      }
    },
    close: () => {
      closed = true;
      stop(new BraggwatchError('worker-died', `${entry} was closed`));
    },
  };
}
