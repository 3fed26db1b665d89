import { BraggwatchError, type Problem } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { Board, JobControl, JobLine } from './board';
import type { Order, Rank } from './order';
import { createThrottle } from './throttle';

/** `stopping`: asked to end, and not ended yet. `stopped`: ended before it was done. */
export type JobStatus = 'idle' | 'running' | 'paused' | 'stopping' | 'stopped' | 'done' | 'failed';

/** A job as it is told of: `about` is what is particular to it, its progress included. */
export interface JobState<A> {
  readonly status: JobStatus;
  readonly problem: Problem | null;
  readonly about: A;
}

/** What a job's work is given. */
export interface Run<A> {
  /** Aborted as soon as nobody wants the rest. */
  readonly signal: AbortSignal;
  /**
   * Between two steps: waits while the job is paused, and while one of higher rank has something to do; the step that follows is claimed
   * until the next call.
   * @throws BraggwatchError job-cancelled once it is over
   */
  turn(): Promise<void>;
  /** Progress, told a few times a second at most. */
  advance(change: Partial<A>): void;
}

/** Work ends as `done` unless it says that it stopped before, or what went wrong. What it throws is the job's problem, unless it was to stop. */
export type Work<A> = (run: Run<A>) => Promise<'stopped' | Problem | undefined>;

/** How the list of jobs shows a job. */
export interface Listed<A> {
  readonly board: Pick<Board, 'tell'>;
  readonly id: string;
  line(about: A): Omit<JobLine, 'status' | 'problem'>;
  /** What it can be asked there. */
  control(state: JobState<A>): JobControl;
}

export interface JobOptions<A> {
  /** What the log calls it. */
  readonly name: string;
  readonly about: A;
  /** One that an earlier run of the app left, to be gone on with, begins as `stopped`. */
  readonly status?: 'idle' | 'stopped';
  /** Its place among the others; left out, it waits for nobody and nobody for it. */
  readonly order?: { readonly of: Order; readonly rank: Rank } | undefined;
  /** Left out, it stands in no list. */
  readonly listed?: Listed<A>;
  /** Told after the list. */
  onChange?(state: JobState<A>): void;
}

/** Something that takes long, one at a time: whatever screens show, it goes on, and can be asked how far it is. */
export interface LongJob<A> {
  state(): JobState<A>;
  /** Begins work; what was under way is given up. */
  begin(about: Partial<A>, work: Work<A>): JobState<A>;
  /** Its work has not ended yet. */
  isBusy(): boolean;
  /** Holds it at its next turn; goes on with it. */
  pause(): JobState<A>;
  resume(): JobState<A>;
  /** Asks its work to end: `stopping` until it has. */
  stop(): JobState<A>;
  /** Lets its work go at once: whatever that still does counts no more. */
  drop(status?: 'idle' | 'stopped' | 'done', about?: Partial<A>): JobState<A>;
  /** Told at once: something else than progress. */
  set(about: Partial<A>): JobState<A>;
  /** Ends it with the app; resolves when its work has ended. */
  close(): Promise<void>;
}

/** One piece of work: another may have taken its place. */
interface Mine {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  release: () => void;
}

export function createJob<A extends object>(options: JobOptions<A>): LongJob<A> {
  const { order } = options;
  let state: JobState<A> = { status: options.status ?? 'idle', problem: null, about: options.about };
  let mine: Mine | undefined;
  let goOn: (() => void)[] = [];
  const list = (): void => {
    const { status, problem } = state;
    if (!options.listed) return;
    const { board, id, line, control } = options.listed;
    if (status === 'idle') return board.tell(id, null);
    // Paused, and stopped where it can be gone on with, are one to whoever looks at the list.
    const shown = status === 'paused' ? 'stopped' : status;
    board.tell(id, { ...line(state.about), status: shown, problem }, control(state));
  };
  const telling = createThrottle(() => {
    list();
    options.onChange?.(state);
  });
  // What an earlier run of the app left.
  list();

  const change = (next: Partial<JobState<A>>): JobState<A> => {
    state = { ...state, ...next };
    telling.now();
    return state;
  };
  const about = (part: Partial<A>): A => ({ ...state.about, ...part });
  const unpaused = (): Promise<void> =>
    state.status === 'paused' ? new Promise((resolve) => goOn.push(resolve)) : Promise.resolve();
  const wake = (): void => {
    const waiting = goOn;
    goOn = [];
    for (const go of waiting) go();
  };

  const runOf = (run: Mine): Run<A> => {
    const { signal } = run.stop;
    const isOver = (): boolean => signal.aborted;
    return {
      signal,
      async turn() {
        run.release();
        // Paused while it waited for its turn, or the other way round.
        do {
          await unpaused();
          if (order && !isOver()) await order.of.free(order.rank);
        } while (state.status === 'paused' && mine === run && !isOver());
        if (isOver()) throw new BraggwatchError('job-cancelled');
        if (order) run.release = order.of.claim(order.rank);
      },
      advance(part) {
        if (mine !== run) return;
        state = { ...state, about: about(part) };
        telling.soon();
      },
    };
  };

  const attend = async (run: Mine, work: Work<A>): Promise<void> => {
    let last: Partial<JobState<A>>;
    try {
      const how = await work(runOf(run));
      last = typeof how === 'object' ? { status: 'failed', problem: how } : { status: how ?? 'done' };
    } catch (error) {
      last = run.stop.signal.aborted
        ? { status: 'stopped' }
        : { status: 'failed', problem: problemOf(error, options.name) };
    }
    run.release();
    run.release = () => undefined;
    // Given up meanwhile: told already.
    if (mine !== run) return;
    mine = undefined;
    change(last);
  };

  const giveUp = (): void => {
    const former = mine;
    mine = undefined;
    former?.stop.abort();
    wake();
  };

  return {
    state: () => state,
    isBusy: () => mine !== undefined,
    begin(part, work) {
      giveUp();
      const told = change({ status: 'running', problem: null, about: about(part) });
      const ended: PromiseWithResolvers<void> = Promise.withResolvers();
      const run: Mine = { stop: new AbortController(), ended: ended.promise, release: () => undefined };
      mine = run;
      inBackground(attend(run, work).finally(ended.resolve), options.name);
      return told;
    },
    pause: () => (state.status === 'running' ? change({ status: 'paused' }) : state),
    resume() {
      if (state.status !== 'paused') return state;
      const resumed = change({ status: 'running' });
      wake();
      return resumed;
    },
    stop() {
      if (!mine) return state;
      const told = state.status === 'stopping' ? state : change({ status: 'stopping' });
      mine.stop.abort();
      wake();
      return told;
    },
    drop(status = 'stopped', part = {}) {
      giveUp();
      return change({ status, about: about(part), ...(status === 'idle' && { problem: null }) });
    },
    set: (part) => change({ about: about(part) }),
    async close() {
      const last = mine;
      last?.stop.abort();
      wake();
      await last?.ended;
      telling.close();
    },
  };
}
