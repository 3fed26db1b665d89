import { BraggwatchError, toProblem } from '@contract/errors';
import type { DropMap, Explanation } from '@contract/explanation';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { defectClasses } from '@core/network/description';
import { axis, extremes } from '@core/occlusion/occlusion';
import type { ModelFacts } from '@main/engine/service';
import type { Classifier } from './classifier';
import { occlusionMap, PLAN, type OcclusionResult, type OcclusionTools } from './occlusion';

type Owned = Extract<keyof Handlers, `explanation/${string}`>;

/** Maps what one verdict rests on, the one asked about last; tells of the map as it grows. */
export interface Explainer {
  readonly handlers: Pick<Handlers, Owned>;
  /** A scan judged anew has another volume, perhaps: its map is given up. */
  changed(summary: ScanSummary): void;
  close(): void;
}

export interface ExplainerOptions {
  readonly classifier: Classifier;
  /** A scan as the screen knows it. @throws BraggwatchError scan-not-found */
  find(id: string): ScanSummary;
  /** What the network was given of it. @throws BraggwatchError volume-missing */
  volumeOf(id: string): Promise<Float32Array>;
  onChange(explanation: Explanation): void;
}

/** Screens are told of progress this often at most. */
const TELL_MS = 250;
const NONE: Explanation = { id: null, status: 'idle', map: null, problem: null };

export function createExplainer({ classifier, find, volumeOf, onChange }: ExplainerOptions): Explainer {
  let state = NONE;
  /** The verdict that is explained, and how its explanation is given up. */
  let asked: { readonly verdict: string; readonly stop: AbortController } | undefined;
  let later: NodeJS.Timeout | undefined;
  let toldAt = -Infinity;

  const set = (change: Partial<Explanation>): Explanation => {
    clearTimeout(later);
    later = undefined;
    toldAt = performance.now();
    state = { ...state, ...change };
    onChange(state);
    return state;
  };
  const advance = (map: DropMap): void => {
    state = { ...state, map };
    later ??= setTimeout(() => set({}), Math.max(0, toldAt + TELL_MS - performance.now()));
  };

  const explain = async (id: string, signal: AbortSignal): Promise<void> => {
    const model = await classifier.facts();
    const volume = await volumeOf(id);
    let at = { done: 0, total: 0 };
    const result = await occlusionMap(
      volume,
      PLAN,
      tools(classifier, model),
      (map, done, total) => {
        at = { done, total };
        if (!signal.aborted) advance(snapshot(map, at, model));
      },
      signal,
    );
    if (!signal.aborted) set({ status: 'done', map: snapshot(result, at, model) });
  };

  const start = (id: string): Explanation => {
    const summary = find(id);
    if (state.id === id && state.status === 'running') return state;
    asked?.stop.abort();
    const stop = new AbortController();
    asked = { verdict: JSON.stringify(summary.verdict), stop };
    const begun = set({ id, status: 'running', map: null, problem: null });
    explain(id, stop.signal).catch((error: unknown) => {
      // Given up for another scan, or stopped: told already.
      if (stop.signal.aborted) return;
      if (error instanceof ModelChanged) set({ status: 'stopped' });
      else set({ status: 'failed', problem: toProblem(error) });
    });
    return begun;
  };
  const stop = (id: string, change: Partial<Explanation> = {}): Explanation => {
    if (state.id !== id) return state;
    const running = state.status === 'running';
    asked?.stop.abort();
    return running || Object.keys(change).length > 0
      ? set({ ...(running && { status: 'stopped' }), ...change })
      : state;
  };

  return {
    handlers: {
      'explanation/state': () => state,
      'explanation/start': ({ id }) => start(id),
      'explanation/stop': ({ id }) => stop(id),
    },
    changed({ id, verdict }) {
      if (state.id === id && asked?.verdict !== JSON.stringify(verdict)) stop(id, NONE);
    },
    close() {
      asked?.stop.abort();
      clearTimeout(later);
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
function snapshot(
  { axis: centres, drop, measured, named, probability }: OcclusionResult,
  { done, total }: Pick<DropMap, 'done' | 'total'>,
  model: ModelFacts,
): DropMap {
  const coarse = centres.length === axis(PLAN.size, PLAN.coarse).length;
  return {
    class: defectClasses[named]!,
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
