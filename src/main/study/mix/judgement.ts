import { readFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Outcome } from '@core/verdict/calibration';
import { evaluationSchema } from '@contract/training';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine } from '@main/engine/create';
import { sha256 } from '@main/engine/card';
import { readModel } from '@main/engine/model';
import { readConditions, type Conditions } from '@main/learn/conditions';
import { openDataSet } from '@main/learn/dataset';
import { predictAll, summarise } from '@main/learn/evaluate';
import { hashLists } from '@main/learn/lists';
import { indicesOf } from '@main/learn/patterns';

/** What a network says of a set's test part. */
export const judgementSchema = z.strictObject({
  /** SHA-256 of the network, and of the set's lists. */
  model: sha256,
  set: sha256,
  crystals: z.int().min(0),
  total: evaluationSchema,
  /** Perfect crystals, dislocations within a tenth of the size from the centre (CD), and those farther out. */
  parts: z.strictObject({
    perfect: evaluationSchema.optional(),
    centred: evaluationSchema.optional(),
    offCentre: evaluationSchema.optional(),
  }),
});
export type SetJudgement = z.infer<typeof judgementSchema>;

/** As the paper draws the line of its centred dislocations (CD). */
const CENTRED = 0.1;

/** Which part of a judgement a pattern counts in; none where nothing is said of the dislocation's place. */
export function placeOf({ label, dislocation, offCentre }: Conditions): keyof SetJudgement['parts'] | undefined {
  if (label === 'perfect') return 'perfect';
  if (dislocation) return dislocation.placement === 'CD' ? 'centred' : 'offCentre';
  if (offCentre === undefined) return undefined;
  return offCentre < CENTRED ? 'centred' : 'offCentre';
}

/** A judgement made before, or nothing where there is none or it is of another network or set. */
async function readJudgement(path: string, model: string, set: string): Promise<SetJudgement | undefined> {
  try {
    const { data } = judgementSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return data?.model === model && data.set === set ? data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Judges the test part of a set with a network, unless the file tells that this was done.
 * @param path of the file that keeps the judgement
 * @param onJudged called when it was not
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid
 */
export async function judgeOnce(
  path: string,
  modelFolder: string,
  setFolder: string,
  choice: EngineChoice | undefined,
  onJudged: () => void,
): Promise<SetJudgement> {
  const model = await readModel(modelFolder);
  const { sha256, temperature, classes } = model.card;
  const hash = hashLists(setFolder);
  const before = await readJudgement(path, sha256, hash);
  if (before) return before;
  const set = await openDataSet(setFolder);
  const engine = await createEngine(model, choice);
  try {
    const indices = indicesOf(set, 'test', classes);
    const conditions = readConditions(setFolder);
    const outcomes = await predictAll(engine, set, indices, classes);
    const groups = Map.groupBy(indices.keys(), (n) => placeOf(conditions[indices[n]!]!));
    const total = (some: readonly Outcome[]) => summarise(some, temperature, classes.length);
    const parts = (['perfect', 'centred', 'offCentre'] as const).flatMap((part) => {
      const group = groups.get(part);
      return group ? [[part, total(group.map((n) => outcomes[n]!))] as const] : [];
    });
    const judgement = judgementSchema.parse({
      model: sha256,
      set: hash,
      crystals: new Set(indices.map((index) => set.entries[index]!.crystal)).size,
      total: total(outcomes),
      parts: Object.fromEntries(parts),
    });
    mkdirSync(dirname(path), { recursive: true });
    await writeFileAtomic(path, `${JSON.stringify(judgement)}\n`);
    onJudged();
    return judgement;
  } finally {
    await engine.close();
    await set.close();
  }
}
