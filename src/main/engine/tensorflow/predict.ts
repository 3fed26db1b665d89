import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { NetworkDescription } from '@core/network/description';
import { familyInput, type Families } from '@core/network/family';
import type { Engine, Prediction } from '../types';
import { forward } from './layers';
import type { Tensorflow } from './load';

const LARGEST_BATCH = 8;

/** The central cube of each volume, mirrored or not across each of the axes 1 and 2, as `core/network/judging` cuts it. */
function cut(tf: Tensorflow, { size, window }: NetworkDescription, volumes: Tensor4D, mirrored: boolean[]): Tensor4D {
  const from = (size - window) / 2;
  const starts = [false, ...mirrored].map((mirror) => (mirror ? from + 1 : from));
  const windows = tf.slice(volumes, [0, ...starts], [-1, window, window, window]);
  const axes = mirrored.flatMap((mirror, n) => (mirror ? [n + 2] : []));
  return axes.length > 0 ? tf.reverse(windows, axes) : windows;
}

function variants(tf: Tensorflow, network: NetworkDescription, volumes: Tensor4D, spins: number): Tensor4D[] {
  if (spins === 1) return [cut(tf, network, volumes, [false, false])];
  const sides = [false, true];
  const windows = sides.flatMap((a) => sides.map((b) => cut(tf, network, volumes, [a, b])));
  return [...windows, ...windows.map((window) => tf.transpose(window, [0, 1, 3, 2]))];
}

/**
 * Judges volumes by TensorFlow.
 * @param weights the flat vector of all parameters, e.g. from an ONNX file by `readWeights`
 * @param spins as the model's card says
 */
export function createTensorflowEngine(
  tf: Tensorflow,
  network: NetworkDescription,
  weights: Float32Array,
  spins: 1 | 8,
): Engine {
  const { size, families: known } = network;
  const flat = tf.tensor1d(weights);
  const voxels = size ** 3;
  const mean = (parts: Tensor2D[]): Tensor2D => tf.mean<Tensor2D>(tf.stack(parts), 0);

  const run = async (
    volumes: Float32Array,
    count: number,
    families?: Families,
  ): Promise<[Float32Array, Float32Array]> => {
    if (volumes.length !== count * voxels) {
      throw new RangeError(`${volumes.length} voxels are not ${count} volumes of ${size}^3`);
    }
    const parts: [Tensor2D, Tensor2D][] = [];
    for (let from = 0; from < count; from += LARGEST_BATCH) {
      const batch = Math.min(LARGEST_BATCH, count - from);
      const chunk = volumes.subarray(from * voxels, (from + batch) * voxels);
      const pair = tf.tidy<[Tensor2D, Tensor2D]>(() => {
        const tensor = tf.tensor4d(chunk, [batch, size, size, size]);
        const rows = familyInput(network, batch, families?.slice(from, from + batch));
        const told = known && tf.tensor2d(rows, [batch, known.length]);
        const seen = variants(tf, network, tensor, spins).map((windows) => forward(tf, network, flat, windows, told));
        return [mean(seen.map(({ logits }) => logits)), mean(seen.map(({ features }) => features))];
      });
      parts.push(pair);
    }
    const read = async (side: 0 | 1): Promise<Float32Array> => {
      const all: Tensor = tf.concat(parts.map((pair) => pair[side]));
      const values = (await all.data()) as Float32Array;
      tf.dispose(all);
      return values;
    };
    const out: [Float32Array, Float32Array] = [await read(0), await read(1)];
    tf.dispose(parts);
    return out;
  };
  return {
    name: `tensorflow/${tf.getBackend()}`,
    predict: async (volumes, count, families) => (await run(volumes, count, families))[0],
    async portray(volumes, count, families): Promise<Prediction> {
      const [logits, features] = await run(volumes, count, families);
      return { logits, features };
    },
    close: () => Promise.resolve(tf.dispose(flat)),
  };
}
