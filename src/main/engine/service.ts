import { BraggwatchError, type Problem } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { LookAlikes } from '@contract/look-alikes';
import { novelty } from '@core/verdict/novelty';
import type { Families } from '@core/network/family';
import type { Place } from '@core/occlusion/occlusion';
import { givesVerdicts, type ModelCard } from './card';
import type { EngineChoice, EngineFinding } from './choice';
import { loadBeside, type Beside } from './beside';
import { createEngine } from './create';
import { findLookAlikes, readLookAlikes, type LookAlikeSet } from './look-alikes';
import { modelFolder, readModel } from './model';
import { pickUp, type Laid } from '@main/files/laid';
import { occlude } from './occlude';
import { surveyEngines } from './survey';
import type { Purpose } from './trial';
import type { Engine } from './types';
import type { Answer, BesideFacts, ModelFacts } from './answer';

/** Volumes one after the other, float32; or where another process has laid them down, see `files/laid`. */
export type Volumes = Float32Array | Laid;

/** The functions of the engine's process. A type, not an interface, so that it fits an index signature. */
export type EngineWorker = {
  /**
   * Takes a model into use; the one before stays in use when this fails.
   * @param model a shipped model's name or a folder's path
   * @param choice the CPU by onnxruntime when left out
   * @param beside a second model to ask as well, unless it is the same. Its failure leaves the main one in use, by itself
   * @throws BraggwatchError model-missing, model-invalid, model-two-class, engine-unavailable
   */
  load(model: string, choice?: EngineChoice, beside?: string): Promise<ModelFacts>;
  /**
   * Tries once more to take the second model into use, where its failure left the main one by itself.
   * @returns what `load` would tell now
   * @throws BraggwatchError model-missing before any model was loaded
   */
  loadBeside(beside: string, choice?: EngineChoice): Promise<ModelFacts>;
  /** How fast each engine here judges by a model, or trains its network, or why it cannot; may take the process down, so in one of its own. */
  survey(model: string, purpose?: Purpose): Promise<EngineFinding[]>;
  /**
   * What both models say of a volume with a sphere about each place masked, one volume for each place.
   * @param family of its reflection, see `Families`
   * @throws BraggwatchError model-missing before any model was loaded
   */
  occlude(volume: Volumes, places: readonly Place[], radius: number, family?: string): Promise<Answer>;
  /**
   * The patterns of its training set that the model finds most like a volume; null where none lie beside the model.
   * @throws BraggwatchError look-alikes-invalid
   */
  lookAlikes(volume: Volumes, family?: string): Promise<LookAlikes | null>;
  /**
   * What both models say of `count` volumes, and how far each is from those trained on.
   * @param families of the reflections that they show, for a model that is told; all unknown when left out
   * @throws BraggwatchError model-missing before any model was loaded
   */
  judge(volumes: Volumes, count: number, families?: Families): Promise<Judged>;
};

export interface Judged extends Answer {
  /** Strange above 1; undefined where the model does not tell. */
  readonly novelty: readonly number[] | undefined;
}

/** The second model, or why it cannot be used. */
const besideOr = (model: string, choice: EngineChoice | undefined): Promise<Beside | Problem> =>
  loadBeside(model, choice).catch((error: unknown) => problemOf(error, `model beside, ${model}`));

const toldOf = (found: Beside | Problem): BesideFacts => ('engine' in found ? found.facts : { problem: found });

const voxelsOf = (given: Volumes): Float32Array => ('laid' in given ? pickUp(given.laid) : given);

export function createEngineWorker(): EngineWorker {
  let engine: Engine | undefined;
  let second: Beside | undefined;
  let facts: ModelFacts | undefined;
  let familiarity: ModelCard['familiarity'];
  let seen = { size: 64, window: 64 };
  /** Read when first asked for: most runs show none. */
  let alike: () => Promise<LookAlikeSet | undefined> = () => Promise.resolve(undefined);
  const running = new Set<Promise<unknown>>();
  const run = <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
    if (!engine) throw new BraggwatchError('model-missing', 'no model was loaded');
    const result = work(engine);
    running.add(result);
    return result.finally(() => running.delete(result));
  };
  return {
    survey: async (model, purpose) => surveyEngines(await readModel(modelFolder(model)), purpose),
    async load(model, choice, beside) {
      const folder = modelFolder(model);
      const read = await readModel(folder);
      const { card } = read;
      const { classes } = card;
      if (!givesVerdicts(classes)) throw new BraggwatchError('model-two-class', card.name);
      const next = await createEngine(read, choice);
      // The first run allocates and plans: better now than while a scan waits.
      await next.predict(new Float32Array(card.network.size ** 3), 1);
      const other = beside === undefined || modelFolder(beside) === folder ? undefined : await besideOr(beside, choice);
      const former = [engine, second?.engine];
      engine = next;
      second = other && 'engine' in other ? other : undefined;
      const { name, sha256, summary, provisional, temperature, oversampling, known, test } = card;
      const loaded: ModelFacts = {
        ...{ name, hash: sha256, engine: next.name, summary, provisional, temperature, classes, oversampling },
        ...(known && { families: known.families }),
        confusion: test.confusion,
        ...(other && { beside: toldOf(other) }),
      };
      facts = loaded;
      familiarity = card.familiarity;
      seen = card.network;
      let reading: ReturnType<typeof alike> | undefined;
      alike = () => (reading ??= readLookAlikes(folder, card));
      // A verdict may still be under way on the former one.
      await Promise.allSettled(running);
      await Promise.all(former.map(async (each) => each?.close()));
      return loaded;
    },
    async loadBeside(beside, choice) {
      const now = facts;
      if (!now) throw new BraggwatchError('model-missing', 'no model was loaded');
      const other = await besideOr(beside, choice);
      const found = 'engine' in other ? other : undefined;
      // Another model was taken into use meanwhile, and has seen to this one itself.
      if (facts !== now || second) {
        await found?.engine.close();
        return facts ?? now;
      }
      second = found;
      facts = { ...now, beside: toldOf(other) };
      return facts;
    },
    async occlude(given, places, radius, family) {
      const volume = voxelsOf(given);
      const [model, asked, network] = [facts!, second, seen];
      return run(async (now) => ({
        model,
        logits: await occlude(now, network, volume, places, radius, family),
        beside: asked && (await occlude(asked.engine, asked.network, volume, places, radius, family)),
      }));
    },
    async lookAlikes(given, family) {
      const volume = voxelsOf(given);
      const [known, set] = [familiarity, await alike()];
      if (!known || !set) return null;
      const { features } = await run((now) => now.portray(volume, 1, [family]));
      return features ? findLookAlikes(set, known, volume, features) : null;
    },
    async judge(given, count, families) {
      const volumes = voxelsOf(given);
      const [known, model] = [familiarity, facts!];
      const asked = second;
      // One piece of work, so that neither model is closed before both have answered.
      const { logits, features, beside } = await run(async (now) => ({
        ...(await now.portray(volumes, count, families)),
        beside: await asked?.engine.predict(volumes, count, families),
      }));
      if (!known || !features) return { model, logits, novelty: undefined, beside };
      const [voxels, length] = [volumes.length / count, features.length / count];
      const novelties = Array.from({ length: count }, (_, n) =>
        novelty(known, volumes.subarray(n * voxels, (n + 1) * voxels), features.subarray(n * length, (n + 1) * length)),
      );
      return { model, logits, novelty: novelties, beside };
    },
  };
}
