import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Part } from '@main/dataset/layout';
import { loadRecipe, relaxationSchema, type Recipe } from '@main/dataset/recipe';
import type { RelaxerChoice } from '@main/dataset/relaxing';
import { mergeSet, simulate as simulateSet, type SimulationProgress } from '@main/dataset/simulate';
import { describeStatistics, readStatistics } from '@main/dataset/statistics';
import { simulateOnSlurm } from '@main/dataset/slurm';
import { splitArguments } from '@main/dataset/slurm/script';
import type { Summary } from '@main/dataset/summary';
import { nodeLauncher } from '@main/process/launcher';
import { complain, EXIT, print, span } from './output';

export interface SimulateCommandOptions {
  readonly out: string;
  readonly crystals?: number;
  readonly workers?: number;
  readonly relaxer?: RelaxerChoice | 'none';
  readonly shard?: Part;
  /** True: write the lists and nothing else; false: leave them to another run. */
  readonly merge?: boolean;
  /** Arguments for sbatch; true when there are none. */
  readonly slurm?: string | true;
  readonly json?: boolean;
}

/** The recipe as the options change it; what is written beside the set is what was made. */
function changed(recipe: Recipe, { crystals, relaxer }: SimulateCommandOptions): Recipe {
  const { relaxation, ...rest } = crystals === undefined ? recipe : { ...recipe, crystals };
  if (relaxer === 'none') return rest;
  if (relaxation) return { ...rest, relaxation };
  // Asked for by name, although the recipe says nothing of it.
  return relaxer ? { ...rest, relaxation: relaxationSchema.parse({ potential: 'zhou04' }) } : rest;
}

/** How far a set is, in a line. */
export function describe({ crystals, ofCrystals, patterns, discarded, secondsLeft }: SimulationProgress): string {
  const left = secondsLeft === undefined ? '' : `, ${span(secondsLeft)} left`;
  const dropped = discarded > 0 ? `, ${discarded} discarded` : '';
  return `${crystals} of ${ofCrystals} crystals, ${patterns} patterns${dropped}${left}`;
}

function tellWhole(folder: string, summary: Summary, json: boolean | undefined): void {
  const statistics = readStatistics(folder);
  if (json) return print(JSON.stringify({ ...summary, statistics }));
  for (const line of describeStatistics(statistics)) complain(line);
  const { crystals, patterns, crystalsPerHour, patternsPerSecond, limitedBy } = summary;
  complain(
    `Whole: ${crystals} crystals, ${patterns} patterns; ${crystalsPerHour} crystals per hour, ${patternsPerSecond} patterns per second, limited by ${limitedBy}.`,
  );
}

/** Makes the set here, or has the cluster make it. */
function make(recipe: Recipe, folder: string, options: SimulateCommandOptions, signal: AbortSignal) {
  const { json, relaxer, shard, merge, slurm, workers = availableParallelism() } = options;
  const onProgress = (progress: SimulationProgress): void =>
    json ? print(JSON.stringify(progress)) : complain(describe(progress));
  const common = { signal, onProgress, workers, launcher: nodeLauncher };
  if (merge === true) return mergeSet(recipe, folder, signal);
  if (slurm !== undefined) {
    return simulateOnSlurm(recipe, folder, {
      ...common,
      sbatch: slurm === true ? [] : splitArguments(slurm),
      // What runs now, by Node and not through `npx`, which would look after the checkout on every node.
      program: { node: process.execPath, cli: resolve(process.argv[1]!) },
      relaxer: recipe.relaxation ? (relaxer ?? 'auto') : 'none',
    });
  }
  return simulateSet(recipe, folder, {
    ...common,
    ...(relaxer && relaxer !== 'none' && { relaxer }),
    ...(shard && { part: shard }),
    ...(merge === false && { merge }),
  });
}

/** `simulate RECIPE --out DIR`: makes a data set, or goes on with it. */
export async function simulate(recipePath: string, options: SimulateCommandOptions): Promise<number> {
  const recipe = changed(loadRecipe(resolve(recipePath)), options);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    const summary = await make(recipe, resolve(options.out), options, stop.signal);
    if (summary) tellWhole(resolve(options.out), summary, options.json);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    complain('Stopped; the same command goes on from here.');
  }
  return EXIT.done;
}
