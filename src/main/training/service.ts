import { BraggwatchError, type Problem } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { TrainingProgress } from '@contract/training';
import type { EngineChoice } from '@main/engine/choice';
import { runTraining, type TrainJob } from '@main/learn/job';

/** What a training's process says of it. */
export interface Told {
  /** null until it is known how far a former run came. */
  readonly progress: Omit<TrainingProgress, 'secondsLeft'> | null;
  readonly end: { readonly kind: 'done' | 'paused' } | { readonly kind: 'failed'; readonly problem: Problem } | null;
}

/** A screen has no command to be told how to use. */
const forScreens = (error: unknown): unknown =>
  error instanceof BraggwatchError && error.code === 'usage'
    ? new BraggwatchError('training-invalid', error.detail, { cause: error })
    : error;

/** The functions of a process that trains one network. */
export function createTrainingService() {
  const pause = new AbortController();
  const finish = new AbortController();
  let begun = false;
  let held: PromiseWithResolvers<void> | undefined;
  const letGo = (): void => {
    held?.resolve();
    held = undefined;
  };
  let told: Told = { progress: null, end: null };
  const advance = (change: Partial<NonNullable<Told['progress']>>): void => {
    if (told.progress) told = { ...told, progress: { ...told.progress, ...change } };
  };

  const run = async (job: TrainJob, engine: EngineChoice): Promise<void> => {
    try {
      const card = await runTraining(job, {
        engine,
        signal: pause.signal,
        finish: finish.signal,
        turn: async () => held?.promise,
        onBegin({ curve, step, steps, options: { epochs } }) {
          told = { ...told, progress: { epoch: curve.length, epochs, step, steps, exporting: false } };
        },
        onStep: ({ epoch, step, meanLoss, accuracy }) => advance({ epoch, step, loss: meanLoss, accuracy }),
        onExport: () => advance({ exporting: true }),
      });
      told = { ...told, end: { kind: card ? 'done' : 'paused' } };
    } catch (error) {
      told = { ...told, end: { kind: 'failed', problem: problemOf(forScreens(error), 'training') } };
    }
  };

  return {
    begin(job: TrainJob, engine: EngineChoice): void {
      begun = true;
      inBackground(run(job, engine), 'training');
    },
    /** @throws BraggwatchError training-died when it was another process that began */
    look(): Told {
      if (!begun) throw new BraggwatchError('training-died');
      return told;
    },
    /** Takes no further step until it is let go, or to end. */
    hold(on: boolean): void {
      if (!on) letGo();
      else if (!pause.signal.aborted && !finish.signal.aborted) held ??= Promise.withResolvers();
    },
    /** Ends after the step under way, to be gone on with. */
    pause(): void {
      pause.abort();
      letGo();
    },
    /** Ends after the step under way, with the best epoch so far. */
    finish(): void {
      finish.abort();
      letGo();
    },
  };
}

export type TrainingService = ReturnType<typeof createTrainingService>;
