import { Tensor } from './onnxruntime';
import { BraggwatchError } from '@contract/errors';
import type { Provider } from './choice';
import { createSession } from './session';
import { familyInput, type Families } from '@core/network/family';
import type { Engine } from './types';

/** Volumes judged in one run: larger batches gain nothing on a CPU and need memory in proportion. */
const LARGEST_BATCH = 8;

interface Shape {
  /** Edge of the cubic volume. */
  readonly size: number;
  readonly classes: readonly string[];
  /** Of a network that is told of them. */
  readonly families?: readonly string[] | undefined;
}

/**
 * Judges volumes by onnxruntime.
 * @param bytes an ONNX file with input `intensity` (batch x size^3), `family` where the network is told of families, and output `logits` (batch x classes), perhaps also `features`
 * @throws BraggwatchError model-invalid when it is none
 */
export async function createOnnxEngine(
  bytes: Uint8Array,
  shape: Shape,
  threads?: number,
  provider: Provider = 'cpu',
): Promise<Engine> {
  const { size, classes, families: known } = shape;
  const inputs = known ? 'intensity,family' : 'intensity';
  const session = await createSession(bytes, { threads, provider });
  const outputs = session.outputNames.join();
  if (session.inputNames.join() !== inputs || !['logits', 'logits,features'].includes(outputs)) {
    throw new BraggwatchError('model-invalid', `inputs ${session.inputNames.join()}, outputs ${outputs}`);
  }
  const voxels = size ** 3;

  /** The wanted outputs of all volumes, one array each. */
  const run = async (
    volumes: Float32Array,
    count: number,
    families: Families | undefined,
    wanted: readonly string[],
  ): Promise<Float32Array[]> => {
    if (volumes.length !== count * voxels) {
      throw new RangeError(`${volumes.length} voxels are not ${count} volumes of ${size}^3`);
    }
    const parts: Float32Array[][] = wanted.map(() => []);
    for (let from = 0; from < count; from += LARGEST_BATCH) {
      const batch = Math.min(LARGEST_BATCH, count - from);
      const chunk = volumes.subarray(from * voxels, (from + batch) * voxels);
      const told = known && familyInput(shape, batch, families?.slice(from, from + batch));
      const feeds = {
        intensity: new Tensor('float32', chunk, [batch, size, size, size]),
        ...(told && { family: new Tensor('float32', told, [batch, known.length]) }),
      };
      const out = await session.run(feeds, wanted);
      wanted.forEach((name, i) => {
        const values = out[name]?.data;
        if (!(values instanceof Float32Array) || (name === 'logits' && values.length !== batch * classes.length)) {
          throw new BraggwatchError('model-invalid', `the ${name} have another shape than the card says`);
        }
        parts[i]!.push(values);
      });
    }
    return parts.map(join);
  };
  return {
    name: `onnx/${provider}`,
    predict: async (volumes, count, families) => (await run(volumes, count, families, ['logits']))[0]!,
    async portray(volumes, count, families) {
      const [logits, features] = await run(volumes, count, families, session.outputNames);
      return { logits: logits!, features };
    },
    close: () => session.release(),
  };
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}
