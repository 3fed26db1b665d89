import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '@main/files/writing';
import { recordPath } from './layout';
import type { Recipe } from './recipe';
import { dropReasons } from './survival';

const line = z.record(z.string(), z.unknown());

/** Where a worker's time went, seconds. */
export const secondsSchema = z.strictObject({
  build: z.number(),
  relax: z.number(),
  scatter: z.number(),
  write: z.number(),
});

export const discardedSchema = z.strictObject({
  crystal: z.int(),
  attempt: z.int(),
  reason: z.enum(dropReasons),
});

/** What is known of a whole shard: all that the set's lists say of it, and what its patterns must be. */
export const shardRecordSchema = z.strictObject({
  shard: z.int(),
  patterns: z.strictObject({ file: z.string(), bytes: z.int(), sha256: z.string() }),
  /** Lines of `crystals.jsonl`. */
  crystals: z.array(line),
  /** Lines of `manifest.jsonl`. */
  manifest: z.array(line),
  discarded: z.array(discardedSchema),
  seconds: secondsSchema,
  /** When its making began and ended, milliseconds since 1970. */
  time: z.tuple([z.number(), z.number()]),
});

export type Seconds = z.infer<typeof secondsSchema>;
export type Discarded = z.infer<typeof discardedSchema>;
export type ShardRecord = z.infer<typeof shardRecordSchema>;

export const noSeconds: Seconds = { build: 0, relax: 0, scatter: 0, write: 0 };

/** Makes a shard whole: its patterns must be on the disk before. */
export function writeRecord(recipe: Recipe, folder: string, record: ShardRecord): void {
  replaceFile(recordPath(recipe, folder, record.shard), Buffer.from(`${JSON.stringify(record)}\n`));
}

/** A shard's record, or undefined where it is missing, damaged, or that of something else. */
export function readRecord(recipe: Recipe, folder: string, shard: number): ShardRecord | undefined {
  try {
    const record = shardRecordSchema.parse(JSON.parse(readFileSync(recordPath(recipe, folder, shard), 'utf8')));
    return record.shard === shard ? record : undefined;
  } catch {
    return undefined;
  }
}
