import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { epochSchema } from '@contract/training';
import { trainingOptionsSchema } from './options';

/** What an unfinished training is of and how far it came, for whoever wants to go on with it: `training.json` beside the checkpoint. */
export const recordSchema = z.strictObject({
  /** Folders of the data sets. */
  dataset: z.array(z.string()),
  network: z.string(),
  options: trainingOptionsSchema,
  /** By folder: the shards of a set that was still being made when the training began. */
  shards: z.record(z.string(), z.array(z.int().min(0))).optional(),
  /** Model that it began with; random weights when left out. */
  start: z.string().optional(),
  curve: z.array(epochSchema),
  step: z.int().min(0),
  steps: z.int().min(0),
});
export type TrainingRecord = z.infer<typeof recordSchema>;

const pathIn = (folder: string): string => join(folder, 'training.json');

/** Replaces the record, whole or not at all. */
export async function writeRecord(folder: string, record: TrainingRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(pathIn(folder), `${JSON.stringify(record, null, 1)}\n`);
}

/** @returns undefined when there is none that this version can go on with */
export async function readRecord(folder: string): Promise<TrainingRecord | undefined> {
  try {
    return recordSchema.safeParse(JSON.parse(await readFile(pathIn(folder), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Once the model is there, nobody goes on. */
export const removeRecord = (folder: string): Promise<void> => rm(pathIn(folder), { force: true });
