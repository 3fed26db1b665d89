/**
 * The network in plain double-precision loops, written from its definition and not from the graphs under test.
 * Slow: for volumes of a few voxels.
 */
import { parameters, type NetworkDescription } from '@core/network/description';

/** channels x edge^3 */
interface Maps {
  readonly channels: number;
  readonly edge: number;
  readonly values: Float64Array;
}
const at = ({ edge, values }: Maps, c: number, i: number, j: number, k: number): number =>
  Math.min(i, j, k) < 0 || Math.max(i, j, k) >= edge ? 0 : values[((c * edge + i) * edge + j) * edge + k]!;

function makeMaps(channels: number, edge: number, value: (c: number, i: number, j: number, k: number) => number): Maps {
  const values = new Float64Array(channels * edge ** 3);
  let n = 0;
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < edge; i++)
      for (let j = 0; j < edge; j++) for (let k = 0; k < edge; k++) values[n++] = value(c, i, j, k);
  return { channels, edge, values };
}

function convolve(input: Maps, weight: Float64Array, bias: Float64Array, stride: number): Maps {
  return makeMaps(bias.length, input.edge / stride, (o, i, j, k) => {
    let sum = bias[o]!;
    for (let c = 0; c < input.channels; c++)
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          for (let d = 0; d < 3; d++)
            sum +=
              weight[(((o * input.channels + c) * 3 + a) * 3 + b) * 3 + d]! *
              at(input, c, i * stride + a - 1, j * stride + b - 1, k * stride + d - 1);
    return sum;
  });
}

function pool(input: Maps): Maps {
  return makeMaps(input.channels, input.edge / 2, (c, i, j, k) => {
    let best = -Infinity;
    for (let n = 0; n < 8; n++)
      best = Math.max(best, at(input, c, 2 * i + (n >> 2), 2 * j + ((n >> 1) & 1), 2 * k + (n & 1)));
    return best;
  });
}

/**
 * Logits of one window.
 * @param family the second input, of a network that is told
 * @param masks 0 or 1 per activation of each hidden layer, already of this volume; absent when judging
 */
export function referenceLogits(
  network: NetworkDescription,
  weights: ArrayLike<number>,
  intensity: ArrayLike<number>,
  masks?: readonly ArrayLike<number>[],
  family: readonly number[] = [],
): number[] {
  const parameter = new Map(
    parameters(network).map(({ name, offset, length }) => [
      name,
      Float64Array.from({ length }, (_, i) => weights[offset + i]!),
    ]),
  );
  const activate = (values: Float64Array, layer: number): Float64Array =>
    values.map((v, i) => (v > 0 ? v : 0) * (masks ? masks[layer]![i]! / (1 - network.dropout) : 1));
  let maps: Maps = {
    channels: 1,
    edge: network.window,
    values: Float64Array.from(intensity, (v) =>
      network.compression === 'sqrt' ? Math.sqrt(v) : Math.log1p(v / network.floor) / Math.log1p(1 / network.floor),
    ),
  };
  network.convolutions.forEach((layer, i) => {
    const sum = convolve(maps, parameter.get(`conv${i}.weight`)!, parameter.get(`conv${i}.bias`)!, layer.stride);
    const pooled = layer.pool ? pool(sum) : sum;
    maps = { ...pooled, values: activate(pooled.values, i) };
  });
  let units: Float64Array = Float64Array.from([...maps.values, ...family]);
  const layers = network.dense.length + 1;
  for (let l = 0; l < layers; l++) {
    const weight = parameter.get(`dense${l}.weight`)!;
    const sums = parameter
      .get(`dense${l}.bias`)!
      .map((bias, o, { length }) => units.reduce((sum, v, i) => sum + v * weight[i * length + o]!, bias));
    units = l < layers - 1 ? activate(sums, network.convolutions.length + l) : sums;
  }
  return [...units];
}

/** Categorical cross-entropy of one volume (paper, 'Training the network'). */
export function crossEntropy(logits: readonly number[], label: ArrayLike<number>): number {
  const top = Math.max(...logits);
  const logSum = top + Math.log(logits.reduce((sum, v) => sum + Math.exp(v - top), 0));
  return logits.reduce((sum, v, c) => sum - label[c]! * (v - logSum), 0);
}
