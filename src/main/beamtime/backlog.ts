import type { Board } from '@main/jobs/board';
import { createJob, type Work } from '@main/jobs/job';

/** The scans to be judged as one job: it begins with the first that waits and ends when none does. */
export interface Backlog {
  /** @param waiting scans that wait or run, the new one included */
  added(waiting: number): void;
  /** @param name of the scan that is being judged */
  begun(name: string): void;
  /** @param waiting scans that still wait */
  ended(waiting: number): void;
  /** So many wait no longer. @param waiting scans that still wait */
  gone(count: number, waiting: number): void;
}

export interface BacklogControl {
  pause(): void;
  resume(): void;
  /** Gives up what waits; the one that is being judged is finished. */
  cancel(): void;
}

interface About {
  /** Of the scan that is being judged. */
  readonly name: string;
  readonly done: number;
  readonly total: number;
  /** Since when `done` of them were judged. */
  readonly begunAt: number;
}

const about = (total: number): Omit<About, 'name'> => ({ done: 0, total, begunAt: performance.now() });

export function createBacklog(board: Pick<Board, 'tell'>, control: BacklogControl): Backlog {
  const job = createJob<About>({
    name: 'judging',
    about: { name: '', ...about(0) },
    listed: {
      board,
      id: 'judging',
      line({ name, done, total, begunAt }) {
        const each = done > 0 ? (performance.now() - begunAt) / 1000 / done : undefined;
        return { kind: 'judging', name, done, total, secondsLeft: each && each * (total - done) };
      },
      control: () => ({ pause, resume, cancel }),
    },
  });
  const pause = (): void => {
    control.pause();
    job.pause();
  };
  const resume = (): void => {
    const { done, total } = job.state().about;
    job.resume();
    // The pause is no part of the pace.
    job.set(about(total - done));
    control.resume();
  };
  const cancel = (): void => {
    control.cancel();
    job.drop('stopped');
  };
  /** The queue does the work; it lasts until nothing waits any more. */
  const lasting: Work<About> = ({ signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

  return {
    added(waiting) {
      if (!job.isBusy()) job.begin(about(waiting), lasting);
      else job.set({ total: job.state().about.total + 1 });
    },
    begun(name) {
      if (job.isBusy()) job.set({ name });
    },
    gone(count, waiting) {
      if (!job.isBusy() || count === 0) return;
      job.set({ total: job.state().about.total - count });
      if (waiting > 0) return;
      control.resume();
      job.drop('done');
    },
    ended(waiting) {
      if (!job.isBusy()) return;
      const done = job.state().about.done + 1;
      if (waiting > 0) return void job.set({ done });
      // Paused with the last one under way: nothing waits any more.
      control.resume();
      job.drop('done', { done });
    },
  };
}
