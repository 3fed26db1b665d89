import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Part } from '@main/dataset/layout';
import { loadRecipe, relaxationSchema, type Recipe } from '@main/dataset/recipe';
import type { RelaxerChoice } from '@main/dataset/relaxing';
import { mergeSet, simulate as simulateSet, type SimulationProgress } from '@main/dataset/simulate';
import { describeStatistics, readStatistics } from '@main/dataset/statistics';
import type { Summary } from '@main/dataset/summary';
import { nodeLauncher } from '@main/process/launcher';
import { complain, EXIT, print } from './output';

export interface SimulateCommandOptions {
  readonly out: string;
  readonly crystals?: number;
  readonly workers?: number;
  readonly relaxer?: RelaxerChoice | 'none';
  readonly shard?: Part;
  /** True: write the lists and nothing else; false: leave them to another run. */
  readonly merge?: boolean;
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

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;
const span = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : hours(seconds);

function describe({ crystals, ofCrystals, patterns, discarded, secondsLeft }: SimulationProgress): string {
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

/** `simulate RECIPE --out DIR`: makes a data set, or goes on with it. */
export async function simulate(recipePath: string, options: SimulateCommandOptions): Promise<number> {
  const { out, json, relaxer, shard, merge, workers = availableParallelism() } = options;
  const recipe = changed(loadRecipe(resolve(recipePath)), options);
  const folder = resolve(out);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const onProgress = (progress: SimulationProgress): void =>
    json ? print(JSON.stringify(progress)) : complain(describe(progress));
  try {
    const summary =
      merge === true
        ? await mergeSet(recipe, folder, stop.signal)
        : await simulateSet(recipe, folder, {
            ...{ signal: stop.signal, onProgress, workers, launcher: nodeLauncher },
            ...(relaxer && relaxer !== 'none' && { relaxer }),
            ...(shard && { part: shard }),
            ...(merge === false && { merge }),
          });
    if (summary) tellWhole(folder, summary, json);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    complain('Stopped; the same command goes on from here.');
  }
  return EXIT.done;
}
