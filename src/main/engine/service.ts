import { BraggwatchError } from '@contract/errors';
import { modelFolder, readModel } from './model';
import { createOnnxEngine } from './onnx';
import type { Engine } from './types';

/** What the app needs to know of the model in use. */
export interface ModelFacts {
  readonly name: string;
  /** SHA-256 of the weights. */
  readonly hash: string;
  readonly engine: string;
  readonly summary: string;
  /** Why not to rely on it; null for a model to rely on. */
  readonly provisional: string | null;
  readonly temperature: number;
  /** Smallest and largest oversampling it was trained on. */
  readonly oversampling: readonly [number, number];
}

/** The functions of the engine's process. A type, not an interface, so that it fits an index signature. */
export type EngineWorker = {
  /**
   * Takes a model into use; the one before stays in use when this fails.
   * @param model a shipped model's name or a folder's path
   * @throws BraggwatchError model-missing, model-invalid
   */
  load(model: string): Promise<ModelFacts>;
  /**
   * Logits of `count` volumes, count x 3.
   * @throws BraggwatchError model-missing before any model was loaded
   */
  predict(volumes: Float32Array, count: number): Promise<Float32Array>;
};

export function createEngineWorker(): EngineWorker {
  let engine: Engine | undefined;
  const running = new Set<Promise<unknown>>();
  return {
    async load(model) {
      const { card, bytes } = await readModel(modelFolder(model));
      if (card.classes.length !== 3) {
        throw new BraggwatchError('model-invalid', `${card.name} does not tell screw from edge`);
      }
      const next = await createOnnxEngine(bytes, card.network);
      // The first run allocates and plans: better now than while a scan waits.
      await next.predict(new Float32Array(card.network.size ** 3), 1);
      const former = engine;
      engine = next;
      // A verdict may still be under way on the former one.
      await Promise.allSettled(running);
      await former?.close();
      const { name, sha256, summary, provisional, temperature, oversampling } = card;
      return { name, hash: sha256, engine: next.name, summary, provisional, temperature, oversampling };
    },
    async predict(volumes, count) {
      if (!engine) throw new BraggwatchError('model-missing', 'no model was loaded');
      const prediction = engine.predict(volumes, count);
      running.add(prediction);
      return prediction.finally(() => running.delete(prediction));
    },
  };
}
