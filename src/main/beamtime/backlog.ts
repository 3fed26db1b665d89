import type { Board, JobNews } from '@main/jobs/board';

/** The scans to be judged as one job: it begins with the first that waits and ends when none does. */
export interface Backlog {
  /** @param waiting scans that wait or run, the new one included */
  added(waiting: number): void;
  /** @param name of the scan that is being judged */
  begun(name: string): void;
  /** @param waiting scans that still wait */
  ended(waiting: number): void;
}

export interface BacklogControl {
  pause(): void;
  resume(): void;
  /** Gives up what waits; the one that is being judged is finished. */
  cancel(): void;
}

const JOB = 'judging';

export function createBacklog(board: Pick<Board, 'tell'>, control: BacklogControl): Backlog {
  let state: 'idle' | 'running' | 'paused' = 'idle';
  let [done, total, name] = [0, 0, ''];
  let begunAt = performance.now();

  const news = (status: JobNews['status']): JobNews => {
    const each = done > 0 ? (performance.now() - begunAt) / 1000 / done : undefined;
    const secondsLeft = each === undefined ? undefined : each * (total - done);
    return { kind: 'judging', name, status, done, total, secondsLeft };
  };
  const tell = (status: JobNews['status'] = state === 'paused' ? 'stopped' : 'running'): void =>
    board.tell(JOB, news(status), { pause, resume, cancel });
  const pause = (): void => {
    control.pause();
    state = 'paused';
    tell();
  };
  const resume = (): void => {
    control.resume();
    state = 'running';
    // The pause is no part of the pace.
    [total, done, begunAt] = [total - done, 0, performance.now()];
    tell();
  };
  const cancel = (): void => {
    control.cancel();
    state = 'idle';
    tell('stopped');
  };

  return {
    added(waiting) {
      if (state === 'idle') [done, total, begunAt] = [0, waiting - 1, performance.now()];
      if (state === 'idle') state = 'running';
      total++;
      tell();
    },
    begun(scan) {
      name = scan;
      if (state !== 'idle') tell();
    },
    ended(waiting) {
      done++;
      if (state === 'idle') return;
      if (waiting > 0) return tell();
      state = 'idle';
      // Paused with the last one under way: nothing waits any more.
      control.resume();
      tell('done');
    },
  };
}
