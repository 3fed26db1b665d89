import { join } from 'node:path';
import { SIDE } from '@core/scatter/window';
import { encodeNpyHeader } from '@main/files/npy';
import type { Recipe } from './recipe';

/** What one machine makes of a set: the shards whose index modulo `of` is `index - 1`, so `index` counts from 1 to `of`. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

/** Voxels of a pattern. */
export const VOXELS = SIDE ** 3;

/** Crystals of a shard. */
export function shardCrystals(recipe: Recipe, shard: number): number[] {
  const from = shard * recipe.crystalsPerShard;
  const to = Math.min(recipe.crystals, from + recipe.crystalsPerShard);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

export const shardCount = (recipe: Recipe): number => Math.ceil(recipe.crystals / recipe.crystalsPerShard);

/** The shards of a part, in order; all when there is none. */
export function shardsOf(recipe: Recipe, part: Part = { index: 1, of: 1 }): number[] {
  const all = Array.from({ length: shardCount(recipe) }, (_, shard) => shard);
  return all.filter((shard) => shard % part.of === part.index - 1);
}

// Alphabetical order is the order of the shards, whatever their number.
const numbered = (recipe: Recipe, shard: number): string =>
  String(shard).padStart(Math.max(4, String(shardCount(recipe) - 1).length), '0');

export const patternsName = (recipe: Recipe, shard: number): string => `patterns-${numbered(recipe, shard)}.npy`;

/** Where a shard's record lies: it is written last, so a shard is whole when it is there. */
export const recordPath = (recipe: Recipe, folder: string, shard: number): string =>
  join(folder, 'shards', `${numbered(recipe, shard)}.json`);

/** The header of a shard's patterns, whose number is known before they are made. */
export const patternsHeader = (recipe: Recipe, shard: number): Uint8Array =>
  encodeNpyHeader('<f4', [shardCrystals(recipe, shard).length * recipe.orientations, SIDE, SIDE, SIDE]);

/** Size of a whole shard's patterns, bytes. */
export const patternsBytes = (recipe: Recipe, shard: number): number =>
  patternsHeader(recipe, shard).length + 4 * VOXELS * shardCrystals(recipe, shard).length * recipe.orientations;
