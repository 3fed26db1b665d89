import { resolve } from 'node:path';
import { loadRecipe } from '@main/dataset/recipe';
import { simulate as simulateSet, type SimulationProgress } from '@main/dataset/simulate';
import { complain, EXIT, print } from './output';

export interface SimulateCommandOptions {
  readonly out: string;
  readonly crystals?: number;
  readonly json?: boolean;
}

/** `simulate RECIPE --out DIR`: makes a data set, or goes on with it. */
export async function simulate(recipePath: string, options: SimulateCommandOptions): Promise<number> {
  const recipe = loadRecipe(resolve(recipePath));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const tell = (progress: SimulationProgress): void => {
    if (options.json) return print(JSON.stringify(progress));
    const left = progress.secondsLeft === undefined ? '' : `, ${Math.ceil(progress.secondsLeft / 60)} min left`;
    complain(`${progress.crystals} of ${progress.ofCrystals} crystals, ${progress.patterns} patterns${left}`);
  };
  try {
    await simulateSet(
      options.crystals === undefined ? recipe : { ...recipe, crystals: options.crystals },
      options.out,
      {
        signal: stop.signal,
        onProgress: tell,
      },
    );
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    complain('Stopped; the same command goes on from here.');
  }
  return EXIT.done;
}
