import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { openNpy, type NpyFile } from './npy';
import type { PatternEntry, PatternSet } from './patterns';
import { paperClasses } from '@vocabulary/classes';

/** What training needs of a manifest line; the rest of the line is the simulation's business. */
const lineSchema = z.looseObject({
  crystal: z.int().min(0),
  split: z.enum(['train', 'validation', 'test']),
  label: z.enum(paperClasses),
  oversampling: z.number().positive(),
});

/** A data set on disk (DESIGN section 6), with the recipe it was made from. */
export interface DataSet extends PatternSet {
  readonly recipe: unknown;
  close(): Promise<void>;
}

async function readManifest(path: string): Promise<PatternEntry[]> {
  // A set that is still being made has patterns, and no lists yet.
  if (!existsSync(path)) throw new BraggwatchError('dataset-invalid', `${path} is missing`);
  const entries: PatternEntry[] = [];
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const text of lines) {
    if (text.trim() === '') continue;
    try {
      const { crystal, split, label, oversampling } = lineSchema.parse(JSON.parse(text));
      entries.push({ crystal, split, label: paperClasses.indexOf(label), oversampling });
    } catch (cause) {
      throw new BraggwatchError('dataset-invalid', `${path}, line ${entries.length + 1}`, { cause });
    }
  }
  return entries;
}

const closeAll = async (shards: readonly NpyFile[]): Promise<void> =>
  void (await Promise.all(shards.map((shard) => shard.close())));

/** @param shards takes those opened, so that they can be closed where a later one is none */
async function openShards(folder: string, shards: NpyFile[]): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^patterns-\d+\.npy$/.test(name)).sort();
  for (const name of names) {
    const shard = await openNpy(join(folder, name));
    shards.push(shard);
    if (shard.shape.slice(1).join() !== '64,64,64')
      throw new BraggwatchError('dataset-invalid', `${name} holds no 64^3 patterns`);
  }
}

/**
 * Opens `manifest.jsonl` and the `patterns-NNNN.npy` beside it; line n of the manifest is pattern n of the shards in their order.
 * @throws BraggwatchError path-missing; dataset-invalid when manifest and shards do not belong together
 */
export async function openDataSet(folder: string): Promise<DataSet> {
  const shards: NpyFile[] = [];
  try {
    return await readDataSet(folder, shards);
  } catch (error) {
    await closeAll(shards);
    throw error;
  }
}

async function readDataSet(folder: string, shards: NpyFile[]): Promise<DataSet> {
  await openShards(folder, shards).catch((cause: unknown) => {
    throw cause instanceof BraggwatchError ? cause : new BraggwatchError('path-missing', folder, { cause });
  });
  const entries = await readManifest(join(folder, 'manifest.jsonl'));
  const starts: number[] = [];
  let total = 0;
  for (const { shape } of shards) {
    starts.push(total);
    total += shape[0] ?? 0;
  }
  if (entries.length === 0 || total < entries.length) {
    throw new BraggwatchError('dataset-invalid', `${folder}: ${entries.length} lines for ${total} patterns`);
  }
  const recipe = await readFile(join(folder, 'recipe.json'), 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => null);
  return {
    entries,
    recipe,
    read(index) {
      const shard = starts.findLastIndex((start) => start <= index);
      return shards[shard]!.read(index - starts[shard]!);
    },
    close: () => closeAll(shards),
  };
}
