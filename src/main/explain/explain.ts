import type { OcclusionMap, OcclusionState } from '@contract/occlusion';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { axis, extremes } from '@core/occlusion/occlusion';
import type { Volumes } from '@main/engine/service';
import { familyIfKnown } from '@core/network/family';
import { createJob, type JobState, type LongJob, type Work } from '@main/jobs/job';
import type { Board } from '@main/jobs/board';
import type { Order } from '@main/jobs/order';
import { inBackground } from '@main/process/report';
import type { Classifier } from '@main/models/classifier';
import { ModelChanged, occlusionSteps, PLAN, type OcclusionStep } from './occlusion';

type Owned = Extract<keyof Handlers, `occlusion/${string}`>;

/** Makes the occlusion map of one verdict, the one asked about last; tells of it as it grows. */
export interface Explainer {
  readonly handlers: Pick<Handlers, Owned>;
  /** A scan judged anew has another volume, perhaps: its map is given up. */
  changed(summary: ScanSummary): void;
  close(): void;
}

export interface ExplainerOptions {
  readonly classifier: Classifier;
  readonly order: Order;
  readonly board: Pick<Board, 'tell'>;
  /** A scan as the screen knows it. @throws BraggwatchError scan-not-found */
  find(id: string): ScanSummary;
  /** Does what needs what the network was given of it. @throws BraggwatchError volume-missing; what laying it down throws */
  withVolume<T>(id: string, work: (volume: Volumes) => Promise<T>): Promise<T>;
  onChange(state: OcclusionState): void;
}

/** What a map is about, as its job keeps it; `name` is the scan's. */
interface About extends Pick<OcclusionState, 'id' | 'map'> {
  readonly name: string;
}

/** Given up, it says so at once. */
const told = ({ status, problem, about: { id, map } }: JobState<About>): OcclusionState => ({
  ...{ id, map },
  status: status === 'stopping' ? 'stopped' : status,
  problem,
});

export function createExplainer(options: ExplainerOptions): Explainer {
  const { classifier, order, board, find, withVolume, onChange } = options;
  const job: LongJob<About> = createJob<About>({
    name: 'occlusion map',
    about: { id: null, map: null, name: '' },
    order: { of: order, rank: 'occlusion' },
    listed: {
      board,
      id: 'occlusion',
      line: ({ name, map }) => ({ kind: 'occlusion', name, ...(map && { done: map.done, total: map.total }) }),
      // One that was stopped, or failed, begins anew where it is looked at.
      control: ({ status }) => ({
        ...{ pause: () => job.pause(), cancel: () => job.drop() },
        ...(status === 'paused' && { resume: () => job.resume() }),
      }),
    },
    onChange: (state) => onChange(told(state)),
  });
  /** The verdict that is explained. */
  let explained: string | undefined;
  const state = (): OcclusionState => told(job.state());

  async function* mapping(id: string, volume: Volumes): AsyncGenerator<OcclusionMap, void> {
    const tools = { classifier, family: familyIfKnown(find(id).hkl) };
    for await (const step of occlusionSteps(volume, PLAN, tools)) yield snapshot(step);
  }

  /** Takes step after step until the map is whole; paused, it is gone on with where it was left, as long as the app runs. */
  const explain =
    (id: string): Work<About> =>
    async ({ turn, advance }) => {
      try {
        await turn();
        await withVolume(id, async (volume) => {
          for await (const map of mapping(id, volume)) {
            advance({ map });
            await turn();
          }
        });
        return undefined;
      } catch (error) {
        if (error instanceof ModelChanged) return 'stopped';
        throw error;
      }
    };

  const start = (id: string): OcclusionState => {
    const summary = find(id);
    if (job.state().about.id === id && job.state().status === 'running') return state();
    explained = JSON.stringify(summary.verdict);
    return told(job.begin({ id, map: null, name: summary.scan }, explain(id)));
  };
  const isOf = (id: string): boolean => job.state().about.id === id;

  return {
    handlers: {
      'occlusion/state': () => state(),
      'occlusion/start': ({ id }) => start(id),
      'occlusion/pause': ({ id }) => (isOf(id) ? told(job.pause()) : state()),
      'occlusion/resume': ({ id }) => (isOf(id) ? told(job.resume()) : state()),
      'occlusion/stop': ({ id }) => (isOf(id) && job.isBusy() ? told(job.drop()) : state()),
    },
    changed({ id, verdict }) {
      if (isOf(id) && explained !== JSON.stringify(verdict)) job.drop('idle', { id: null, map: null });
    },
    close: () => inBackground(job.close(), 'occlusion map'),
  };
}

/** The map as it travels; its arrays are filled further, so they are copied. */
function snapshot({ map, done, total }: OcclusionStep): OcclusionMap {
  const { axis: centres, drop, measured, named, probability, model } = map;
  const coarse = centres.length === axis(PLAN.size, PLAN.coarse).length;
  return {
    class: model.classes[named]!,
    probability,
    model: model.hash,
    radius: PLAN.radius,
    axis: [...centres],
    drop: new Uint8Array(drop.slice().buffer),
    measured: measured.slice(),
    pass: coarse ? 'coarse' : 'fine',
    done,
    total,
    ...extremes({ axis: centres, drop, measured }, PLAN.size),
  };
}
