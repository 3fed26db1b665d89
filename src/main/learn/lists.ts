/**
 * The lists of a data set (DESIGN section 6): of a whole one `manifest.jsonl` and `crystals.jsonl`; of one that is still being made what the
 * records of its whole shards say, which is what the lists will say of them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { shardRecordSchema, type ShardRecord } from '@main/dataset/record';

/** How far a set is that is still being made. */
export interface Made {
  /** Shards that are whole, in order. */
  readonly shards: readonly number[];
  readonly crystals: number;
  /** Crystals that it is to have; undefined where its recipe does not say. */
  readonly of: number | undefined;
}

/** Whether a folder's set is whole: its lists are written last. */
export const isListed = (folder: string): boolean => existsSync(join(folder, 'manifest.jsonl'));

const recordNames = (folder: string): string[] => {
  const shards = join(folder, 'shards');
  return existsSync(shards)
    ? readdirSync(shards)
        .filter((name) => /^\d+\.json$/.test(name))
        .sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
    : [];
};

/** Whether anything of a set that is being made can be used already. */
export const isBegun = (folder: string): boolean => recordNames(folder).length > 0;

/**
 * Records of the whole shards, in order.
 * @param shards only these; all that are whole when left out
 * @throws BraggwatchError dataset-invalid when one of `shards` is not there as it was made
 */
export function wholeShards(folder: string, shards?: readonly number[]): ShardRecord[] {
  const wanted = shards && new Set(shards);
  const records = recordNames(folder)
    .filter((name) => !wanted || wanted.has(parseInt(name, 10)))
    .flatMap((name) => {
      const record = readShard(join(folder, 'shards', name));
      if (!record || !/^patterns-\d+\.npy$/.test(record.patterns.file)) return [];
      const size = statSync(join(folder, record.patterns.file), { throwIfNoEntry: false })?.size;
      return size === record.patterns.bytes ? [record] : [];
    });
  if (wanted && records.length !== wanted.size) {
    throw new BraggwatchError('dataset-invalid', `${folder}: ${records.length} of ${wanted.size} shards are there`);
  }
  return records;
}

function readShard(path: string): ShardRecord | undefined {
  try {
    return shardRecordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Damaged: the next run of the simulation makes it again.
    return undefined;
  }
}

const sizeSchema = z.looseObject({ crystals: z.int() });

/** How far a set is, from the records of its whole shards. */
export function madeOf(folder: string, records: readonly ShardRecord[]): Made {
  let recipe: unknown;
  try {
    recipe = JSON.parse(readFileSync(join(folder, 'recipe.json'), 'utf8'));
  } catch {
    recipe = undefined;
  }
  return {
    shards: records.map(({ shard }) => shard),
    crystals: records.reduce((sum, { crystals }) => sum + crystals.length, 0),
    of: sizeSchema.safeParse(recipe).data?.crystals,
  };
}

/**
 * Lines of one of a set's lists, each parsed as JSON.
 * @param shards of these alone, also where the set is whole by now
 * @returns none where there is no such list
 * @throws BraggwatchError dataset-invalid
 */
export function readList(folder: string, list: 'manifest' | 'crystals', shards?: readonly number[]): unknown[] {
  if (shards || !isListed(folder)) return wholeShards(folder, shards).flatMap((record) => record[list]);
  const path = join(folder, `${list}.jsonl`);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, n): unknown => {
      try {
        return JSON.parse(line);
      } catch (cause) {
        throw new BraggwatchError('dataset-invalid', `${basename(path)}, line ${n + 1}`, { cause });
      }
    });
}

/**
 * SHA-256 of a set's lists: they hold every pattern's seed, and every relaxed crystal's energy to the last digit. That of all shards' records
 * is that of the whole set's lists.
 */
export function hashLists(folder: string, shards?: readonly number[]): string {
  const hash = createHash('sha256');
  if (shards || !isListed(folder)) {
    const records = wholeShards(folder, shards);
    for (const list of ['manifest', 'crystals'] as const)
      for (const record of records) for (const line of record[list]) hash.update(`${JSON.stringify(line)}\n`);
    return hash.digest('hex');
  }
  for (const name of ['manifest.jsonl', 'crystals.jsonl']) {
    const path = join(folder, name);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
