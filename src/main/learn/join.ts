import { basename } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { openDataSet, type DataSet } from './dataset';
import { hashLists, type Made } from './lists';
import { firstPatterns, indicesOf, type PatternEntry, type PatternSet, type SourceSet } from './patterns';

const seedSchema = z.looseObject({ seed: z.int() });

const crystalsOf = (entries: readonly PatternEntry[]): number => new Set(entries.map(({ crystal }) => crystal)).size;

function describe(folder: string, patterns: PatternSet, { recipe, made }: DataSet): SourceSet {
  const [train, validation, test] = (['train', 'validation', 'test'] as const).map(
    (part) => indicesOf(patterns, part).length,
  ) as [number, number, number];
  return {
    recipe: z.json().parse(recipe),
    seed: seedSchema.safeParse(recipe).data?.seed ?? null,
    patterns: { train, validation, test },
    crystals: crystalsOf(patterns.entries),
    sha256: hashLists(folder, made?.shards),
  };
}

/** The sets one after the other; crystals are numbered on, patterns stay in their part. */
function concatenate(sets: readonly PatternSet[], starts: readonly number[]): PatternSet {
  const entries: PatternEntry[] = [];
  let numbered = 0;
  for (const set of sets) {
    let most = -1;
    for (const entry of set.entries) {
      entries.push({ ...entry, crystal: entry.crystal + numbered });
      most = Math.max(most, entry.crystal);
    }
    numbered += most + 1;
  }
  return {
    entries,
    read(index) {
      const set = starts.findLastIndex((start) => start <= index);
      return sets[set]!.read(index - starts[set]!);
    },
  };
}

/**
 * Sets drawn from one seed hold the same crystals under the same numbers, but not always in the same part: a network would be tested on
 * crystals that it was trained on.
 */
function keepApart(sets: readonly DataSet[], sources: readonly SourceSet[], folders: readonly string[]): void {
  const seen = new Map<string, { readonly split: string; readonly folder: string }>();
  for (const [n, { entries }] of sets.entries()) {
    const [{ seed, sha256 }, folder] = [sources[n]!, folders[n]!];
    const twin = sources.findIndex((other) => other.sha256 === sha256);
    if (twin < n) throw new BraggwatchError('usage', `${folder} holds the same set as ${folders[twin]}`);
    if (seed === null) continue;
    for (const { crystal, split } of entries) {
      const before = seen.get(`${seed}/${crystal}`);
      if (before && before.split !== split) {
        const where = `${before.split} in ${before.folder}, ${split} in ${folder}`;
        throw new BraggwatchError(
          'usage',
          `crystal ${crystal} of seed ${seed}: ${where}; give the sets seeds of their own`,
        );
      }
      seen.set(`${seed}/${crystal}`, { split, folder });
    }
  }
}

/** A folder that patterns come from. */
export interface Origin {
  readonly folder: string;
  readonly name: string;
  readonly patterns: number;
  /** Where it is, or was, still being made. */
  readonly made?: Made | undefined;
}

export interface Choice {
  /** Only so many patterns of each. */
  readonly first?: number | undefined;
  /** By folder: only these shards of it, see `openDataSet`. */
  readonly shards?: Readonly<Record<string, readonly number[]>> | undefined;
}

export interface OpenedSets extends DataSet {
  /** What each of several sets is; absent where there is one. */
  readonly sources?: readonly SourceSet[];
  /** Where the patterns lie: so many of each folder, one folder after the other. */
  readonly origins: readonly Origin[];
  /** Which of the origins pattern `index` is of, and its line in that one's manifest, from 0. */
  placeOf(index: number): readonly [origin: number, line: number];
}

/**
 * Opens one data set, or several as one.
 * @param purpose sets to train on must not hold the same crystals in different parts
 * @throws BraggwatchError path-missing, dataset-invalid; usage when the sets cannot be trained on together
 */
export async function openDataSets(
  folders: string | readonly string[],
  purpose: 'train' | 'judge',
  { first, shards = {} }: Choice = {},
): Promise<OpenedSets> {
  const list = typeof folders === 'string' ? [folders] : folders;
  const sets: DataSet[] = [];
  const close = async (): Promise<void> => void (await Promise.all(sets.map((set) => set.close())));
  try {
    for (const folder of list) sets.push(await openDataSet(folder, shards[folder]));
    const parts = sets.map((set) => firstPatterns(set, first));
    const [only, second] = sets;
    if (!only) throw new BraggwatchError('usage', 'no data set was given');
    const starts: number[] = [];
    parts.reduce((at, { entries }) => (starts.push(at), at + entries.length), 0);
    const placed = {
      origins: list.map((folder, n) => ({
        ...{ folder, name: basename(folder), patterns: parts[n]!.entries.length },
        made: sets[n]!.made,
      })),
      placeOf(index: number): readonly [number, number] {
        const set = starts.findLastIndex((start) => start <= index);
        return [set, index - starts[set]!];
      },
      close,
    };
    if (!second) return { ...parts[0]!, recipe: only.recipe, ...placed };
    const sources = list.map((folder, n) => describe(folder, parts[n]!, sets[n]!));
    if (purpose === 'train') keepApart(sets, sources, list);
    return { ...concatenate(parts, starts), recipe: null, sources, ...placed };
  } catch (error) {
    await close();
    throw error;
  }
}
