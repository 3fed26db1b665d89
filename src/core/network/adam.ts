/** Everything that a training step changes, as flat vectors of all parameters. */
export interface TrainingState {
  readonly weights: Float32Array;
  /** Adam's moments. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Adam's decay rates and guard, Kingma and Ba (2014), as every framework sets them. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * One step of Adam, Algorithm 1 of Kingma and Ba. It stands outside of the graphs, so that a batch can be gone through in parts and
 * every engine takes the same step.
 * @param gradient of the mean loss
 * @param step 1 for the first
 */
export function adamStep(state: TrainingState, gradient: Float32Array, rate: number, step: number): TrainingState {
  const { beta1, beta2, epsilon } = adam;
  const { length } = gradient;
  const next = {
    weights: new Float32Array(length),
    first: new Float32Array(length),
    second: new Float32Array(length),
  };
  const firstScale = rate / (1 - beta1 ** step);
  const secondScale = 1 / (1 - beta2 ** step);
  for (let i = 0; i < length; i++) {
    const g = gradient[i]!;
    const first = beta1 * state.first[i]! + (1 - beta1) * g;
    const second = beta2 * state.second[i]! + (1 - beta2) * g * g;
    next.first[i] = first;
    next.second[i] = second;
    next.weights[i] = state.weights[i]! - (firstScale * first) / (Math.sqrt(second * secondScale) + epsilon);
  }
  return next;
}
