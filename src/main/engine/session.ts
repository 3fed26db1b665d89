import { availableParallelism } from 'node:os';
import { InferenceSession } from 'onnxruntime-node';
import { BraggwatchError } from '@contract/errors';

/**
 * An ONNX graph ready to run on the CPU, on all cores.
 * @throws BraggwatchError model-invalid when onnxruntime cannot read it
 */
export async function createSession(bytes: Uint8Array, threads = availableParallelism()): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Errors only: what onnxruntime warns of here is its own doing.
      logSeverityLevel: 3,
    });
  } catch (cause) {
    throw new BraggwatchError('model-invalid', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
