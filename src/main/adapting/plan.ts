import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { trialSchema, type AdaptingStage, type Trial } from '@contract/adapting';
import { networkNameSchema } from '@contract/training';
import { summaryPath } from '@main/dataset/merge';
import { recipeSchema } from '@main/dataset/recipe';
import { trainingOptionsSchema } from '@main/learn/options';

/** What a network for one beamtime is made of and where: `adapting.json` in a folder of its own, so that it can be gone on with at any time. */
export const planSchema = z.strictObject({
  /** Of the set of crystals like those measured. */
  recipe: recipeSchema,
  /** The model in use, whose weights it begins with and which it is compared with: a shipped one's name or a folder's path. */
  start: z.string(),
  network: networkNameSchema,
  options: trainingOptionsSchema,
  /** Folder of the model. */
  model: z.string(),
  /** Raw scans of each kind that both models judge. */
  perKind: z.int().min(1).max(10_000),
});
export type Plan = z.infer<typeof planSchema> & { readonly folder: string };

const pathIn = (folder: string): string => join(folder, 'adapting.json');
/** Simulated crystals to learn from; raw scans to judge; what came of that. */
export const setIn = ({ folder }: Pick<Plan, 'folder'>): string => join(folder, 'set');
export const scansIn = ({ folder }: Pick<Plan, 'folder'>): string => join(folder, 'scans');
const trialPath = ({ folder }: Pick<Plan, 'folder'>): string => join(folder, 'trial.json');

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** @returns undefined where there is none that this version can go on with */
export function readPlan(folder: string): Plan | undefined {
  try {
    return { ...planSchema.parse(read(pathIn(folder))), folder };
  } catch {
    return undefined;
  }
}

export async function writePlan({ folder, ...plan }: Plan): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await writeFileAtomic(pathIn(folder), `${JSON.stringify(plan, null, 1)}\n`);
}

/** What came of judging; null until then. */
export function readTrial(plan: Plan): Trial | null {
  try {
    return trialSchema.parse(read(trialPath(plan)));
  } catch {
    return null;
  }
}

export const writeTrial = (plan: Plan, trial: Trial): Promise<void> =>
  writeFileAtomic(trialPath(plan), `${JSON.stringify(trial, null, 1)}\n`);

/**
 * What is to be done next, by what there is; null: nothing.
 * @param trial what came of judging, where it has been read already
 */
export function stageOf(plan: Plan, trial = readTrial(plan)): AdaptingStage | null {
  if (trial) return null;
  if (existsSync(join(plan.model, 'card.json'))) return 'judging';
  return existsSync(summaryPath(setIn(plan))) ? 'training' : 'simulating';
}
