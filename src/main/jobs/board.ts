import { BraggwatchError, type Problem } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { Job, JobAct, JobKind } from '@contract/jobs';
import type { Handlers } from '@contract/procedures';
import { createThrottle } from './throttle';

/** A job's line in the list. `stopped`: it was paused where it can be gone on with, and is over otherwise. */
export interface JobLine {
  readonly kind: JobKind;
  readonly name: string;
  readonly folder?: string | null;
  readonly status: 'running' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly done?: number;
  readonly total?: number;
  readonly secondsLeft?: number | undefined;
  readonly problem?: Problem | null;
}

/** What a job lets itself be asked; left out what it cannot do. */
export interface JobControl {
  readonly pause?: () => unknown;
  readonly resume?: () => unknown;
  readonly cancel?: () => unknown;
}

/** The list of everything that takes longer than a second: the jobs themselves live where they always did, and tell it. */
export interface Board {
  readonly handlers: Pick<Handlers, 'jobs/list' | 'jobs/act'>;
  /** The newest of one job; null takes it off the list. */
  tell(id: string, line: JobLine | null, control?: JobControl): void;
  /**
   * Runs something that shows no progress; it is listed should it take longer than a second. Cancelling it rejects here
   * at once, and aborts `signal` for the work to follow.
   * @throws BraggwatchError job-cancelled, and whatever the work throws
   */
  run<T>(
    about: Pick<JobLine, 'kind' | 'name'>,
    work: (signal: AbortSignal) => Promise<T>,
    cancellable?: boolean,
  ): Promise<T>;
  close(): void;
}

interface Entry {
  readonly id: string;
  readonly line: JobLine;
  readonly control: JobControl;
  readonly startedAt: string;
  listed: boolean;
}

/** What ends sooner than this is never listed. */
const LISTED_AFTER_MS = 1000;
/** Ended jobs that nobody dismissed: the oldest go. */
const MAX_ENDED = 50;

const isActive = ({ status }: JobLine): boolean => status === 'running' || status === 'stopping';

/** A paused job is one that stopped and can be gone on with. */
function actsOf({ line: { status }, control }: Entry): JobAct[] {
  if (status === 'stopping') return [];
  const acts: JobAct[] = [];
  if (status === 'running' && control.pause) acts.push('pause');
  if ((status === 'stopped' || status === 'failed') && control.resume) acts.push('resume');
  if (status === 'running' && control.cancel) acts.push('cancel');
  // Given up for good: what is whole of it stays where it is.
  if (status === 'stopped') acts.push('cancel');
  if (status === 'done' || status === 'failed') acts.push('dismiss');
  return acts;
}

function jobOf(entry: Entry): Job {
  const { kind, name, folder = null, status, done = null, total = null, secondsLeft, problem = null } = entry.line;
  const shown = status === 'stopped' ? 'paused' : status;
  const left = status === 'running' && secondsLeft !== undefined && { secondsLeft };
  const { id, startedAt } = entry;
  return { id, kind, name, folder, status: shown, done, total, ...left, startedAt, acts: actsOf(entry), problem };
}

export function createBoard(onChange: (jobs: Job[]) => void): Board {
  const entries = new Map<string, Entry>();
  const cancelling = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  let runs = 0;

  const list = (): Job[] => [...entries.values()].filter(({ listed }) => listed).map(jobOf);
  const telling = createThrottle(() => onChange(list()));
  const remove = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    cancelling.delete(id);
    if (entries.get(id)?.listed) telling.soon();
    entries.delete(id);
  };
  const waitToList = (entry: Entry): void => {
    if (timers.has(entry.id)) return;
    const list = (): void => {
      timers.delete(entry.id);
      const current = entries.get(entry.id);
      if (current) current.listed = true;
      telling.soon();
    };
    timers.set(entry.id, setTimeout(list, LISTED_AFTER_MS));
  };
  const forgetOldest = (): void => {
    const ended = [...entries.values()].filter(({ line }) => line.status === 'done' || line.status === 'failed');
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) remove(id);
  };

  const tell = (id: string, line: JobLine | null, control: JobControl = {}): void => {
    const before = entries.get(id);
    const gone = line?.status === 'stopped' && (cancelling.has(id) || !control.resume);
    // Over before anybody could have looked: not worth a line.
    const fleeting = line?.status === 'done' && !before?.listed;
    if (!line || gone || fleeting) return remove(id);
    const goesOn = before && (isActive(before.line) || before.line.status === 'stopped');
    if (!isActive(line)) cancelling.delete(id);
    const startedAt = goesOn ? before.startedAt : new Date().toISOString();
    const entry = { id, line, control, startedAt, listed: goesOn ? before.listed : !isActive(line) };
    // Again at the end of the list, which is in the order of the last begin.
    if (!goesOn) remove(id);
    entries.set(id, entry);
    if (!entry.listed) waitToList(entry);
    else telling.soon();
    forgetOldest();
  };

  const act = async (id: string, what: JobAct): Promise<void> => {
    const entry = entries.get(id);
    if (!entry?.listed || !actsOf(entry).includes(what)) throw new BraggwatchError('job-gone', id);
    if (what === 'pause') await entry.control.pause?.();
    else if (what === 'resume') await entry.control.resume?.();
    else if (what === 'dismiss') remove(id);
    else {
      cancelling.add(id);
      const paused = entry.line.status === 'stopped';
      await entry.control.cancel?.();
      if (paused) remove(id);
    }
  };

  return {
    handlers: {
      'jobs/list': () => list(),
      'jobs/act': async ({ id, act: what }) => {
        await act(id, what);
        return list();
      },
    },
    tell,
    async run(about, work, cancellable = true) {
      const id = `${about.kind}-${++runs}`;
      const stop = new AbortController();
      const cancelled = new Promise<never>((_resolve, reject) =>
        stop.signal.addEventListener('abort', () => reject(new BraggwatchError('job-cancelled', about.name))),
      );
      tell(id, { ...about, status: 'running' }, cancellable ? { cancel: () => stop.abort() } : {});
      try {
        const value = await Promise.race([work(stop.signal), cancelled]);
        tell(id, { ...about, status: 'done' });
        return value;
      } catch (error) {
        // Whoever asked is told of a failure; the list keeps those that were waited for.
        if (stop.signal.aborted || !entries.get(id)?.listed) remove(id);
        else tell(id, { ...about, status: 'failed', problem: problemOf(error, `job ${about.kind}`) });
        throw error;
      }
    },
    close() {
      telling.close();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
