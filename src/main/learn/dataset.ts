import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { openNpy, type NpyFile } from './npy';
import type { PatternEntry, PatternSet } from './patterns';
import { familyIfKnown } from '@core/network/family';
import { simulatedClasses } from '@vocabulary/classes';
import { isListed, madeOf, readList, wholeShards, type Made } from './lists';

/** What training needs of a manifest line; the rest of the line is the simulation's business. */
const lineSchema = z.looseObject({
  crystal: z.int().min(0),
  split: z.enum(['train', 'validation', 'test']),
  label: z.enum(simulatedClasses),
  oversampling: z.number().positive(),
  family: z.string().optional(),
  hkl: z.tuple([z.number(), z.number(), z.number()]).optional(),
  mixingDeg: z.number().min(0).max(90).optional(),
});

/** A data set on disk (DESIGN section 6), with the recipe it was made from. */
export interface DataSet extends PatternSet {
  readonly recipe: unknown;
  /** Of a set that is still being made, or was when it was first opened for this purpose; undefined: it is whole. */
  readonly made?: Made;
  close(): Promise<void>;
}

function readEntries(folder: string, shards?: readonly number[]): PatternEntry[] {
  return readList(folder, 'manifest', shards).map((line, n) => {
    const parsed = lineSchema.safeParse(line);
    if (!parsed.success) {
      throw new BraggwatchError('dataset-invalid', `${folder}, line ${n + 1} of the manifest`, { cause: parsed.error });
    }
    const { crystal, split, label, oversampling, family, hkl, mixingDeg } = parsed.data;
    return { crystal, split, label, oversampling, family: family ?? familyIfKnown(hkl), mixingDeg };
  });
}

const closeAll = async (shards: readonly NpyFile[]): Promise<void> =>
  void (await Promise.all(shards.map((shard) => shard.close())));

/**
 * @param shards takes those opened, so that they can be closed where a later one is none
 * @param names of the files; all that are there when left out
 */
async function openShards(folder: string, shards: NpyFile[], names?: readonly string[]): Promise<void> {
  const all = (await readdir(folder)).filter((name) => /^patterns-\d+\.npy$/.test(name)).sort();
  for (const name of names ?? all) {
    const shard = await openNpy(join(folder, name));
    shards.push(shard);
    if (shard.shape.slice(1).join() !== '64,64,64')
      throw new BraggwatchError('dataset-invalid', `${name} holds no 64^3 patterns`);
  }
}

/**
 * Opens `manifest.jsonl` and the `patterns-NNNN.npy` beside it; line n of the manifest is pattern n of the shards in their order. Of a set
 * that is still being made, the shards that are whole.
 * @param only these shards of a set that was opened when it was not whole: a training goes on with what it began with
 * @throws BraggwatchError path-missing; dataset-invalid when manifest and shards do not belong together
 */
export async function openDataSet(folder: string, only?: readonly number[]): Promise<DataSet> {
  const shards: NpyFile[] = [];
  try {
    return await readDataSet(folder, shards, only);
  } catch (error) {
    await closeAll(shards);
    throw error;
  }
}

async function readDataSet(folder: string, shards: NpyFile[], only?: readonly number[]): Promise<DataSet> {
  const records = only || !isListed(folder) ? wholeShards(folder, only) : undefined;
  const names = records?.map(({ patterns }) => patterns.file);
  await openShards(folder, shards, names).catch((cause: unknown) => {
    throw cause instanceof BraggwatchError ? cause : new BraggwatchError('path-missing', folder, { cause });
  });
  if (records?.length === 0)
    throw new BraggwatchError('dataset-invalid', `${folder} has neither lists nor whole shards`);
  const made = records && madeOf(folder, records);
  const entries = readEntries(folder, made?.shards);
  const starts: number[] = [];
  let total = 0;
  for (const { shape } of shards) {
    starts.push(total);
    total += shape[0] ?? 0;
  }
  if (entries.length === 0 || total < entries.length || (records && total !== entries.length)) {
    throw new BraggwatchError('dataset-invalid', `${folder}: ${entries.length} lines for ${total} patterns`);
  }
  const recipe = await readFile(join(folder, 'recipe.json'), 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => null);
  return {
    entries,
    recipe,
    ...(made && { made }),
    read(index) {
      const shard = starts.findLastIndex((start) => start <= index);
      return shards[shard]!.read(index - starts[shard]!);
    },
    close: () => closeAll(shards),
  };
}
