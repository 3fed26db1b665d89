import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { augment } from '@core/augment/augment';
import { maskShapes, type NetworkDescription } from '@core/network/description';
import { familyInput } from '@core/network/family';
import { stream } from '@core/random/stream';
import type { TrainingBatch } from '@main/engine/types';
import type { TrainingOptions } from './options';
import { targetOf, type PatternSet } from './patterns';

/**
 * Which activations one step keeps.
 * @param seed draws the same masks for the same step
 * @returns one array per hidden layer, 1 = kept, batch x activations
 */
function dropoutMasks(network: NetworkDescription, batch: number, seed: number): Uint8Array[] {
  const generator = xoroshiro128plus(seed);
  const silenced = Math.round(network.dropout * 256);
  return maskShapes(network).map((shape) => {
    const kept = new Uint8Array(batch * shape.reduce((a, b) => a * b, 1));
    // Four activations of each random word: millions are needed for every step.
    for (let i = 0; i < kept.length; i += 4) {
      const word = uniformInt(generator, -0x80000000, 0x7fffffff);
      for (let b = 0; b < 4; b++) kept[i + b] = ((word >>> (8 * b)) & 255) < silenced ? 0 : 1;
    }
    return kept;
  });
}

/**
 * One batch, wholly determined by the seed, the epoch and the position in it.
 * @param indices of the patterns
 * @param position of the batch in its epoch
 */
export async function assembleBatch(
  patterns: PatternSet,
  indices: readonly number[],
  network: NetworkDescription,
  options: Pick<TrainingOptions, 'seed' | 'augmentation' | 'unknown' | 'mixed'>,
  epoch: number,
  position: number,
): Promise<TrainingBatch> {
  const voxels = network.window ** 3;
  const volumes = new Float32Array(indices.length * voxels);
  const classes = network.classes.length;
  const labels = new Float32Array(indices.length * classes);
  const told = stream(options.seed, 'family', epoch, position);
  const families = indices.map((index) =>
    told.uniform() < options.unknown ? undefined : patterns.entries[index]!.family,
  );
  for (const [n, index] of indices.entries()) {
    const random = stream(options.seed, 'augment', epoch, position, n);
    const out = volumes.subarray(n * voxels, (n + 1) * voxels);
    augment(await patterns.read(index), network.size, options.augmentation, random, out);
    labels.set(targetOf(patterns, index, network.classes, options.mixed), n * classes);
  }
  const maskSeed = stream(options.seed, 'dropout', epoch, position).integer(2 ** 31);
  return {
    volumes,
    families: familyInput(network, indices.length, families),
    labels,
    masks: dropoutMasks(network, indices.length, maskSeed),
  };
}
