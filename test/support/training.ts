import type { TrainingState } from '@core/network/adam';
import { maskShapes, type NetworkDescription } from '@core/network/description';
import { familyInput } from '@core/network/family';
import { initialWeights } from '@core/network/initialise';
import { stream } from '@core/random/stream';
import type { TrainingBatch } from '@main/engine/types';

/** Weights of a network in which every bias counts too, and Adam's moments at the start. */
export function startOf(network: NetworkDescription): TrainingState {
  const random = stream(3, 'weights of a test');
  const weights = initialWeights(network, random.normal).map((w) => (w === 0 ? 0.1 * random.normal() : w));
  return { weights, first: new Float32Array(weights.length), second: new Float32Array(weights.length) };
}

/** Intensities between 0 and 1, most of them small. */
export function noise(length: number, seed: number): Float32Array {
  const random = stream(seed, 'volumes of a test');
  return Float32Array.from({ length }, () => random.uniform() ** 4);
}

/** A batch of noise, its classes in turn, its dropout masks drawn. */
export function trainingBatch(network: NetworkDescription, size: number, seed: number): TrainingBatch {
  const random = stream(seed, 'masks of a test');
  const classes = network.classes.length;
  return {
    volumes: noise(size * network.window ** 3, seed),
    families: familyInput(
      network,
      size,
      Array.from({ length: size }, () => network.families?.[random.integer(network.families.length + 1)]),
    ),
    labels: Float32Array.from({ length: size * classes }, (_, i) =>
      i % classes === Math.floor(i / classes) % classes ? 1 : 0,
    ),
    masks: maskShapes(network).map((shape) =>
      Uint8Array.from({ length: size * shape.reduce((a, b) => a * b, 1) }, () =>
        random.uniform() < network.dropout ? 0 : 1,
      ),
    ),
  };
}
