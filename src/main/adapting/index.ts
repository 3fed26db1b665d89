import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AdaptingState } from '@contract/adapting';
import { BraggwatchError, type Problem } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { recipeDraftSchema } from '@contract/recipe';
import type { SimulationState } from '@contract/simulation';
import type { TrainingState } from '@contract/training';
import type { Measured } from '@core/screening/measured';
import { modelId } from '@main/engine/model';
import type { Board } from '@main/jobs/board';
import type { Launcher } from '@main/process/launcher';
import { inBackground, problemOf } from '@main/process/report';
import type { Simulation } from '@main/simulation';
import type { Training } from '@main/training';
import { freeName, lookAtModelFolder } from '@main/training/folder';
import { createJudging } from './judging';
import { drawUp } from './draw-up';
import { likenessOf } from './likeness';
import { readPlan, readTrial, setIn, stageOf, type Plan } from './plan';

type Owned = Extract<keyof Handlers, `adapting/${string}`>;

export interface AdaptingTools {
  readonly launcher: Launcher;
  readonly board: Pick<Board, 'tell'>;
  /** Folder of what networks for beamtimes are made of, and that of the user's own models. */
  readonly home: string;
  readonly models: string;
  /** What the scans of this beamtime tell of their crystals. */
  measured(): readonly Measured[];
  /** The model in use. */
  active(): string;
  /** The app's one simulation and its one training: each stands in its own panel while this waits for it. */
  readonly simulation: Pick<Simulation['handlers'], `simulation/${string}` & keyof Simulation['handlers']>;
  readonly training: Pick<Training['handlers'], `training/${string}` & keyof Training['handlers']>;
  remembered(): string | undefined;
  remember(folder: string): void;
  onChange(state: AdaptingState): void;
}

/** A network for the crystals of this beamtime: simulated, trained and compared, one after the other, by what there is of it on disk. */
export interface Adapting {
  readonly handlers: Pick<Handlers, Owned>;
  readonly simulationChanged: (state: SimulationState) => void;
  readonly trainingChanged: (state: TrainingState) => void;
  close(): Promise<void>;
}

/** Of the stage under way. */
type Part = Pick<AdaptingState, 'status' | 'done' | 'total' | 'secondsLeft' | 'problem'>;

const NOTHING: Part = { status: 'stopped', done: null, total: null, problem: null };

export function createAdapting(tools: AdaptingTools): Adapting {
  const { simulation, training } = tools;
  const folder = tools.remembered();
  let plan = folder === undefined ? undefined : readPlan(folder);
  let part = NOTHING;
  /** What is next once it is done, whoever goes on with it: also its own panel, after a restart. */
  let awaited = plan ? stageOf(plan) : null;

  const state = (): AdaptingState => {
    if (!plan) return { ...NOTHING, status: 'idle', stage: null, model: null, trial: null };
    const trial = readTrial(plan);
    const stage = stageOf(plan, trial);
    const model = stage === null || stage === 'judging' ? modelId(plan.model) : null;
    return { ...(stage === null ? { ...NOTHING, status: 'done' } : part), stage, model, trial };
  };
  const tell = (next: Part): void => {
    part = next;
    tools.onChange(state());
  };
  const failed = (problem: Problem): void => tell({ ...NOTHING, status: 'failed', problem });
  const isBusy = (): boolean => part.status === 'running' || part.status === 'stopping';

  const judging = createJudging({
    ...{ launcher: tools.launcher, board: tools.board },
    resume: () => goOn(),
    onChange() {
      const { status, problem, about } = judging.job.state();
      if (!plan || about.plan?.folder !== plan.folder || status === 'idle') return;
      const { done, total, secondsLeft } = about;
      const shown = status === 'paused' ? 'stopped' : status;
      tell({ status: shown, done, total, problem, secondsLeft });
    },
  });

  /** Begins the next stage. */
  const enter = async (now: Plan): Promise<void> => {
    tell({ ...NOTHING, status: 'running' });
    const stage = stageOf(now);
    awaited = stage;
    if (stage === 'simulating') {
      const workers = availableParallelism();
      await simulation['simulation/start']({
        folder: setIn(now),
        recipe: recipeDraftSchema.parse(now.recipe),
        workers,
      });
    } else if (stage === 'training') {
      const { model, network, start, options } = now;
      const begun = (await lookAtModelFolder(model)) === 'begun';
      if (begun) await training['training/resume']({ folder: model });
      else
        await training['training/start']({
          ...{ datasets: [setIn(now)], folder: model, network, start },
          options: recipeDraftSchema.parse(options),
        });
    } else if (stage === 'judging') judging.begin(now);
  };
  /** Until the stage that is begun has begun, it cannot be stopped. */
  let entering: Promise<void> = Promise.resolve();
  const advance = (now: Plan): Promise<void> => {
    entering = enter(now);
    return entering;
  };
  const goOn = async (): Promise<AdaptingState> => {
    if (!plan) throw new BraggwatchError('adapting-too-few');
    try {
      await advance(plan);
    } catch (error) {
      tell(NOTHING);
      throw error;
    }
    return state();
  };
  const next = (now: Plan): void => {
    awaited = null;
    inBackground(
      advance(now).catch((error: unknown) => failed(problemOf(error, 'adapting'))),
      'adapting',
    );
  };

  /** A plan for the crystals measured so far. */
  const begin = async (): Promise<Plan> => {
    const name = freeName('beamtime', tools.home, tools.models);
    const where = { folder: join(tools.home, name), model: join(tools.models, name), start: tools.active() };
    const made = await drawUp(tools.measured(), where);
    tools.remember(made.folder);
    return made;
  };

  return {
    handlers: {
      'adapting/likeness': () => likenessOf(tools.measured()),
      'adapting/state': () => state(),
      async 'adapting/start'({ anew }) {
        if (isBusy()) throw new BraggwatchError('adapting-running', plan?.folder);
        if (anew || !plan || stageOf(plan) === null) plan = await begin();
        return goOn();
      },
      async 'adapting/stop'() {
        await entering.catch(() => undefined);
        const stage = plan && stageOf(plan);
        if (stage === 'simulating') await simulation['simulation/stop']();
        else if (stage === 'training') await training['training/pause']();
        else if (stage === 'judging') judging.job.stop();
        return state();
      },
    },
    simulationChanged({ folder: of, status, progress, problem }) {
      if (!plan || awaited !== 'simulating' || of !== setIn(plan) || status === 'idle') return;
      if (status === 'done') return next(plan);
      const { crystals = null, ofCrystals = null, secondsLeft } = progress ?? {};
      tell({ status, done: crystals, total: ofCrystals, problem, secondsLeft });
    },
    trainingChanged({ folder: of, status, progress, problem }) {
      if (!plan || awaited !== 'training' || of !== plan.model || status === 'idle') return;
      if (status === 'done') return next(plan);
      const { step = null, steps = null, secondsLeft } = progress ?? {};
      tell({ status, done: step, total: steps, problem, secondsLeft });
    },
    close: () => judging.job.close(),
  };
}
