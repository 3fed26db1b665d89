import { BraggwatchError } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { DropMap, Explanation } from '@contract/explanation';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { axis, extremes } from '@core/occlusion/occlusion';
import type { ModelFacts } from '@main/engine/service';
import { familyIfKnown } from '@core/network/family';
import { createThrottle } from '@main/jobs/throttle';
import type { Classifier } from '@main/models/classifier';
import { occlusionSteps, PLAN, type OcclusionResult, type OcclusionStep, type OcclusionTools } from './occlusion';

type Owned = Extract<keyof Handlers, `explanation/${string}`>;

/** Maps what one verdict rests on, the one asked about last; tells of the map as it grows. */
export interface Explainer {
  readonly handlers: Pick<Handlers, Owned>;
  /** A scan judged anew has another volume, perhaps: its map is given up. */
  changed(summary: ScanSummary): void;
  close(): void;
}

/** One map: paused, it is gone on with where it was left, as long as the app runs. */
interface Run {
  /** The verdict that is explained. */
  readonly verdict: string;
  readonly steps: AsyncGenerator<DropMap, void>;
  wanted: 'on' | 'paused' | 'over';
  /** A step is under way. */
  busy: boolean;
}

/** Asked anew after each step. */
const isOver = ({ wanted }: Run): boolean => wanted === 'over';

export interface ExplainerOptions {
  readonly classifier: Classifier;
  /** A scan as the screen knows it. @throws BraggwatchError scan-not-found */
  find(id: string): ScanSummary;
  /** What the network was given of it. @throws BraggwatchError volume-missing */
  volumeOf(id: string): Promise<Float32Array>;
  onChange(explanation: Explanation): void;
}

const NONE: Explanation = { id: null, status: 'idle', map: null, problem: null };

export function createExplainer({ classifier, find, volumeOf, onChange }: ExplainerOptions): Explainer {
  let state = NONE;
  /** The map asked for last. */
  let run: Run | undefined;
  const telling = createThrottle(() => onChange(state));

  const set = (change: Partial<Explanation>): Explanation => {
    state = { ...state, ...change };
    telling.now();
    return state;
  };
  const advance = (map: DropMap): void => {
    state = { ...state, map };
    telling.soon();
  };

  async function* mapping(id: string): AsyncGenerator<DropMap, void> {
    const model = await classifier.facts();
    const volume = await volumeOf(id);
    const seen = { ...tools(classifier, model), family: familyIfKnown(find(id).hkl) };
    for await (const step of occlusionSteps(volume, PLAN, seen)) yield snapshot(step, model);
  }

  /** Takes step after step until the map is whole, paused or given up. */
  const go = async (mine: Run): Promise<void> => {
    // Paused and gone on with within one step.
    if (mine.busy) return;
    mine.busy = true;
    try {
      while (mine.wanted === 'on') {
        const { value: map, done } = await mine.steps.next();
        if (isOver(mine)) return;
        if (done) return void set({ status: 'done' });
        advance(map);
      }
    } catch (error) {
      // Given up for another scan, or stopped: told already.
      if (isOver(mine)) return;
      if (error instanceof ModelChanged) set({ status: 'stopped' });
      else set({ status: 'failed', problem: problemOf(error, `explaining ${state.id ?? ''}`) });
    } finally {
      mine.busy = false;
    }
  };
  const giveUp = (): void => {
    if (run) run.wanted = 'over';
  };

  const start = (id: string): Explanation => {
    const summary = find(id);
    if (state.id === id && state.status === 'running') return state;
    giveUp();
    run = { verdict: JSON.stringify(summary.verdict), steps: mapping(id), wanted: 'on', busy: false };
    const begun = set({ id, status: 'running', map: null, problem: null });
    inBackground(go(run), `explaining ${id}`);
    return begun;
  };
  /** Pauses the one that runs, or goes on with the one that is paused. */
  const turn = (id: string, from: 'running' | 'paused'): Explanation => {
    if (!run || state.id !== id || state.status !== from) return state;
    run.wanted = from === 'running' ? 'paused' : 'on';
    const turned = set({ status: from === 'running' ? 'paused' : 'running' });
    inBackground(go(run), `explaining ${id}`);
    return turned;
  };
  const stop = (id: string, change: Partial<Explanation> = {}): Explanation => {
    if (state.id !== id) return state;
    const unfinished = state.status === 'running' || state.status === 'paused';
    giveUp();
    return unfinished || Object.keys(change).length > 0
      ? set({ ...(unfinished && { status: 'stopped' }), ...change })
      : state;
  };

  return {
    handlers: {
      'explanation/state': () => state,
      'explanation/start': ({ id }) => start(id),
      'explanation/pause': ({ id }) => turn(id, 'running'),
      'explanation/resume': ({ id }) => turn(id, 'paused'),
      'explanation/stop': ({ id }) => stop(id),
    },
    changed({ id, verdict }) {
      if (state.id === id && run?.verdict !== JSON.stringify(verdict)) stop(id, NONE);
    },
    close() {
      giveUp();
      telling.close();
    },
  };
}

/** Another model was taken into use meanwhile: the rest of the map would not belong to its beginning. */
class ModelChanged extends BraggwatchError {
  constructor() {
    super('model-missing', 'another model was taken into use');
  }
}

function tools(classifier: Classifier, model: ModelFacts): OcclusionTools {
  return {
    temperature: model.temperature,
    classifier: {
      predict: classifier.predict,
      async occlude(...args) {
        if ((await classifier.facts()).hash !== model.hash) throw new ModelChanged();
        return classifier.occlude(...args);
      },
    },
  };
}

/** The map as it travels; its arrays are filled further, so they are copied. */
function snapshot({ map, done, total }: OcclusionStep, model: ModelFacts): DropMap {
  const { axis: centres, drop, measured, named, probability }: OcclusionResult = map;
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
