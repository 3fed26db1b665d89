import { shardCrystals, shardsOf, type Part } from './layout';
import type { Recipe } from './recipe';

export interface SimulationProgress {
  readonly crystals: number;
  readonly ofCrystals: number;
  readonly patterns: number;
  readonly ofPatterns: number;
  /** Crystals discarded after relaxation in this run. */
  readonly discarded: number;
  /** At the pace of this run over all its workers; undefined until its first crystal is done. */
  readonly secondsLeft?: number;
}

/** Counts what several workers make of a part of a set. */
export interface ProgressCounter {
  crystal(shard: number, discarded: number): void;
  /** A shard's crystals are lost with the process that made them. */
  lost(shard: number): void;
  now(): SimulationProgress;
}

/** @param missing shards of the part that are not there when the run begins */
export function countProgress(recipe: Recipe, part: Part | undefined, missing: readonly number[]): ProgressCounter {
  const size = (shards: readonly number[]): number =>
    shards.reduce((sum, shard) => sum + shardCrystals(recipe, shard).length, 0);
  const ofCrystals = size(shardsOf(recipe, part));
  const before = ofCrystals - size(missing);
  const made = new Map<number, number>();
  const started = performance.now();
  let discarded = 0;
  return {
    crystal(shard, dropped) {
      made.set(shard, (made.get(shard) ?? 0) + 1);
      discarded += dropped;
    },
    lost: (shard) => void made.delete(shard),
    now() {
      const run = [...made.values()].reduce((a, b) => a + b, 0);
      const crystals = before + run;
      const left = ((performance.now() - started) / 1000 / run) * (ofCrystals - crystals);
      return {
        ...{ crystals, ofCrystals, discarded },
        patterns: crystals * recipe.orientations,
        ofPatterns: ofCrystals * recipe.orientations,
        ...(run > 0 && { secondsLeft: left }),
      };
    },
  };
}
