import { BraggwatchError } from '@contract/errors';
import { stream } from '@core/random/stream';
import { novelty } from '@core/verdict/novelty';
import { softmax } from '@core/verdict/probabilities';
import { doubtsOf } from '@core/verdict/verdict';
import { modelFolder, readModel } from '@main/engine/model';
import { createOnnxEngine } from '@main/engine/onnx';
import { openDataSet } from '@main/learn/dataset';
import { indicesOf } from '@main/learn/patterns';
import { oddities } from './oddities';

/** What a model makes of one kind of volumes. */
export interface Strangeness {
  readonly kind: string;
  readonly volumes: number;
  /** Share farther from training than anything usual. */
  readonly strange: number;
  /** Share whose verdict is unsure, for that or for want of probability. */
  readonly unsure: number;
  readonly medianDistance: number;
}

interface Look {
  /** From training. */
  readonly distance: number;
  /** Probability of the likeliest class. */
  readonly top: number;
}

/**
 * Shows a model what is no single crystal, beside the crystals of a set's test part.
 * @param count volumes of each kind; crystals as many as there are, up to ten times that
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid; usage when the model knows no distance
 */
export async function measureStrangeness(model: string, folder: string, count: number): Promise<Strangeness[]> {
  const { card, bytes } = await readModel(modelFolder(model));
  const { familiarity, temperature } = card;
  if (!familiarity)
    throw new BraggwatchError('usage', `${card.name} does not tell how far a volume is from its training`);
  const set = await openDataSet(folder);
  const engine = await createOnnxEngine(bytes, card.network);
  const look = async (volume: Float32Array): Promise<Look> => {
    const { logits, features } = await engine.portray(volume, 1);
    return { distance: novelty(familiarity, volume, features ?? []), top: Math.max(...softmax(logits, temperature)) };
  };
  const summarise = async (kind: string, volumes: number, make: (n: number) => Promise<Float32Array>) => {
    const seen: Look[] = [];
    for (let n = 0; n < volumes; n++) seen.push(await look(await make(n)));
    const share = (flagged: (one: Look) => boolean): number => seen.filter(flagged).length / volumes;
    const distances = seen.map(({ distance }) => distance).sort((a, b) => a - b);
    return {
      ...{ kind, volumes, strange: share(({ distance }) => distance > 1) },
      unsure: share(({ distance, top }) => doubtsOf(top, top, distance).length > 0),
      medianDistance: distances[volumes >> 1] ?? 0,
    };
  };
  try {
    const test = indicesOf(set, 'test');
    if (test.length === 0) throw new BraggwatchError('dataset-invalid', `${folder}: no test part`);
    // A stride that is odd goes through crystals, orientations and classes alike.
    const pattern = (n: number): Promise<Float32Array> => set.read(test[(n * 37) % test.length]!);
    const found = [await summarise('crystals', Math.min(test.length, 10 * count), pattern)];
    for (const [kind, make] of Object.entries(oddities)) {
      const random = stream(1, kind);
      found.push(
        await summarise(kind, count, async (n) => make(random, await pattern(2 * n), await pattern(2 * n + 1))),
      );
    }
    return found;
  } finally {
    await engine.close();
    await set.close();
  }
}
