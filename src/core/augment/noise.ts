import { poisson } from '@core/random/poisson';

/**
 * A quick generator for one number per voxel, where a seeded stream would take longer than the network: mulberry32
 * (T. Ettinger, public domain), 2^32 numbers long.
 * @returns draws from [0, 1)
 */
export function quickUniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Replaces each expected intensity by a Poisson count, in place.
 * @param counts expected counts where the volume is 1
 * @param background expected counts where it is 0
 */
export function countPhotons(volume: Float32Array, counts: number, background: number, uniform: () => number): void {
  for (let i = 0; i < volume.length; i++) {
    const mean = volume[i]! * counts + background;
    // From 10 on, Hoermann's rejection; below, inversion, written out because this loop is most of a pattern's cost.
    if (mean >= 10) {
      volume[i] = poisson(mean, uniform);
      continue;
    }
    const u = uniform();
    let count = 0;
    // Nearly all voxels are nearly empty, and exp(-mean) is at least 1 - mean: no need of the exponential there.
    if (u >= 1 - mean) {
      let probability = Math.exp(-mean);
      let rest = u - probability;
      while (rest >= 0 && probability > 0) {
        count++;
        probability *= mean / count;
        rest -= probability;
      }
    }
    volume[i] = count;
  }
}
