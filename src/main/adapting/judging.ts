import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Board, JobControl } from '@main/jobs/board';
import { createJob, type LongJob, type Work } from '@main/jobs/job';
import { createPace } from '@main/jobs/pace';
import type { Launcher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import type { Plan } from './plan';
import type { TrialService } from './service';

export interface Judging {
  readonly plan: Plan | null;
  readonly done: number;
  readonly total: number | null;
  readonly secondsLeft?: number;
}

/** Its process is asked this often. */
const LOOK_MS = 500;
/** One answer may wait for a scan that is just simulated. */
const TIMEOUT_MS = 600_000;

/** The judging of raw scans, in a process that is ended where it is stopped: scans that are whole are not made again. */
const judging =
  (plan: Plan, launcher: Launcher): Work<Judging> =>
  async ({ signal, advance }) => {
    const worker = createWorker<TrialService>(launcher, 'trial-worker', { timeoutMs: TIMEOUT_MS });
    const stop = (): void => worker.close();
    signal.addEventListener('abort', stop);
    try {
      await worker.call('begin', plan);
      const pace = createPace();
      for (;;) {
        const { done, total, end } = await worker.call('look');
        if (end) return end.problem ?? undefined;
        const secondsLeft = total === null ? undefined : pace(done, total);
        advance({ done, total, ...(secondsLeft !== undefined && { secondsLeft }) });
        await sleep(LOOK_MS, undefined, { signal });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      worker.close();
    }
  };

export interface JudgingTools {
  readonly launcher: Launcher;
  readonly board: Pick<Board, 'tell'>;
  resume(): unknown;
  onChange(): void;
}

/** The last part of adapting: raw scans are judged by two models. */
export function createJudging({ launcher, board, resume, onChange }: JudgingTools): {
  readonly job: LongJob<Judging>;
  begin(plan: Plan): void;
} {
  const job = createJob<Judging>({
    name: 'judging raw scans',
    about: { plan: null, done: 0, total: null },
    listed: {
      ...{ board, id: 'adapting' },
      line: ({ plan, done, total, secondsLeft }) => ({
        ...{ kind: 'adapting', name: plan ? basename(plan.model) : '', folder: plan?.folder ?? null },
        ...(total !== null && { done, total, secondsLeft }),
      }),
      control: (): JobControl => ({ pause: () => job.stop(), cancel: () => job.stop(), resume }),
    },
    onChange,
  });
  return {
    job,
    begin: (plan) => void job.begin({ plan, done: 0, total: null }, judging(plan, launcher)),
  };
}
