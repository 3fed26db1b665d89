import { familyIfKnown } from '@core/network/family';
import { novelty } from '@core/verdict/novelty';
import { besideOf } from '@core/verdict/beside';
import { judge } from '@core/verdict/verdict';
import { heard } from '@core/verdict/witness';
import { givesVerdicts } from '@main/engine/card';
import { loadBeside } from '@main/engine/beside';
import { createEngine } from '@main/engine/create';
import { modelBeside, modelFolder, readModel } from '@main/engine/model';
import { readConditions } from '@main/learn/conditions';
import { openDataSet } from '@main/learn/dataset';
import { BraggwatchError } from '@contract/errors';
import { tally, type JudgedScan, type KindRow } from './tally';

export interface JudgingOptions {
  /** A second model, or null for none; the shipped one when left out. */
  readonly beside?: string | null | undefined;
  /** The second model's share in the probabilities; that of the app when left out. */
  readonly weight?: number | undefined;
  /** With what phase retrieval shows, in the scans that it was asked for. */
  readonly inside?: boolean;
}

/**
 * Judges every scan of a set as the app would: with the distance from training, and with a second model beside.
 * @throws BraggwatchError model-missing, model-invalid, model-two-class, path-missing, dataset-invalid
 */
export async function judgeKinds(
  model: string,
  folder: string,
  { beside = modelBeside(), weight, inside: witnessed = false }: JudgingOptions = {},
): Promise<{ readonly hash: string; readonly rows: KindRow[] }> {
  const read = await readModel(modelFolder(model));
  const { classes, temperature, familiarity, sha256 } = read.card;
  if (!givesVerdicts(classes)) throw new BraggwatchError('model-two-class', read.card.name);
  const set = await openDataSet(folder);
  const engine = await createEngine(read);
  const second = beside ? await loadBeside(beside) : undefined;
  try {
    const conditions = readConditions(folder, set.made?.shards);
    const judged: JudgedScan[] = [];
    for (const [index, { label, defectKind, kind, mixingDeg, hkl, inside }] of conditions.entries()) {
      const volume = await set.read(index);
      const family = [familyIfKnown(hkl)];
      const { logits, features } = await engine.portray(volume, 1, family);
      const far = familiarity && features ? novelty(familiarity, volume, features) : undefined;
      const answer = second && besideOf(await second.engine.predict(volume, 1, family), second.facts, weight);
      const alone = judge(logits, { classes, temperature }, far, answer);
      const verdict = witnessed && inside ? heard(alone, inside) : alone;
      judged.push({ kind: kind ?? defectKind ?? label, label, mixingDeg, verdict });
    }
    return { hash: sha256, rows: tally(judged, classes) };
  } finally {
    await engine.close();
    await second?.engine.close();
    await set.close();
  }
}
