import type { Evaluation } from '@contract/training';
import { stream } from '@core/random/stream';
import { resample } from '@core/augment/resample';
import { judge } from '@core/verdict/verdict';
import type { Mat3 } from '@core/math/vector';
import type { Engine } from '@main/engine/types';
import { modelFolder, readModel } from '@main/engine/model';
import { createOnnxEngine } from '@main/engine/onnx';
import { openDataSet } from '@main/learn/dataset';
import { predictAll, summarise } from '@main/learn/evaluate';
import { indicesOf } from '@main/learn/patterns';
import { breakDown, type Row } from './breakdown';
import { readConditions } from './conditions';

const SIDE = 64;
const BATCH = 8;

export interface SetJudgement {
  readonly total: Evaluation;
  readonly tables: Record<string, Row[]>;
  /** Share of random spins about Q at which a pattern gets the verdict it gets at most spins, over the patterns looked at. */
  readonly spinStability?: { readonly patterns: number; readonly spins: number; readonly share: number };
}

/** How often `spins` random turns of a pattern about Q (axis 0) agree on its class. */
async function stability(engine: Engine, volume: Float32Array, temperature: number, spins: number): Promise<number> {
  const random = stream(1, 'spins');
  const votes = new Map<string, number>();
  for (let done = 0; done < spins; done += BATCH) {
    const batch = Math.min(BATCH, spins - done);
    const volumes = new Float32Array(batch * SIDE ** 3);
    for (let n = 0; n < batch; n++) {
      const angle = random.uniform(0, 2 * Math.PI);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turn: Mat3 = [
        [1, 0, 0],
        [0, c, -s],
        [0, s, c],
      ];
      resample(volume, SIDE, turn, [0, 0, 0], volumes.subarray(n * SIDE ** 3, (n + 1) * SIDE ** 3));
    }
    const logits = await engine.predict(volumes, batch);
    for (let n = 0; n < batch; n++) {
      const named = judge(logits.slice(3 * n, 3 * n + 3), temperature).class;
      votes.set(named, (votes.get(named) ?? 0) + 1);
    }
  }
  return Math.max(...votes.values()) / spins;
}

/**
 * Judges the test part of a data set with a model, condition by condition.
 * @param spins random spins of each of `spun` patterns (Supplementary Fig. 14); 0 leaves that out
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid
 */
export async function judgeSet(model: string, folder: string, spins = 0, spun = 24): Promise<SetJudgement> {
  const { card, bytes } = await readModel(modelFolder(model));
  const set = await openDataSet(folder);
  const engine = await createOnnxEngine(bytes, card.network);
  try {
    const indices = indicesOf(set, 'test');
    const conditions = readConditions(folder);
    const outcomes = await predictAll(engine, set, indices);
    const judgement = {
      total: summarise(outcomes, card.temperature),
      tables: breakDown(
        outcomes,
        indices.map((i) => conditions[i]!),
        card.temperature,
      ),
    };
    if (spins === 0) return judgement;
    const step = Math.max(1, Math.floor(indices.length / spun));
    const chosen = indices.filter((_, n) => n % step === 0).slice(0, spun);
    let sum = 0;
    for (const index of chosen) sum += await stability(engine, await set.read(index), card.temperature, spins);
    return { ...judgement, spinStability: { patterns: chosen.length, spins, share: sum / chosen.length } };
  } finally {
    await engine.close();
    await set.close();
  }
}
