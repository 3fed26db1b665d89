import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beginFile, removeLeftovers, replaceFile } from '@main/files/writing';
import { patternsBytes, patternsName, recordPath, shardCrystals, shardsOf } from './layout';
import type { Recipe } from './recipe';
import { readRecord, type ShardRecord } from './record';
import { writeStatistics } from './statistics';
import { createSummary, type Summary } from './summary';

async function sha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { ...(signal && { signal }) });
  return hash.digest('hex');
}

/** Whether a record says of its shard what the recipe asks for: every crystal once, in order, with all its patterns. */
function isComplete(recipe: Recipe, record: ShardRecord): boolean {
  const members = shardCrystals(recipe, record.shard);
  const listed = members.every((id, i) => record.crystals[i]?.['crystal'] === id);
  const described = record.manifest.every((l, n) => l['crystal'] === members[Math.floor(n / recipe.orientations)]);
  const counts = [record.crystals.length, record.manifest.length, record.patterns.bytes].join();
  const wanted = [members.length, members.length * recipe.orientations, patternsBytes(recipe, record.shard)].join();
  return listed && described && counts === wanted;
}

/** The record of a shard whose patterns are, byte for byte, those it was written for. */
async function verified(
  recipe: Recipe,
  folder: string,
  shard: number,
  signal?: AbortSignal,
): Promise<ShardRecord | undefined> {
  const record = readRecord(recipe, folder, shard);
  if (!record || !isComplete(recipe, record)) return undefined;
  const path = join(folder, patternsName(recipe, shard));
  if (statSync(path, { throwIfNoEntry: false })?.size !== record.patterns.bytes) return undefined;
  return (await sha256(path, signal)) === record.patterns.sha256 ? record : undefined;
}

const toLines = (entries: readonly object[]): Buffer =>
  Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

export const summaryPath = (folder: string): string => join(folder, 'summary.json');

/** What came of a merge: the set's summary, or the shards that turned out damaged and are to be made again. */
export type Merged = { readonly summary: Summary } | { readonly damaged: readonly number[] };

/**
 * Checks every shard by size and hash and writes `manifest.jsonl`, `crystals.jsonl`, the statistics and, last, `summary.json`, in the order
 * of the shards. Several machines may do so at once: they write the same, each in one move. Damaged shards lose their records,
 * so that the next run makes them again.
 * @throws BraggwatchError disk-full; the signal's reason when stopped
 */
export async function mergeShards(recipe: Recipe, folder: string, signal?: AbortSignal): Promise<Merged> {
  const summary = createSummary(recipe);
  const damaged: number[] = [];
  const manifest = beginFile(join(folder, 'manifest.jsonl'));
  const crystals = beginFile(join(folder, 'crystals.jsonl'));
  try {
    for (const shard of shardsOf(recipe)) {
      signal?.throwIfAborted();
      const record = await verified(recipe, folder, shard, signal);
      if (!record) damaged.push(shard);
      if (!record || damaged.length > 0) continue;
      manifest.append(toLines(record.manifest));
      crystals.append(toLines(record.crystals));
      summary.add(record);
    }
    if (damaged.length > 0) {
      for (const shard of damaged) rmSync(recordPath(recipe, folder, shard), { force: true });
      return { damaged };
    }
    manifest.finish();
    crystals.finish();
  } finally {
    manifest.abandon();
    crystals.abandon();
  }
  writeStatistics(folder);
  const whole = summary.finish();
  replaceFile(summaryPath(folder), Buffer.from(`${JSON.stringify(whole, null, 2)}\n`));
  // Shards that were being made a second time; another machine's merge under way keeps its files.
  removeLeftovers(folder, /^patterns-/);
  removeLeftovers(join(folder, 'shards'), /^/);
  return { summary: whole };
}
