import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { BraggwatchError } from '@contract/errors';
import type { ModelCard } from '@main/engine/card';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine } from '@main/engine/create';
import { encodeLookAlikes, LOOK_ALIKES } from '@main/engine/look-alikes';
import { modelFolder, readModel } from '@main/engine/model';
import { sha256Of, writeCard } from './export';
import { openDataSets, type OpenedSets } from './join';
import { hashLists } from './lists';
import { makeLookAlikes } from './look-alikes';

const total = (parts: ModelCard['data']['patterns']): number => parts.train + parts.validation + parts.test;

/** Patterns that the model was never trained on would be shown as if it had been: only its own sets will do. */
function checkOrigins({ data, name }: ModelCard, { origins, recipe }: OpenedSets): void {
  for (const { folder, made } of origins) {
    const sha256 = hashLists(folder, made?.shards);
    const own = data.sets
      ? data.sets.some((set) => set.sha256 === sha256)
      : origins.length === 1 && isDeepStrictEqual(recipe, data.recipe);
    if (!own) throw new BraggwatchError('usage', `${folder} is none of the data sets that ${name} was trained on`);
  }
}

export interface AddedLookAlikes {
  readonly patterns: number;
  /** Of the file. */
  readonly bytes: number;
  /** Share of unseen patterns whose nearest is of their own class. */
  readonly agreement: number;
}

/**
 * Writes `look-alikes.npz` beside a model, from the data sets that it was trained on, and lists it in the card.
 * @param model a shipped model's name or a folder's path
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid; usage when the sets are not the model's
 */
export async function addLookAlikes(
  model: string,
  datasets: readonly string[],
  choice?: EngineChoice,
): Promise<AddedLookAlikes> {
  const folder = modelFolder(model);
  const read = await readModel(folder);
  const { card } = read;
  if (!card.familiarity)
    throw new BraggwatchError('usage', `${card.name} is from before there was a distance to order by`);
  // As many of each set as it was trained on.
  const first = Math.max(...(card.data.sets ?? [card.data]).map(({ patterns }) => total(patterns)));
  const patterns = await openDataSets(datasets, 'judge', { first });
  try {
    checkOrigins(card, patterns);
    const engine = await createEngine(read, choice);
    try {
      const made = await makeLookAlikes(engine, patterns, card.familiarity, card.sha256, card.classes);
      const bytes = encodeLookAlikes(made);
      await writeFileAtomic(join(folder, LOOK_ALIKES), Buffer.from(bytes));
      const count = made.patterns.length;
      await writeCard(folder, { ...card, lookAlikes: { sha256: sha256Of(bytes), patterns: count } });
      return { patterns: count, bytes: bytes.length, agreement: made.agreement };
    } finally {
      await engine.close();
    }
  } finally {
    await patterns.close();
  }
}
