import type { OcclusionState } from '@contract/occlusion';
import type { Handlers } from '@contract/procedures';
import type { SimulationState } from '@contract/simulation';
import type { TrainingState } from '@contract/training';
import type { Board, JobControl } from './board';
import type { JobState } from './job';
import { insideNews, occlusionNews, simulationNews, trainingNews, type InsideProgress } from './reports';

/** Puts the states of the app's long-lived jobs on the board, where they are asked what their own panels ask them. */
export interface Listing {
  simulation(state: SimulationState): void;
  training(state: TrainingState): void;
  /** @param name of the scan */
  occlusion(state: OcclusionState, name: string): void;
  /** @param name of the scan */
  inside(state: JobState<InsideProgress>, name: string): void;
}

type Asked = Pick<
  Handlers,
  | 'simulation/stop'
  | 'simulation/resume'
  | 'training/pause'
  | 'training/resume'
  | `occlusion/${'pause' | 'resume' | 'stop'}`
>;

/**
 * @param handlers what the jobs' own panels ask
 * @param inside asked of the looking into crystals, whichever it is at
 */
export function createListing(board: Pick<Board, 'tell'>, handlers: Asked, inside: Required<JobControl>): Listing {
  return {
    simulation(state) {
      const { folder, workers } = state;
      const stop = (): unknown => handlers['simulation/stop']();
      const resume = folder === null ? {} : { resume: () => handlers['simulation/resume']({ folder, workers }) };
      board.tell('simulation', simulationNews(state), { pause: stop, cancel: stop, ...resume });
    },
    training(state) {
      const { folder } = state;
      const pause = (): unknown => handlers['training/pause']();
      const resume = folder === null ? {} : { resume: () => handlers['training/resume']({ folder }) };
      board.tell('training', trainingNews(state), { pause, cancel: pause, ...resume });
    },
    occlusion(state, name) {
      const { id, status } = state;
      const ask = (what: 'pause' | 'resume' | 'stop') => () => id && handlers[`occlusion/${what}`]({ id });
      // One that was stopped, or failed, begins anew where it is looked at.
      const resume = status === 'paused' && { resume: ask('resume') };
      board.tell('occlusion', occlusionNews(state, name), { pause: ask('pause'), cancel: ask('stop'), ...resume });
    },
    inside: (state, name) => board.tell('inside', insideNews(state, name), inside),
  };
}
