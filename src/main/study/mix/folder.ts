import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { assign, type SplitName } from '@main/dataset/plan';
import { recipeOf, type RowId } from './rows';
import { setSettingsSchema, settingsSchema, type StudySettings } from './settings';

/** Where things lie in a study's folder. */
export const setFolder = (folder: string, row: RowId): string => join(folder, 'sets', row);
export const rawFolder = (folder: string): string => join(folder, 'raw');
/** Sets take a night and trainings minutes: networks trained in another way lie beside the others, on the same sets. */
const trainingFolder = (folder: string, { training }: StudySettings): string =>
  join(folder, `trained-${createHash('sha256').update(JSON.stringify(training)).digest('hex').slice(0, 8)}`);
export const modelFolder = (folder: string, settings: StudySettings, row: RowId): string =>
  join(trainingFolder(folder, settings), 'models', row);
export const judgementPath = (folder: string, settings: StudySettings, model: RowId, set: RowId | 'raw'): string =>
  join(trainingFolder(folder, settings), 'judgements', model, `${set}.json`);

/** Patterns of a row's parts: the same for every row. */
export function partsOf(settings: StudySettings): Record<SplitName, number> {
  const parts = { train: 0, validation: 0, test: 0 };
  for (const { split } of assign(recipeOf('relaxed', settings))) parts[split] += settings.orientations;
  return parts;
}

/** Steps of a training, which has no other end than its last epoch unless the options speak of patience. */
export const stepsOf = (settings: StudySettings): number =>
  Math.floor(partsOf(settings).train / settings.training.batch) * settings.training.epochs;

/** @throws BraggwatchError usage, recipe-invalid when no row could be trained */
export function checkSettings(value: unknown): StudySettings {
  const parsed = settingsSchema.safeParse(value);
  if (!parsed.success) throw new BraggwatchError('usage', z.prettifyError(parsed.error).slice(0, 500));
  const { train, validation, test } = partsOf(parsed.data);
  const { batch } = parsed.data.training;
  if (train < batch) throw new BraggwatchError('usage', `${train} training patterns do not fill a batch of ${batch}`);
  if (validation === 0 || test === 0) throw new BraggwatchError('usage', 'too few crystals to validate and to test on');
  return parsed.data;
}

/**
 * Opens a study's folder, new or begun earlier with sets of the same kind.
 * @throws BraggwatchError study-differs
 */
export async function openStudy(folder: string, settings: StudySettings): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'study.json');
  const ofSets = setSettingsSchema.strip().parse(settings);
  if (existsSync(path)) {
    if (!isDeepStrictEqual(readSettings(path), ofSets)) throw new BraggwatchError('study-differs', path);
    return;
  }
  // Named as the writing of study.json itself leaves them when it is killed.
  const foreign = readdirSync(folder).find((name) => !name.startsWith('study.json.'));
  if (foreign !== undefined) throw new BraggwatchError('study-differs', `${folder} holds ${foreign} and no study.json`);
  await writeFileAtomic(path, `${JSON.stringify(ofSets, null, 2)}\n`);
}

function readSettings(path: string): object | undefined {
  try {
    return setSettingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
