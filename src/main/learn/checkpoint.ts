import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { epochSchema } from '@contract/training';

const vector = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** Everything that the rest of a training depends on, between two steps. */
const checkpointSchema = z.strictObject({
  /** What the training is of: data set, network, options. Another one must not go on from here. */
  identity: z.string(),
  epoch: z.int().min(0),
  /** Batches of this epoch that are done. */
  position: z.int().min(0),
  step: z.int().min(0),
  lossSum: z.number(),
  right: z.int().min(0),
  weights: vector,
  first: vector,
  second: vector,
  curve: z.array(epochSchema),
  /** Running mean of the weights; null where none is taken. */
  average: vector.nullable(),
  best: z.strictObject({ epoch: z.int(), loss: z.number(), weights: vector, averaged: z.boolean() }).nullable(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Replaces the checkpoint, whole or not at all. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, serialize(checkpoint));
}

/**
 * @returns undefined when there is none
 * @throws BraggwatchError usage when it belongs to another training, or is none
 */
export async function readCheckpoint(path: string, identity: string): Promise<Checkpoint | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return undefined;
  let checkpoint: Checkpoint;
  try {
    checkpoint = checkpointSchema.parse(deserialize(bytes));
  } catch (cause) {
    throw new BraggwatchError('usage', `${path} is no checkpoint of this version`, { cause });
  }
  if (checkpoint.identity !== identity) {
    throw new BraggwatchError('usage', `${path} belongs to a training with other data, network or options`);
  }
  return checkpoint;
}
