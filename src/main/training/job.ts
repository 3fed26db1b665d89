import { setTimeout as sleep } from 'node:timers/promises';
import { BraggwatchError, type Problem } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { TrainingProgress, TrainingState } from '@contract/training';
import type { EngineChoice } from '@main/engine/choice';
import type { TrainJob } from '@main/learn/job';
import type { Launcher } from '@main/process/launcher';
import type { Board, JobControl } from '@main/jobs/board';
import { createJob, type JobState, type Run, type Work } from '@main/jobs/job';
import type { Order } from '@main/jobs/order';
import { createPace } from '@main/jobs/pace';
import { createWorker, type Worker } from '@main/process/worker';
import type { Told, TrainingService } from './service';

/** The app's one training: it goes on whatever the screens show, and is remembered over a restart. */
export interface TrainingJob {
  state(): TrainingState;
  /** @throws BraggwatchError training-running */
  start(job: TrainJob): TrainingState;
  /** Ends it after the step under way; its checkpoint is written. */
  pause(): TrainingState;
  /** Ends it after the step under way with the best epoch so far; pauses it where no epoch is done. */
  finish(): TrainingState;
  /** Pauses it with the app. */
  close(): Promise<void>;
}

export type Earlier = Pick<TrainingState, 'folder' | 'dataset' | 'network' | 'progress'>;

export interface JobOptions {
  readonly launcher: Launcher;
  readonly order: Order;
  /** Which engine to train with. */
  engine(): Promise<EngineChoice>;
  /** What was under way when the app last ended. */
  readonly earlier?: Promise<Earlier | undefined>;
  readonly board: Pick<Board, 'tell'>;
  /** Goes on with the training in a folder, from the list of jobs. */
  resume(folder: string): unknown;
  onChange(state: TrainingState): void;
  /** At its begin, after every epoch and at its end. */
  onEpoch(): void;
}

/** Its process is asked this often. */
const LOOK_MS = 250;
/** A process that does not answer for so long hangs in native code. */
const TIMEOUT_MS = 600_000;
/** The app does not wait longer for a last checkpoint; the one before is two minutes old at most. */
const FAREWELL_MS = 5000;

type Wish = 'pause' | 'finish';

/** How long the rest takes at the pace of this run. */
function createClock(): (progress: NonNullable<Told['progress']>) => TrainingProgress {
  const pace = createPace();
  return (progress) => {
    // The first step pays for the engine's start.
    const secondsLeft = progress.loss === undefined ? undefined : pace(progress.step, progress.steps);
    return { ...progress, ...(secondsLeft !== undefined && { secondsLeft }) };
  };
}

function failureOf(error: unknown): Problem {
  const died = error instanceof BraggwatchError && ['worker-died', 'timed-out'].includes(error.code);
  return problemOf(died ? new BraggwatchError('training-died') : error, 'training');
}

type About = Omit<TrainingState, 'status' | 'problem'>;

/** Stopped is how it is paused: it goes on from its checkpoint. */
const told = ({ status, problem, about }: JobState<About>): TrainingState => ({
  ...about,
  status: status === 'paused' ? 'stopped' : status,
  problem,
});

export function createTrainingJob(options: JobOptions): TrainingJob {
  const { launcher, order, engine, earlier, board, resume, onChange, onEpoch } = options;
  const job = createJob<About>({
    name: 'training',
    about: { folder: null, dataset: null, network: '', progress: null },
    listed: {
      board,
      id: 'training',
      line: ({ network, folder, progress }) => ({
        ...{ kind: 'training', name: network, folder },
        ...(progress && { done: progress.step, total: progress.steps, secondsLeft: progress.secondsLeft }),
      }),
      control: ({ about: { folder } }): JobControl => ({
        ...{ pause: () => ask('pause'), cancel: () => ask('pause') },
        ...(folder !== null && { resume: () => resume(folder) }),
      }),
    },
    onChange(state) {
      const [now, before] = [told(state), last];
      last = now;
      if (JSON.stringify(now) === JSON.stringify(before)) return;
      onChange(now);
      if (now.progress?.epoch !== before.progress?.epoch || now.status !== before.status) onEpoch();
    },
  });
  let last = told(job.state());
  let worker: Worker<TrainingService> | undefined;
  let wish: Wish | undefined;
  const takeUp = (found: Awaited<typeof earlier>): void => {
    if (found && job.state().status === 'idle') job.drop('stopped', found);
  };
  if (earlier) inBackground(earlier.then(takeUp), 'former training');

  /** Looks until it has ended; holds it while something before it in the order of jobs is done. */
  const attend = async (mine: Worker<TrainingService>, { advance }: Run<About>): Promise<NonNullable<Told['end']>> => {
    const clock = createClock();
    let [sent, held]: [Wish | undefined, boolean] = [undefined, false];
    for (;;) {
      const { progress, end } = await mine.call('look');
      advance({ progress: progress && clock(progress) });
      if (end) return end;
      if (wish !== sent && wish) await mine.call(wish);
      sent = wish;
      const hold = !order.isFree('training');
      if (hold !== held) await mine.call('hold', hold);
      held = hold;
      await sleep(LOOK_MS);
    }
  };
  const training =
    (work: TrainJob, mine: Worker<TrainingService>): Work<About> =>
    async (run) => {
      try {
        await mine.call('begin', work, await engine());
        const end = await attend(mine, run);
        if (end.kind === 'failed') return end.problem;
        return end.kind === 'paused' ? 'stopped' : undefined;
      } catch (error) {
        // Also where it was to end: whether its last checkpoint was written is not known then.
        return failureOf(error);
      } finally {
        mine.close();
      }
    };
  const ask = (what: Wish): TrainingState => {
    if (job.isBusy()) wish = what;
    return told(job.stop());
  };

  return {
    state: () => told(job.state()),
    start(work) {
      if (job.isBusy()) throw new BraggwatchError('training-running', job.state().about.folder ?? '');
      worker = createWorker<TrainingService>(launcher, 'train-worker', { timeoutMs: TIMEOUT_MS });
      wish = undefined;
      const { out, dataset, network } = work;
      const about = { folder: out, dataset: [dataset].flat().join(', '), network, progress: null };
      return told(job.begin(about, training(work, worker)));
    },
    pause: () => ask('pause'),
    finish: () => ask('finish'),
    async close() {
      ask('pause');
      const ended = job.close();
      await Promise.race([ended, sleep(FAREWELL_MS, undefined, { ref: false })]);
      worker?.close();
      await ended;
    },
  };
}
