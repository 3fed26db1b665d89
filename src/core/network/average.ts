/**
 * A running mean of the weights over the last 1 / (1 - decay) steps. It lies nearer to the middle of a broad minimum than any single
 * step does (Polyak and Juditsky 1992). Early on it forgets faster, so that the random beginning does not linger.
 * @param step 1 for the first
 * @returns a new vector
 */
export function averageWeights(
  average: Float32Array,
  weights: Float32Array,
  decay: number,
  step: number,
): Float32Array {
  const share = 1 - Math.min(decay, (1 + step) / (10 + step));
  return average.map((mean, i) => mean + share * (weights[i]! - mean));
}
