import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { WatchState } from '@contract/app';
import type { Ledger } from '@main/ledger/ledger';
import { watchFolder, type Watcher } from '@main/beamtime/watch/watcher';
import { AUTO_PRESET, type Settings } from '@main/ledger/settings';

export interface WatchingTools {
  readonly memory: Pick<Ledger, 'setting' | 'saveSetting'>;
  readonly settings: Settings;
  /** Looks at everything in a folder. @throws BraggwatchError path-missing */
  sweep(folder: string): Promise<void>;
  /** Another folder, or the same anew: what was settled is looked at again. */
  begun(folder: string): void;
  /** The first look at a folder, which can take long where there are many scans. */
  survey(folder: string, look: () => Promise<void>): Promise<void>;
  onChange(state: WatchState): void;
}

/** The folder that is watched, and what became of it. */
export interface Watching {
  state(): WatchState;
  /** @throws BraggwatchError geometry-incomplete where there is no such preset */
  start(folder: string, preset: string): Promise<WatchState>;
  stop(): Promise<WatchState>;
  /** What was watched when the app last ended. */
  remembered(): { readonly folder: string; readonly preset: string } | undefined;
  /** Looks at once. */
  nudge(): void;
  close(): void;
}

export function createWatching(tools: WatchingTools): Watching {
  const { memory, settings } = tools;
  let state: WatchState = { folder: null, preset: AUTO_PRESET, problem: null };
  let watcher: Watcher | undefined;
  const set = (next: WatchState): WatchState => {
    state = next;
    tools.onChange(state);
    return state;
  };
  /** What the ledger could not be told yet of what to watch at the next start. */
  let untold: string | undefined;
  const remember = (what: string | undefined): void => {
    untold = what;
    if (what === undefined) return;
    memory.saveSetting('watch', what);
    untold = undefined;
  };
  const sweep = async (folder: string): Promise<void> => {
    try {
      await tools.sweep(folder);
      remember(untold);
      if (state.problem) set({ ...state, problem: null });
    } catch (error) {
      const problem = problemOf(error, `looking through ${folder}`);
      if (problem.code !== state.problem?.code) set({ ...state, problem });
    }
  };
  return {
    state: () => state,
    async start(folder, preset) {
      watcher?.close();
      if (preset !== AUTO_PRESET && !settings.presets().some((p) => p.name === preset)) {
        throw new BraggwatchError('geometry-incomplete', `no beamline preset ${preset}`);
      }
      tools.begun(folder);
      set({ folder, preset, problem: null });
      try {
        remember(JSON.stringify({ folder, preset }));
      } catch {
        // A ledger that cannot be written now keeps nobody from watching: it is told with the next sweep.
      }
      let first = true;
      watcher = watchFolder(folder, () => {
        const look = (): Promise<void> => sweep(folder);
        if (!first) return look();
        first = false;
        return tools.survey(folder, look);
      });
      return state;
    },
    async stop() {
      watcher?.close();
      watcher = undefined;
      remember('null');
      return set({ ...state, folder: null, problem: null });
    },
    remembered() {
      const value = JSON.parse(memory.setting('watch') ?? 'null') as { folder?: unknown; preset?: unknown } | null;
      return typeof value?.folder === 'string' && typeof value.preset === 'string'
        ? { folder: value.folder, preset: value.preset }
        : undefined;
    },
    nudge: () => watcher?.nudge(),
    close: () => watcher?.close(),
  };
}
