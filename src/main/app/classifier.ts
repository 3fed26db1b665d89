import { BraggwatchError } from '@contract/errors';
import type { EngineWorker, ModelFacts } from '@main/engine/service';
import type { Launcher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';

/** The network in use, in a process of its own that is started, loaded and restarted as needed. */
export interface Classifier {
  /** Loads the model if that has not happened yet. */
  facts(): Promise<ModelFacts>;
  /** Logits of `count` volumes, count x 3. */
  predict(volumes: Float32Array, count: number): Promise<Float32Array>;
  close(): void;
}

const TIMEOUT_MS = 60_000;

/**
 * @param model a shipped model's name or a folder's path
 */
export function createClassifier(launcher: Launcher, model: string): Classifier {
  const worker = createWorker<EngineWorker>(launcher, 'engine-worker', { timeoutMs: TIMEOUT_MS });
  let loading: Promise<ModelFacts> | undefined;
  const load = (): Promise<ModelFacts> => {
    loading ??= worker.call('load', model).catch((error: unknown) => {
      // A model that appears later, or a process that died while loading, gets another chance.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    facts: load,
    async predict(volumes, count) {
      await load();
      try {
        return await worker.call('predict', volumes, count);
      } catch (error) {
        if (!(error instanceof BraggwatchError) || !['worker-died', 'model-missing'].includes(error.code)) throw error;
        // The process was replaced and knows no model yet.
        loading = undefined;
        await load();
        return worker.call('predict', volumes, count);
      }
    },
    close: () => worker.close(),
  };
}
