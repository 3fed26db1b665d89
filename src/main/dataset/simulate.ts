import { setImmediate } from 'node:timers/promises';
import type { Vec3 } from '@core/math/vector';
import { createScatterer, type Scatterer } from '@core/scatter/nufft';
import { SIDE } from '@core/scatter/window';
import { buildCrystal } from './crystal';
import { makePattern } from './pattern';
import { assign, planCrystal, type Assignment } from './plan';
import type { Recipe } from './recipe';
import { openStore, shardCount, shardCrystals } from './store';

export interface SimulationProgress {
  readonly crystals: number;
  readonly ofCrystals: number;
  readonly patterns: number;
  readonly ofPatterns: number;
  /** At the pace of this run; undefined until its first crystal is done. */
  readonly secondsLeft?: number;
}

export interface SimulationOptions {
  /** Stops between two patterns; what is whole stays and the next run goes on from there. */
  readonly signal?: AbortSignal;
  onProgress?(progress: SimulationProgress): void;
}

const VOXELS = SIDE ** 3;

/** What one crystal adds to its shard. */
interface CrystalResult {
  readonly crystal: object;
  readonly patterns: readonly object[];
}

/** Makes all patterns of a crystal into their places in the shard. */
async function simulateCrystal(
  recipe: Recipe,
  number: number,
  assignment: Assignment,
  scatterer: Scatterer,
  into: Float32Array,
  signal: AbortSignal | undefined,
): Promise<CrystalResult> {
  const plan = planCrystal(recipe, number, assignment);
  const built = buildCrystal(recipe.seed, plan);
  const { label, split } = plan;
  const patterns: object[] = [];
  let offset: Vec3 = [0, 0, 0];
  for (let orientation = 0; orientation < recipe.orientations; orientation++) {
    await setImmediate();
    signal?.throwIfAborted();
    const pattern = makePattern(
      recipe,
      { ...built, crystal: number, element: plan.element },
      orientation,
      scatterer,
      offset,
    );
    into.set(pattern.intensity, orientation * VOXELS);
    patterns.push({ crystal: number, label, split, ...pattern.facts });
    offset = pattern.offset;
  }
  const { positions, ...rest } = built;
  return { crystal: { ...plan, atoms: positions.length / 3, ...rest, seed: recipe.seed }, patterns };
}

/**
 * Makes a recipe's data set, or goes on with it: `patterns-NNNN.npy` (float32, n x 64 x 64 x 64), `manifest.jsonl` (line n describes
 * pattern n, counted through the shards), `crystals.jsonl` and `recipe.json`. Killed at any moment, the next run with the same
 * recipe and folder continues without a duplicate or a gap, and the set is the same to the bit as one made in one go.
 * @throws BraggwatchError dataset-differs, disk-full; the signal's reason when stopped
 */
export async function simulate(recipe: Recipe, outDir: string, options: SimulationOptions = {}): Promise<void> {
  const { signal, onProgress } = options;
  const store = openStore(recipe, outDir);
  const assignments = assign(recipe);
  const scatterer = createScatterer();
  const begun = store.complete * recipe.crystalsPerShard;
  const started = performance.now();
  const report = (crystals: number): void => {
    const now = crystals - begun;
    const secondsLeft =
      now > 0 ? ((performance.now() - started) / 1000 / now) * (recipe.crystals - crystals) : undefined;
    onProgress?.({
      crystals,
      ofCrystals: recipe.crystals,
      patterns: crystals * recipe.orientations,
      ofPatterns: recipe.crystals * recipe.orientations,
      ...(secondsLeft !== undefined && { secondsLeft }),
    });
  };
  for (let shard = store.complete; shard < shardCount(recipe); shard++) {
    const members = shardCrystals(recipe, shard);
    const perCrystal = recipe.orientations * VOXELS;
    const patterns = new Float32Array(members.length * perCrystal);
    const results: CrystalResult[] = [];
    for (const [i, number] of members.entries()) {
      report(number);
      const into = patterns.subarray(i * perCrystal, (i + 1) * perCrystal);
      results.push(await simulateCrystal(recipe, number, assignments[number]!, scatterer, into, signal));
    }
    store.write(
      shard,
      patterns,
      results.map((r) => r.crystal),
      results.flatMap((r) => r.patterns),
    );
  }
  report(recipe.crystals);
}
