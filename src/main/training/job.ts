import { setTimeout as sleep } from 'node:timers/promises';
import { BraggwatchError, type Problem } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { TrainingProgress, TrainingState } from '@contract/training';
import type { EngineChoice } from '@main/engine/choice';
import type { TrainJob } from '@main/learn/job';
import type { Launcher } from '@main/process/launcher';
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
  /** Which engine to train with. */
  engine(): Promise<EngineChoice>;
  /** What was under way when the app last ended. */
  readonly earlier?: Promise<Earlier | undefined>;
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
  let first: { readonly step: number; readonly at: number } | undefined;
  return (progress) => {
    // The first step pays for the engine's start.
    if (progress.loss !== undefined) first ??= { step: progress.step, at: performance.now() };
    const done = first ? progress.step - first.step : 0;
    if (!first || done === 0) return progress;
    const perStep = (performance.now() - first.at) / 1000 / done;
    return { ...progress, secondsLeft: perStep * (progress.steps - progress.step) };
  };
}

function failureOf(error: unknown): Problem {
  const died = error instanceof BraggwatchError && ['worker-died', 'timed-out'].includes(error.code);
  return problemOf(died ? new BraggwatchError('training-died') : error, 'training');
}

export function createTrainingJob({ launcher, engine, earlier, onChange, onEpoch }: JobOptions): TrainingJob {
  let state: TrainingState = {
    ...{ status: 'idle', folder: null, dataset: null, network: '', progress: null, problem: null },
  };
  let running: { readonly worker: Worker<TrainingService>; readonly ended: Promise<void> } | undefined;
  let wish: Wish | undefined;

  const set = (change: Partial<TrainingState>): TrainingState => {
    const next = { ...state, ...change };
    if (JSON.stringify(next) === JSON.stringify(state)) return state;
    const newEpoch = next.progress?.epoch !== state.progress?.epoch || next.status !== state.status;
    state = next;
    onChange(state);
    if (newEpoch) onEpoch();
    return state;
  };
  const takeUp = (found: Awaited<typeof earlier>): void => {
    if (found && state.status === 'idle') set({ ...found, status: 'stopped' });
  };
  if (earlier) inBackground(earlier.then(takeUp), 'former training');

  /** Looks until it has ended. */
  const attend = async (worker: Worker<TrainingService>): Promise<NonNullable<Told['end']>> => {
    const clock = createClock();
    let sent: Wish | undefined;
    for (;;) {
      const { progress, end } = await worker.call('look');
      set({ progress: progress && clock(progress) });
      if (end) return end;
      if (wish !== sent && wish) await worker.call(wish);
      sent = wish;
      await sleep(LOOK_MS);
    }
  };
  const follow = async (job: TrainJob, worker: Worker<TrainingService>): Promise<void> => {
    let last: Partial<TrainingState>;
    try {
      await worker.call('begin', job, await engine());
      const end = await attend(worker);
      last =
        end.kind === 'failed'
          ? { status: 'failed', problem: end.problem }
          : { status: end.kind === 'done' ? 'done' : 'stopped' };
    } catch (error) {
      last = { status: 'failed', problem: failureOf(error) };
    }
    worker.close();
    running = undefined;
    set(last);
  };
  const ask = (what: Wish): TrainingState => {
    if (!running) return state;
    wish = what;
    return state.status === 'running' ? set({ status: 'stopping' }) : state;
  };

  return {
    state: () => state,
    start(job) {
      if (running) throw new BraggwatchError('training-running', state.folder ?? '');
      const worker = createWorker<TrainingService>(launcher, 'train-worker', { timeoutMs: TIMEOUT_MS });
      wish = undefined;
      const { out, dataset, network } = job;
      set({
        status: 'running',
        folder: out,
        dataset: [dataset].flat().join(', '),
        network,
        progress: null,
        problem: null,
      });
      running = { worker, ended: follow(job, worker) };
      return state;
    },
    pause: () => ask('pause'),
    finish: () => ask('finish'),
    async close() {
      if (!running) return;
      const { worker, ended } = running;
      ask('pause');
      await Promise.race([ended, sleep(FAREWELL_MS, undefined, { ref: false })]);
      worker.close();
      await ended;
    },
  };
}
