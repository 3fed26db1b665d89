import { augment, type AugmentationOptions } from '@core/augment/augment';
import { stream } from '@core/random/stream';
import type { PatternSet } from './patterns';

const SIZE = 64;

/**
 * The same patterns as a detector and the reduction might deliver them: one variant each, always the same. What a network is
 * validated and calibrated on, since it is not for clean patterns that it is made.
 */
export function exposed(patterns: PatternSet, options: AugmentationOptions, seed: number): PatternSet {
  return {
    entries: patterns.entries,
    async read(index) {
      const out = new Float32Array(SIZE ** 3);
      augment(await patterns.read(index), SIZE, options, stream(seed, 'exposed', index), out);
      return out;
    },
  };
}
