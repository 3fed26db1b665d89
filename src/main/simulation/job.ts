import { availableParallelism } from 'node:os';
import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { SimulationProgress, SimulationState } from '@contract/simulation';
import { createThrottle } from '@main/jobs/throttle';
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
  onChange(state: SimulationState): void;
}

const HOUR_MS = 3_600_000;

export function createSimulationJob({ run, earlier, onChange }: JobOptions): SimulationJob {
  const cores = availableParallelism();
  const none = { folder: null, name: '', workers: cores, progress: null };
  let state: SimulationState = { ...none, ...earlier, status: earlier ? 'stopped' : 'idle', cores, problem: null };
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  const telling = createThrottle(() => onChange(state));
  const set = (change: Partial<SimulationState>): SimulationState => {
    state = { ...state, ...change };
    telling.now();
    return state;
  };
  const advance = (progress: SimulationProgress): void => {
    state = { ...state, progress };
    telling.soon();
  };

  const follow = async (recipe: Recipe, folder: string, workers: number, signal: AbortSignal): Promise<void> => {
    let first: { readonly crystals: number; readonly at: number } | undefined;
    const onProgress = ({ discarded = 0, ...told }: Told): void => {
      first ??= { crystals: told.crystals, at: performance.now() };
      const made = told.crystals - first.crystals;
      const crystalsPerHour = (made * HOUR_MS) / (performance.now() - first.at);
      advance({ ...told, discarded, ...(made > 0 && { crystalsPerHour }) });
    };
    try {
      await run(recipe, folder, { signal, workers, onProgress });
      set({ status: 'done' });
    } catch (error) {
      if (signal.aborted) set({ status: 'stopped' });
      else set({ status: 'failed', problem: problemOf(error, 'simulation') });
    } finally {
      running = undefined;
    }
  };

  return {
    state: () => state,
    start(recipe, folder, workers) {
      if (running) throw new BraggwatchError('simulation-running', state.folder ?? '');
      const stop = new AbortController();
      set({ status: 'running', folder, name: recipe.name, workers, progress: null, problem: null });
      running = { stop, ended: follow(recipe, folder, workers, stop.signal) };
      return state;
    },
    stop() {
      if (!running) return state;
      running.stop.abort(new Error('stopped'));
      return state.status === 'running' ? set({ status: 'stopping' }) : state;
    },
    async close() {
      running?.stop.abort(new Error('closed'));
      await running?.ended;
      telling.close();
    },
  };
}
