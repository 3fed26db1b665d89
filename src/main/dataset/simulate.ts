import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import type { Launcher } from '@main/process/launcher';
import { removeLeftovers } from '@main/files/writing';
import { isWhole, missingShards, openFolder } from './folder';
import { shardCount, shardsOf, type Part } from './layout';
import { createLocalMaker, createProcessMaker } from './maker';
import { mergeShards, summaryPath } from './merge';
import { makeShards } from './pool';
import { countProgress, type SimulationProgress } from './progress';
import type { Recipe } from './recipe';
import type { RelaxerChoice, RelaxingTools } from './relaxing';
import type { Summary } from './summary';

export type { SimulationProgress };

export interface SimulationOptions {
  /** Stops at once; what is whole stays and the next run goes on from there. */
  readonly signal?: AbortSignal;
  onProgress?(progress: SimulationProgress): void;
  /** Child processes at work, 1 when left out. The set does not depend on it. */
  readonly workers?: number;
  /** Starts them; without one this process does the work itself. */
  readonly launcher?: Launcher;
  /** Which LAMMPS relaxes, where the recipe asks for it. */
  readonly relaxer?: RelaxerChoice;
  /** Only these shards; other machines make the others into the same folder. */
  readonly part?: Part;
  /** Whether to write the set's lists once every shard is there, whoever made it; yes when left out. */
  readonly merge?: boolean;
  /** For tests: what relaxes when there is no launcher. */
  readonly tools?: RelaxingTools;
}

/** By then a killed child is gone. */
const ENDED_MS = 200;

/** Times that shards found damaged by the merge are made again before the disk is to blame. */
const MAX_ROUNDS = 3;

/**
 * Makes a recipe's data set, or goes on with it: `patterns-NNNN.npy` (float32, n x 64 x 64 x 64), `manifest.jsonl` (line n describes
 * pattern n, counted through the shards), `crystals.jsonl`, `recipe.json` and `summary.json`. Killed at any moment, the next run with
 * the same recipe and folder continues without a duplicate or a gap, and the set is the same to the bit as one made in one go,
 * whatever the number of workers and machines; only the times in the summary differ.
 * @returns the set's summary, when this run completed the set
 * @throws BraggwatchError dataset-differs, disk-full, recipe-hopeless, worker-died, timed-out; the signal's reason when stopped
 */
export async function simulate(
  recipe: Recipe,
  outDir: string,
  options: SimulationOptions = {},
): Promise<Summary | undefined> {
  const { onProgress, part, merge = true } = options;
  openFolder(recipe, outDir);
  for (let round = 1; ; round++) {
    const missing = missingShards(recipe, outDir, part);
    const counter = countProgress(recipe, part, missing);
    onProgress?.(counter.now());
    await makeMissing(recipe, outDir, missing, options, (step) => {
      step(counter);
      onProgress?.(counter.now());
    });
    if (!merge || !shardsOf(recipe).every((shard) => isWhole(recipe, outDir, shard))) return undefined;
    if (missing.length === 0 && round === 1 && existsSync(summaryPath(outDir))) return undefined;
    const merged = await mergeShards(recipe, outDir, options.signal);
    if ('summary' in merged) return merged.summary;
    if (round === MAX_ROUNDS) throw new BraggwatchError('dataset-invalid', `shards ${merged.damaged.join(', ')}`);
  }
}

async function makeMissing(
  recipe: Recipe,
  folder: string,
  missing: readonly number[],
  { launcher, workers = 1, relaxer = 'auto', signal, tools }: SimulationOptions,
  tell: (step: (counter: ReturnType<typeof countProgress>) => void) => void,
): Promise<void> {
  const job = { recipe, folder, relaxer };
  try {
    await makeShards(missing, {
      workers: launcher ? workers : 1,
      signal,
      createMaker: () => (launcher ? createProcessMaker(job, launcher) : createLocalMaker(job, tools)),
      onCrystal: (shard, discarded) => tell((counter) => counter.crystal(shard, discarded)),
      onLost: (shard) => tell((counter) => counter.lost(shard)),
    });
  } catch (error) {
    // Half shards of workers ended by force would keep a full disk full.
    if (launcher) await sleep(ENDED_MS);
    removeLeftovers(folder);
    throw error;
  }
}

/**
 * Checks that a set is whole and writes its lists anew.
 * @throws BraggwatchError shards-missing, dataset-differs, disk-full
 */
export async function mergeSet(recipe: Recipe, folder: string, signal?: AbortSignal): Promise<Summary> {
  openFolder(recipe, folder);
  const missing = missingShards(recipe, folder);
  const merged = missing.length > 0 ? { damaged: missing } : await mergeShards(recipe, folder, signal);
  if ('summary' in merged) return merged.summary;
  const named = merged.damaged.slice(0, 10).join(', ');
  throw new BraggwatchError('shards-missing', `${merged.damaged.length} of ${shardCount(recipe)}: ${named}`);
}
