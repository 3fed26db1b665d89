import type { Evaluation } from '@contract/training';
import { modelFolder, readModel } from '@main/engine/model';
import { createOnnxEngine } from '@main/engine/onnx';
import { readConditions } from '@main/learn/conditions';
import { openDataSet } from '@main/learn/dataset';
import { predictAll, summarise } from '@main/learn/evaluate';
import { indicesOf } from '@main/learn/patterns';
import { breakDown, type Row } from './breakdown';
import { measureStability, type Stability } from './stability';

export interface SetJudgement {
  readonly total: Evaluation;
  readonly tables: Record<string, Row[]>;
  readonly stability?: Stability;
}

/**
 * Judges the test part of a data set with a model, condition by condition.
 * @param turns random spins, and tilts, of each of `turned` patterns (Supplementary Fig. 14); 0 leaves that out
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid
 */
export async function judgeSet(model: string, folder: string, turns = 0, turned = 24): Promise<SetJudgement> {
  const { card, bytes } = await readModel(modelFolder(model));
  const set = await openDataSet(folder);
  const engine = await createOnnxEngine(bytes, card.network);
  try {
    const indices = indicesOf(set, 'test', card.classes);
    const conditions = readConditions(folder, set.made?.shards);
    const outcomes = await predictAll(engine, set, indices, card.classes, card.training.mixed);
    const judgement = {
      total: summarise(outcomes, card.temperature, card.classes.length),
      tables: breakDown(
        outcomes,
        indices.map((i) => conditions[i]!),
        card.temperature,
      ),
    };
    if (turns === 0) return judgement;
    return { ...judgement, stability: await measureStability(engine, set, indices, turned, turns, card.temperature) };
  } finally {
    await engine.close();
    await set.close();
  }
}
