import { createBirpc } from 'birpc';
import { BraggwatchError, fromProblem } from '@contract/errors';
import type { Reply } from '@contract/connection';
import type { ChildPort, Launcher, WorkerEntry } from './launcher';
import { inBackground } from './report';
import { READY, type WorkerFunctions } from './serve-worker';

/** The parent's side of a worker: started at the first call, started again after it died. */
export interface Worker<F extends WorkerFunctions> {
  /** @throws BraggwatchError the worker's own, or worker-died, timed-out */
  call<K extends keyof F & string>(name: K, ...args: Parameters<F[K]>): Promise<Awaited<ReturnType<F[K]>>>;
  /** Ends the process for good. */
  close(): void;
}

export interface WorkerOptions {
  /** A call that takes longer ends the process: h5wasm can hang in native code, where nothing else helps. By the function's name where a function. */
  readonly timeoutMs: number | ((name: string) => number);
  /**
   * Each call waits until the one before has its answer: for functions that keep the process busy all along. Its time begins with its turn
   * then, and what ends the process is its own doing: those that wait go on with a fresh one.
   */
  readonly oneAtATime?: true;
  /** What holds for all calls at the moment, sent along with each: see `ServeOptions.told`. */
  readonly telling?: () => unknown;
}

interface Remote {
  call(name: string, args: unknown[], circumstances?: unknown): Promise<Reply<unknown>>;
}

/** A process that is not up by then never will be; a busy machine takes its time. */
const START_MS = 60_000;

export function createWorker<F extends WorkerFunctions>(
  launcher: Launcher,
  entry: WorkerEntry,
  { timeoutMs, oneAtATime, telling }: WorkerOptions,
): Worker<F> {
  let running: { port: ChildPort; remote: Remote; end: (error: BraggwatchError) => void } | undefined;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): NonNullable<typeof running> => {
    const port = launcher.launch(entry);
    const rpc = createBirpc<Remote, object, false>(
      {},
      { post: (m) => port.post(m), on: (l) => port.onMessage(l), timeout: -1, proxify: false },
    );
    const child = {
      port,
      remote: {
        call: (name: string, args: unknown[], circumstances?: unknown) => rpc.$call('call', name, args, circumstances),
      },
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

  /** One call, and the end of its process where it takes too long. */
  const within = async (
    child: NonNullable<typeof running>,
    ms: number,
    what: string,
    reply: () => Promise<Reply<unknown>>,
  ) => {
    const overdue = setTimeout(() => running === child && stop(new BraggwatchError('timed-out', what)), ms);
    try {
      return await reply();
    } finally {
      clearTimeout(overdue);
    }
  };

  const answer = async (name: string, args: unknown[]): Promise<unknown> => {
    if (closed) throw new BraggwatchError('worker-died', `${entry} was closed`);
    const fresh = running === undefined;
    const child = running ?? start();
    // Its own time does not begin before the process is there to take it up.
    if (fresh) await within(child, START_MS, `start of ${entry}`, () => child.remote.call(READY, []));
    const ms = typeof timeoutMs === 'number' ? timeoutMs : timeoutMs(name);
    const reply = await within(child, ms, `${entry} ${name}`, () => child.remote.call(name, args, telling?.()));
    if (!reply.ok) throw fromProblem(reply.error);
    return reply.value;
  };

  return {
    async call(name, ...args) {
      if (!oneAtATime) return (await answer(name, args)) as never;
      const turn = last.then(() => answer(name, args));
      last = turn.catch(() => undefined);
      return (await turn) as never;
    },
    close: () => {
      closed = true;
      stop(new BraggwatchError('worker-died', `${entry} was closed`));
    },
  };
}
