import { Tensor } from 'onnxruntime-node';
import { BraggwatchError } from '@contract/errors';
import { createSession } from './session';
import type { Engine } from './types';

/** Volumes judged in one run: larger batches gain nothing on a CPU and need memory in proportion. */
const LARGEST_BATCH = 8;

interface Shape {
  /** Edge of the cubic volume. */
  readonly size: number;
  readonly classes: readonly string[];
}

/**
 * Judges volumes by onnxruntime on the CPU.
 * @param bytes an ONNX file with input `intensity` (batch x size^3) and output `logits` (batch x classes)
 * @throws BraggwatchError model-invalid when it is none
 */
export async function createOnnxEngine(bytes: Uint8Array, shape: Shape, threads?: number): Promise<Engine> {
  const { size, classes } = shape;
  const session = await createSession(bytes, { threads });
  if (session.inputNames.join() !== 'intensity' || session.outputNames.join() !== 'logits') {
    throw new BraggwatchError(
      'model-invalid',
      `inputs ${session.inputNames.join()}, outputs ${session.outputNames.join()}`,
    );
  }
  const voxels = size ** 3;
  return {
    name: 'onnx/cpu',
    async predict(volumes, count) {
      if (volumes.length !== count * voxels) {
        throw new RangeError(`${volumes.length} voxels are not ${count} volumes of ${size}^3`);
      }
      const logits = new Float32Array(count * classes.length);
      for (let from = 0; from < count; from += LARGEST_BATCH) {
        const batch = Math.min(LARGEST_BATCH, count - from);
        const chunk = volumes.subarray(from * voxels, (from + batch) * voxels);
        const out = await session.run({ intensity: new Tensor('float32', chunk, [batch, size, size, size]) });
        const values = out.logits?.data;
        if (!(values instanceof Float32Array) || values.length !== batch * classes.length) {
          throw new BraggwatchError('model-invalid', 'the logits have another shape than the card says');
        }
        logits.set(values, from * classes.length);
      }
      return logits;
    },
    close: () => session.release(),
  };
}
