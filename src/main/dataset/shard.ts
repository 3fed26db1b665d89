import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Vec3 } from '@core/math/vector';
import type { Scatterer } from '@core/scatter/nufft';
import { viewCrystal } from './crystal';
import { beginFile } from '@main/files/writing';
import { patternsBytes, patternsHeader, patternsName, shardCrystals } from './layout';
import { measurePattern } from './measured/measure';
import { makePattern } from './pattern';
import { viewOf, type Assignment } from './plan';
import { readyCrystal } from './ready';
import type { Recipe } from './recipe';
import { isVaried, kindsOf } from './kinds';
import { noSeconds, writeRecord, type Discarded, type Seconds } from './record';
import type { RelaxerSession } from './relaxer-session';

/** What makes one worker's shards. */
export interface ShardContext {
  readonly recipe: Recipe;
  readonly folder: string;
  readonly assignments: readonly Assignment[];
  readonly scatterer: Scatterer;
  /** Absent: crystals are not relaxed. */
  readonly session?: RelaxerSession | undefined;
}

/** A shard under way; crystals are made one by one so that whoever asks for them can stop and tell how far it is. */
export interface ShardInProgress {
  /** Makes the next crystal and all its patterns; after the last one the shard is whole. */
  next(signal?: AbortSignal): Promise<{ readonly discarded: number; readonly done: boolean }>;
  /** Gives up what is not whole. */
  abandon(): void;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Begins a shard: its patterns go to the disk as they are made, beside their place until all are there. */
export function beginShard(context: ShardContext, shard: number): ShardInProgress {
  const { recipe, folder, assignments, scatterer, session } = context;
  const members = shardCrystals(recipe, shard);
  const begun = Date.now();
  const file = patternsName(recipe, shard);
  const pending = beginFile(join(folder, file));
  const hash = createHash('sha256');
  const crystals: Record<string, unknown>[] = [];
  const manifest: Record<string, unknown>[] = [];
  const discarded: Discarded[] = [];
  const seconds: Seconds = { ...noSeconds };

  const write = (bytes: Uint8Array): void => {
    const from = performance.now();
    pending.append(bytes);
    hash.update(bytes);
    seconds.write += (performance.now() - from) / 1000;
  };
  write(patternsHeader(recipe, shard));

  const finish = (): void => {
    pending.finish();
    const patterns = { file, bytes: patternsBytes(recipe, shard), sha256: hash.digest('hex') };
    writeRecord(recipe, folder, {
      ...{ shard, patterns, crystals, manifest, discarded, seconds },
      time: [begun, Date.now()],
    });
  };

  return {
    abandon: () => pending.abandon(),
    async next(signal) {
      const number = members[crystals.length]!;
      const ready = await readyCrystal(recipe, number, assignments[number]!, session, seconds, signal);
      const { plan, crystal, relaxation } = ready;
      const { split, element } = plan;
      let seen = viewCrystal(recipe, plan, crystal);
      let view = 0;
      let offset: Vec3 = [0, 0, 0];
      for (let orientation = 0; orientation < recipe.orientations; orientation++) {
        // A process whose parent has gone learns of it here.
        await setImmediate();
        signal?.throwIfAborted();
        const from = performance.now();
        if (viewOf(recipe, orientation) !== view) {
          view = viewOf(recipe, orientation);
          seen = viewCrystal(recipe, plan, crystal, view);
          offset = [0, 0, 0];
        }
        const scattering = { ...seen.crystal, crystal: number, element };
        const made = recipe.measured
          ? { ...measurePattern(recipe, recipe.measured, scattering, orientation, scatterer), offset }
          : makePattern(recipe, scattering, orientation, scatterer, offset);
        seconds.scatter += (performance.now() - from) / 1000;
        write(bytesOf(made.intensity));
        const { label, hkl, strainRad } = seen.plan;
        const ofView = recipe.reflectionsPerCrystal === undefined ? {} : { view, hkl, strainRad };
        const kinds = isVaried(recipe) && kindsOf(seen.plan, crystal, relaxation);
        manifest.push({ crystal: number, label, split, ...ofView, ...kinds, ...made.facts });
        offset = made.offset;
      }
      const { positions, g, sizeAngstrom, line, point, poisson, depth, extent } = crystal;
      const varied = isVaried(recipe) && { poisson, depth, extent };
      crystals.push({
        ...plan,
        atoms: positions.length / 3,
        ...{ g, sizeAngstrom, line, point },
        ...varied,
        seed: recipe.seed,
        ...(relaxation && { relaxation, discarded: ready.discarded.map(({ reason }) => reason) }),
      });
      discarded.push(...ready.discarded);
      const done = crystals.length === members.length;
      if (done) finish();
      return { discarded: ready.discarded.length, done };
    },
  };
}
