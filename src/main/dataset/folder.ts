import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { RelaxerKind } from '@main/relax/types';
import { removeLeftovers, replaceFile, writing } from '@main/files/writing';
import { patternsBytes, patternsName, recordPath, shardsOf, type Part } from './layout';
import type { Recipe } from './recipe';

const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;

/** Whether a shard is whole. The record, written last, says so; the patterns' size is looked at because files get cut by hand. */
export const isWhole = (recipe: Recipe, folder: string, shard: number): boolean =>
  existsSync(recordPath(recipe, folder, shard)) &&
  sizeOf(join(folder, patternsName(recipe, shard))) === patternsBytes(recipe, shard);

/** The shards of a part that are still to be made, in order. */
export const missingShards = (recipe: Recipe, folder: string, part?: Part): number[] =>
  shardsOf(recipe, part).filter((shard) => !isWhole(recipe, folder, shard));

/**
 * Opens a folder for a recipe's set, new or begun earlier, maybe being filled by other machines at this moment.
 * @throws BraggwatchError dataset-differs when the folder holds the set of another recipe; disk-full
 */
export function openFolder(recipe: Recipe, folder: string): void {
  writing(folder, () => mkdirSync(join(folder, 'shards'), { recursive: true }));
  const text = `${JSON.stringify(recipe, null, 2)}\n`;
  const path = join(folder, 'recipe.json');
  const begun = existsSync(path);
  if (begun && readFileSync(path, 'utf8') !== text) throw new BraggwatchError('dataset-differs', folder);
  if (!begun && readdirSync(folder).some((name) => /^patterns-\d+\.npy$/.test(name)))
    throw new BraggwatchError('dataset-differs', folder);
  if (!begun) replaceFile(path, Buffer.from(text));
  removeLeftovers(folder);
  removeLeftovers(join(folder, 'shards'));
}

const kindPath = (folder: string): string => join(folder, 'shards', 'relaxer');

/** Which kind of LAMMPS relaxed what is there already: two kinds agree to many digits, not to the bit. */
export function relaxerOf(folder: string): RelaxerKind | undefined {
  if (!existsSync(kindPath(folder))) return undefined;
  const kind = readFileSync(kindPath(folder), 'utf8').trim();
  return kind === 'wasm' || kind === 'native' ? kind : undefined;
}

/**
 * Settles the set on one kind of LAMMPS; the first to come decides.
 * @throws BraggwatchError dataset-differs when it is settled on the other
 */
export function settleRelaxer(folder: string, kind: RelaxerKind): void {
  try {
    writing(folder, () => writeFileSync(kindPath(folder), `${kind}\n`, { flag: 'wx' }));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const settled = relaxerOf(folder);
    // Empty after a kill between making and writing it.
    if (settled === undefined) return replaceFile(kindPath(folder), Buffer.from(`${kind}\n`));
    if (settled !== kind) throw new BraggwatchError('dataset-differs', `relaxed by LAMMPS ${settled}, not ${kind}`);
  }
}
