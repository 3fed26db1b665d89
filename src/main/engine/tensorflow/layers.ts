import type { Tensor, Tensor1D, Tensor2D, Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { parameters, type NetworkDescription } from '@core/network/description';
import type { Tensorflow } from './load';

/** Channels first, as our weights and masks lie, to channels last, as TensorFlow wants them, and back. */
const LAST = [0, 2, 3, 4, 1];
const FIRST = [0, 4, 1, 2, 3];
const ONE: [number, number] = [1, 1];
const NONE: [number, number] = [0, 0];

function compress(tf: Tensorflow, { compression, floor }: NetworkDescription, windows: Tensor4D): Tensor5D {
  const positive = tf.relu(windows).expandDims<Tensor5D>(4);
  if (compression === 'sqrt') return tf.sqrt(positive);
  return tf.mul(tf.log(tf.add(tf.mul(positive, 1 / floor), 1)), 1 / Math.log(1 + 1 / floor));
}

/** Every parameter in its shape, cut out of the flat vector, so that a gradient flows back into it. */
function shaped(network: NetworkDescription, weights: Tensor1D): (name: string) => Tensor {
  const pieces = new Map(
    parameters(network).map(({ name, shape, offset, length }) => [
      name,
      weights.slice([offset], [length]).reshape([...shape]),
    ]),
  );
  return (name) => pieces.get(name)!;
}

/**
 * The network's layers, as `core/network/forward` has them.
 * @param weights the flat vector of all parameters
 * @param windows batch x window^3
 * @param family batch x families, of a network that is told of them
 * @param masks scaled by 1 / (1 - rate), batch x {@link maskShapes}; none when judging
 * @returns batch x classes, and batch x what the output layer sees
 */
export function forward(
  tf: Tensorflow,
  network: NetworkDescription,
  weights: Tensor1D,
  windows: Tensor4D,
  family: Tensor2D | undefined,
  masks: readonly Tensor[] = [],
): { readonly logits: Tensor2D; readonly features: Tensor2D } {
  const parameter = shaped(network, weights);
  let volumes = compress(tf, network, windows);
  network.convolutions.forEach(({ stride, pool }, i) => {
    const kernel = tf.transpose(parameter(`conv${i}.weight`) as Tensor5D, [2, 3, 4, 1, 0]);
    // Padded by hand: under a stride of 2, 'same' pads on the far side alone.
    const padded = tf.pad(volumes, [NONE, ONE, ONE, ONE, NONE]);
    let sums: Tensor5D = tf.add(tf.conv3d(padded, kernel, stride, 'valid'), parameter(`conv${i}.bias`));
    if (pool) sums = tf.maxPool3d(sums, 2, 2, 'valid');
    volumes = tf.relu(sums);
    const mask = masks[i];
    if (mask) volumes = tf.mul(volumes, tf.transpose(mask, LAST));
  });
  let units: Tensor2D = tf.transpose(volumes, FIRST).reshape([volumes.shape[0], -1]);
  if (family) units = tf.concat([units, family], 1);
  let features = units;
  [...network.dense, network.classes.length].forEach((_, i) => {
    features = units;
    units = tf.add(tf.matMul(units, parameter(`dense${i}.weight`) as Tensor2D), parameter(`dense${i}.bias`));
    if (i === network.dense.length) return;
    units = tf.relu(units);
    const mask = masks[network.convolutions.length + i];
    if (mask) units = tf.mul(units, mask);
  });
  return { logits: units, features };
}
