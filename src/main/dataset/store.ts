import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { encodeNpy } from '@main/scan/npy';
import { SIDE } from '@core/scatter/window';
import type { Recipe } from './recipe';

const VOXELS = SIDE ** 3;

/** A set's folder while it is being written. */
export interface DatasetStore {
  /** Shards that were there already, whole; the next one to make. */
  readonly complete: number;
  /** Writes a shard: its patterns, then what is known of them. After it returns the shard survives a kill. */
  write(shard: number, patterns: Float32Array, crystals: readonly object[], manifest: readonly object[]): void;
}

/** Crystals of a shard. */
export function shardCrystals(recipe: Recipe, shard: number): number[] {
  const from = shard * recipe.crystalsPerShard;
  const to = Math.min(recipe.crystals, from + recipe.crystalsPerShard);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

export const shardCount = (recipe: Recipe): number => Math.ceil(recipe.crystals / recipe.crystalsPerShard);

const shardName = (shard: number): string => `patterns-${String(shard).padStart(4, '0')}.npy`;

/** Runs a step that writes, telling a full disk from other trouble. */
function writing<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new BraggwatchError('disk-full', path, { cause });
    throw cause;
  }
}

/** Writes a file whole or not at all: beside it first, flushed to the disk, then renamed. */
function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = `${path}.part`;
  writing(path, () => {
    const file = openSync(beside, 'w');
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  });
}

/** Lines of a text file that end in a newline; a line cut short by a kill does not count. */
function wholeLines(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

/** The number a line gives its crystal, or undefined for a damaged line. */
function crystalOf(line: string | undefined): number | undefined {
  try {
    const value: unknown = JSON.parse(line ?? '');
    return typeof value === 'object' && value !== null && 'crystal' in value && typeof value.crystal === 'number'
      ? value.crystal
      : undefined;
  } catch {
    return undefined;
  }
}

const toLines = (entries: readonly object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

/** How many shards from the first on are whole: patterns of the right size, and every line of theirs in both lists. */
function countComplete(
  recipe: Recipe,
  folder: string,
  manifest: readonly string[],
  crystals: readonly string[],
): number {
  let [line, crystal] = [0, 0];
  for (let shard = 0; shard < shardCount(recipe); shard++) {
    const members = shardCrystals(recipe, shard);
    const path = join(folder, shardName(shard));
    const bytes = 4 * VOXELS * members.length * recipe.orientations;
    // The header is padded to a multiple of 64 bytes and never above 1024.
    const size = existsSync(path) ? statSync(path).size - bytes : 0;
    const listed = members.every((id, i) => crystalOf(crystals[crystal + i]) === id);
    const described = members.every((id, i) =>
      Array.from({ length: recipe.orientations }, (_, o) => manifest[line + i * recipe.orientations + o]).every(
        (l) => crystalOf(l) === id,
      ),
    );
    if (size < 64 || size > 1024 || !listed || !described) return shard;
    line += members.length * recipe.orientations;
    crystal += members.length;
  }
  return shardCount(recipe);
}

/**
 * Opens a folder for a recipe's set, new or begun earlier, and drops whatever a kill left half done.
 * @throws BraggwatchError dataset-differs when the folder holds the set of another recipe; disk-full
 */
export function openStore(recipe: Recipe, folder: string): DatasetStore {
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(recipe, null, 2)}\n`;
  const recipePath = join(folder, 'recipe.json');
  const manifestPath = join(folder, 'manifest.jsonl');
  const crystalsPath = join(folder, 'crystals.jsonl');
  if (existsSync(recipePath) && readFileSync(recipePath, 'utf8') !== text)
    throw new BraggwatchError('dataset-differs', folder);
  const stray = readdirSync(folder).filter((name) => /^patterns-\d+\.npy$/.test(name));
  if (!existsSync(recipePath) && stray.length > 0) throw new BraggwatchError('dataset-differs', folder);
  replaceFile(recipePath, Buffer.from(text));

  const manifest = wholeLines(manifestPath);
  const crystals = wholeLines(crystalsPath);
  const complete = countComplete(recipe, folder, manifest, crystals);
  const made = Math.min(recipe.crystals, complete * recipe.crystalsPerShard);
  const keep = (lines: readonly string[], count: number): Buffer =>
    Buffer.from(
      lines
        .slice(0, count)
        .map((l) => `${l}\n`)
        .join(''),
    );
  replaceFile(manifestPath, keep(manifest, made * recipe.orientations));
  replaceFile(crystalsPath, keep(crystals, made));
  for (const name of readdirSync(folder)) {
    const number = /^patterns-(\d+)\.npy(\.part)?$/.exec(name);
    if (number && (number[2] || Number(number[1]) >= complete)) rmSync(join(folder, name));
  }

  return {
    complete,
    write(shard, patterns, crystalLines, manifestLines) {
      const shape = [patterns.length / VOXELS, SIDE, SIDE, SIDE];
      replaceFile(join(folder, shardName(shard)), encodeNpy({ shape, data: patterns }));
      // Patterns first: lines without patterns would be a gap, patterns without lines are made again.
      writing(crystalsPath, () => appendFileSync(crystalsPath, toLines(crystalLines), { flush: true }));
      writing(manifestPath, () => appendFileSync(manifestPath, toLines(manifestLines), { flush: true }));
    },
  };
}
