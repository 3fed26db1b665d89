import { BraggwatchError } from '@contract/errors';
import type { LookAlikes } from '@contract/look-alikes';
import type { Families } from '@core/network/family';
import type { Place } from '@core/occlusion/occlusion';
import type { EngineChoice, EngineRequest } from '@main/engine/choice';
import { modelBeside } from '@main/engine/model';
import type { Answer, ModelFacts } from '@main/engine/answer';
import type { EngineWorker, Judged, Volumes } from '@main/engine/service';
import type { Launcher } from '@main/process/launcher';
import { inBackground } from '@main/process/report';
import { createWorker } from '@main/process/worker';
import { decideEngine } from './engine-choice';

/** The network in use, in a process of its own that is started, loaded and restarted as needed. */
export interface Classifier {
  /** Loads the model if that has not happened yet. */
  facts(): Promise<ModelFacts>;
  /**
   * Takes another model into use; the one before stays in use when this fails.
   * @throws BraggwatchError model-missing, model-invalid, model-two-class, engine-unavailable
   */
  use(model: string): Promise<ModelFacts>;
  /**
   * What both models say of `count` volumes, and how far each is from those trained on.
   * @param families of the reflections that they show, for a model that is told; all unknown when left out
   */
  judge(volumes: Volumes, count: number, families?: Families): Promise<Judged>;
  /** What both models say of a volume with a sphere about each place masked, one volume for each place. */
  occlude(volume: Volumes, places: readonly Place[], radius: number, family?: string): Promise<Answer>;
  /**
   * The patterns of its training set that the model finds most like a volume; null where it has none to show.
   * @throws BraggwatchError look-alikes-invalid
   */
  lookAlikes(volume: Volumes, family?: string): Promise<LookAlikes | null>;
  close(): void;
}

const TIMEOUT_MS = 60_000;
/** A second model that failed is tried again this often: mended, it is noticed as soon as the first would be. */
const BESIDE_MS = 15_000;

/**
 * @param first a shipped model's name or a folder's path
 * @param request which engine; `auto` is the fastest that is here
 * @param beside a second model to ask as well: the shipped one, where there is; null for none
 * @param again told when what became of the second model is another than before, though nobody asked for it
 */
export function createClassifier(
  launcher: Launcher,
  first: string,
  request: EngineRequest = 'auto',
  beside: string | null | undefined = modelBeside(),
  again: { told(): void; readonly everyMs?: number } = { told: () => undefined },
): Classifier {
  let model = first;
  const worker = createWorker<EngineWorker>(launcher, 'engine-worker', { timeoutMs: TIMEOUT_MS });
  let loading: Promise<ModelFacts> | undefined;
  let choice: EngineChoice | undefined;
  let patience: NodeJS.Timeout | undefined;
  /** Has a second model that cannot be used tried again, until it can, or another is loaded. */
  const attended = (facts: ModelFacts): ModelFacts => {
    clearTimeout(patience);
    const failed = facts.beside && 'problem' in facts.beside;
    if (failed && beside) {
      patience = setTimeout(() => inBackground(tryBeside(facts, beside), 'model beside'), again.everyMs ?? BESIDE_MS);
      // A command that is done does not wait for it.
      patience.unref();
    }
    return facts;
  };
  const tryBeside = async (before: ModelFacts, second: string): Promise<void> => {
    const asked = loading;
    const facts = await worker.call('loadBeside', second, choice);
    if (loading !== asked) return;
    loading = Promise.resolve(attended(facts));
    if (JSON.stringify(facts.beside) !== JSON.stringify(before.beside)) again.told();
  };
  const begin = async (): Promise<ModelFacts> => {
    choice ??= await decideEngine(launcher, model, request);
    return attended(await worker.call('load', model, choice, beside ?? undefined));
  };
  const load = (): Promise<ModelFacts> => {
    loading ??= begin().catch((error: unknown) => {
      // A model that appears later, or a process that died while loading, gets another chance.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    await load();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BraggwatchError) || !['worker-died', 'model-missing'].includes(error.code)) throw error;
      // The process was replaced and knows no model yet.
      loading = undefined;
      await load();
      return work();
    }
  };
  return {
    facts: load,
    async use(next) {
      // Two loads at once would leave in use whichever ends last.
      await load().catch(() => undefined);
      // Which engine is fastest depends on the network.
      const chosen = await decideEngine(launcher, next, request);
      const facts = attended(await worker.call('load', next, chosen, beside ?? undefined));
      [model, choice, loading] = [next, chosen, Promise.resolve(facts)];
      return facts;
    },
    judge: (...args) => call(() => worker.call('judge', ...args)),
    occlude: (...args) => call(() => worker.call('occlude', ...args)),
    lookAlikes: (...args) => call(() => worker.call('lookAlikes', ...args)),
    close() {
      clearTimeout(patience);
      worker.close();
    },
  };
}
