import type { NetworkDescription } from '@core/network/description';
import type { EngineChoice } from './choice';
import { createEngine } from './create';
import { modelFolder, readModel } from './model';
import type { Engine } from './types';

/** A second model, ready to be asked beside the one that gives the verdict whether there is a defect: one of two classes or of more. */
export interface Beside {
  readonly engine: Engine;
  readonly network: NetworkDescription;
  readonly facts: {
    readonly name: string;
    readonly hash: string;
    readonly temperature: number;
    /** What it tells. */
    readonly classes: readonly string[];
  };
}

/**
 * @param model a shipped model's name or a folder's path
 * @throws BraggwatchError model-missing, model-invalid, engine-unavailable
 */
export async function loadBeside(model: string, choice?: EngineChoice): Promise<Beside> {
  const read = await readModel(modelFolder(model));
  const { name, sha256, temperature, network, classes } = read.card;
  const engine = await createEngine(read, choice);
  await engine.predict(new Float32Array(network.size ** 3), 1);
  return { engine, network, facts: { name, hash: sha256, temperature, classes } };
}
