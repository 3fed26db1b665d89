import { availableParallelism } from 'node:os';
import { BraggwatchError } from '@contract/errors';
import type { SimulationProgress, SimulationState } from '@contract/simulation';
import type { Board, JobControl } from '@main/jobs/board';
import { createJob, type JobState, type Work } from '@main/jobs/job';
import type { Recipe } from '@main/dataset/recipe';

/** What a running simulation tells of itself. */
export interface Told extends Omit<SimulationProgress, 'discarded' | 'crystalsPerHour'> {
  readonly discarded?: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly workers: number;
  onProgress(told: Told): void;
}

/** Makes a set, or goes on with it; see `main/dataset/simulate`. */
export type Run = (recipe: Recipe, folder: string, options: RunOptions) => Promise<unknown>;

/** The app's one simulation: it goes on whatever the screens show, and is remembered over a restart. */
export interface SimulationJob {
  state(): SimulationState;
  /** @throws BraggwatchError simulation-running */
  start(recipe: Recipe, folder: string, workers: number): SimulationState;
  /** Ends it as soon as its processes have ended; what is whole stays. */
  stop(): SimulationState;
  /** Ends it with the app: the next start offers to go on. */
  close(): Promise<void>;
}

export interface JobOptions {
  readonly run: Run;
  /** What was under way when the app last ended. */
  readonly earlier?: Pick<SimulationState, 'folder' | 'name' | 'progress'> | undefined;
  readonly board: Pick<Board, 'tell'>;
  /** Goes on with the set in a folder, from the list of jobs. */
  resume(folder: string, workers: number): unknown;
  onChange(state: SimulationState): void;
}

const HOUR_MS = 3_600_000;

type About = Omit<SimulationState, 'status' | 'problem'>;

/** Stopped is how it is paused: what is whole stays, and it is gone on with from there. */
const told = ({ status, problem, about }: JobState<About>): SimulationState => ({
  ...about,
  status: status === 'paused' ? 'stopped' : status,
  problem,
});

export function createSimulationJob({ run, earlier, board, resume, onChange }: JobOptions): SimulationJob {
  const cores = availableParallelism();
  const job = createJob<About>({
    name: 'simulation',
    about: { folder: null, name: '', workers: cores, progress: null, ...earlier, cores },
    status: earlier ? 'stopped' : 'idle',
    listed: {
      board,
      id: 'simulation',
      line: ({ name, folder, progress }) => ({
        ...{ kind: 'simulation', name, folder },
        ...(progress && { done: progress.crystals, total: progress.ofCrystals, secondsLeft: progress.secondsLeft }),
      }),
      control: ({ about: { folder, workers } }): JobControl => ({
        ...{ pause: () => job.stop(), cancel: () => job.stop() },
        ...(folder !== null && { resume: () => resume(folder, workers) }),
      }),
    },
    onChange: (state) => onChange(told(state)),
  });

  const simulating =
    (recipe: Recipe, folder: string, workers: number): Work<About> =>
    async ({ signal, advance }) => {
      let first: { readonly crystals: number; readonly at: number } | undefined;
      const onProgress = ({ discarded = 0, ...told }: Told): void => {
        first ??= { crystals: told.crystals, at: performance.now() };
        const made = told.crystals - first.crystals;
        const crystalsPerHour = (made * HOUR_MS) / (performance.now() - first.at);
        advance({ progress: { ...told, discarded, ...(made > 0 && { crystalsPerHour }) } });
      };
      await run(recipe, folder, { signal, workers, onProgress });
      return undefined;
    };

  return {
    state: () => told(job.state()),
    start(recipe, folder, workers) {
      if (job.isBusy()) throw new BraggwatchError('simulation-running', job.state().about.folder ?? '');
      const about = { folder, name: recipe.name, workers, progress: null };
      return told(job.begin(about, simulating(recipe, folder, workers)));
    },
    stop: () => told(job.stop()),
    close: () => job.close(),
  };
}
