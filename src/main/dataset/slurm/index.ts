import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, writing } from '@main/files/writing';
import { missingShards, openFolder } from '../folder';
import { shardCount, shardCrystals } from '../layout';
import { countProgress } from '../progress';
import type { Recipe } from '../recipe';
import { simulate, type SimulationOptions } from '../simulate';
import type { Summary } from '../summary';
import { follow } from './follow';
import { batchScript, taskCount, type ScriptParts } from './script';
import { createSlurm, type Slurm } from './slurm';

export interface SlurmOptions extends Pick<SimulationOptions, 'signal' | 'onProgress' | 'workers' | 'launcher'> {
  /** For sbatch: partition, time, memory, cores of a task. */
  readonly sbatch: readonly string[];
  readonly program: Pick<ScriptParts, 'node' | 'cli'>;
  readonly relaxer: ScriptParts['relaxer'];
  readonly pollMs?: number;
  /** For tests. */
  readonly slurm?: Slurm;
}

const POLL_MS = 5000;
/**
 * Makes a set by a Slurm job array, one task for each shard, into a folder that this machine and the cluster's nodes share, and
 * checks and lists it here once every shard is there. Stopped, it cancels its jobs; killed, the jobs go on and the next run
 * follows them. Either way what is whole stays, and only what is missing is submitted.
 * @returns the set's summary, when this run completed the set
 * @throws BraggwatchError slurm-unavailable, slurm-refused, slurm-failed, dataset-differs, disk-full; the signal's reason when stopped
 */
export async function simulateOnSlurm(
  recipe: Recipe,
  folder: string,
  options: SlurmOptions,
): Promise<Summary | undefined> {
  const { sbatch, program, relaxer, signal, onProgress, launcher, workers, pollMs = POLL_MS } = options;
  openFolder(recipe, folder);
  const place = join(folder, 'slurm');
  writing(place, () => mkdirSync(place, { recursive: true }));
  const tasks = taskCount(shardCount(recipe));
  const script = join(place, 'job.sh');
  replaceFile(script, Buffer.from(batchScript({ ...program, folder, relaxer, tasks })));
  chmodSync(script, 0o755);

  const atFirst = missingShards(recipe, folder);
  const counter = countProgress(recipe, undefined, atFirst);
  let open = new Set(atFirst);
  const look = (): void => {
    const now = new Set(missingShards(recipe, folder));
    for (const shard of open)
      if (!now.has(shard)) shardCrystals(recipe, shard).forEach(() => counter.crystal(shard, 0));
    if (now.size !== open.size || now.size === atFirst.length) onProgress?.(counter.now());
    open = now;
  };
  const missing = (): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    for (const shard of open) counts.set((shard % tasks) + 1, (counts.get((shard % tasks) + 1) ?? 0) + 1);
    return counts;
  };
  const slurm = options.slurm ?? createSlurm(place, script, sbatch);
  if (open.size > 0) await follow(slurm, { missing, signal, pollMs, onLook: look });
  // Nothing is missing, so this checks and lists; a shard that turns out damaged is made again here.
  return simulate(recipe, folder, {
    ...(relaxer !== 'none' && { relaxer }),
    ...(signal && { signal }),
    ...(launcher && { launcher }),
    ...(workers !== undefined && { workers }),
  });
}
