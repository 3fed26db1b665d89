import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SetFolder } from '@contract/simulation';
import { summaryPath } from '@main/dataset/merge';
import { recipeSchema, type Recipe } from '@main/dataset/recipe';

/** The recipe of the set in a folder; undefined where there is none that this version takes. */
export function recipeIn(folder: string): Recipe | undefined {
  try {
    return recipeSchema.safeParse(JSON.parse(readFileSync(join(folder, 'recipe.json'), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Room on the disk that a folder lies on, or will lie on; null where the system does not say. */
function freeBytes(folder: string): number | null {
  if (!existsSync(folder)) return dirname(folder) === folder ? null : freeBytes(dirname(folder));
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Crystals whose patterns lie whole in the folder: a shard gets its name when it is. */
function crystalsIn(names: readonly string[], { crystals, crystalsPerShard }: Recipe): number {
  const shards = names.filter((name) => /^patterns-\d+\.npy$/.test(name)).length;
  return Math.min(crystals, shards * crystalsPerShard);
}

// What file managers leave behind does not make a folder somebody else's.
const isNoise = (name: string): boolean => name.startsWith('.');

/**
 * What a folder is to a simulation.
 * @param recipe that the set shall be of
 */
export function lookAtFolder(folder: string, recipe?: Recipe): SetFolder {
  const nothing = { folder, name: null, crystals: 0, ofCrystals: 0, same: false, free: freeBytes(folder) };
  if (!existsSync(folder)) return { ...nothing, kind: 'new' };
  const names = readdirSync(folder).filter((name) => !isNoise(name));
  if (names.length === 0) return { ...nothing, kind: 'empty' };
  const found = recipeIn(folder);
  if (!found) return { ...nothing, kind: 'occupied' };
  const crystals = crystalsIn(names, found);
  return {
    ...nothing,
    kind: existsSync(summaryPath(folder)) ? 'whole' : 'begun',
    name: found.name,
    crystals,
    ofCrystals: found.crystals,
    same: recipe !== undefined && JSON.stringify(recipe) === JSON.stringify(found),
  };
}
