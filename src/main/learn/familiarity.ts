import { augment } from '@core/augment/augment';
import { stream } from '@core/random/stream';
import { describe } from '@core/verdict/descriptors';
import { learnFamiliarity, type Familiarity, type Portrait } from '@core/verdict/novelty';
import type { Engine } from '@main/engine/types';
import { spreadOver } from './choose';
import type { TrainingOptions } from './options';
import { indicesOf, truthOf, type PatternSet } from './patterns';

/** More patterns do not make the covariance of some sixty features better by anything that matters. */
const LARGEST = { train: 1500, validation: 750 };
const VOXELS = 64 ** 3;

/** How the network and a physicist see patterns of one part, each as it is and as training would show it. */
async function portraits(
  engine: Engine,
  patterns: PatternSet,
  part: 'train' | 'validation',
  options: TrainingOptions,
  classes: readonly string[],
): Promise<Portrait[]> {
  const seen: Portrait[] = [];
  // Patterns are in the order of their crystals.
  for (const index of spreadOver(indicesOf(patterns, part, classes), LARGEST[part])) {
    const pair = new Float32Array(2 * VOXELS);
    const { family } = patterns.entries[index]!;
    const plain = await patterns.read(index);
    pair.set(plain);
    augment(plain, 64, options.augmentation, stream(options.seed, 'familiarity', index), pair.subarray(VOXELS));
    const { features } = await engine.portray(pair, 2, [family, family]);
    if (!features) throw new RangeError('the model gives no features');
    const label = truthOf(patterns, index, classes);
    for (const n of [0, 1]) {
      const volume = describe(pair.subarray(n * VOXELS, (n + 1) * VOXELS));
      seen.push({
        features: features.slice((n * features.length) / 2, ((n + 1) * features.length) / 2),
        volume,
        label,
      });
    }
  }
  return seen;
}

/** @returns undefined where there are no validation patterns to set the threshold by */
export async function measureFamiliarity(
  engine: Engine,
  patterns: PatternSet,
  options: TrainingOptions,
  classes: readonly string[],
): Promise<Familiarity | undefined> {
  const validation = await portraits(engine, patterns, 'validation', options, classes);
  if (validation.length === 0) return undefined;
  return learnFamiliarity(await portraits(engine, patterns, 'train', options, classes), validation);
}
