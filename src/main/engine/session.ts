import { availableParallelism } from 'node:os';
import { InferenceSession } from './onnxruntime';
import { BraggwatchError } from '@contract/errors';
import type { Provider } from './choice';

export interface SessionOptions {
  /** All cores when left out. */
  readonly threads?: number | undefined;
  /**
   * For hours of work beside other programs: threads sleep when they have nothing to do, instead of turning in circles for a while.
   * With every core taken by others, a training step takes two thirds of the processor time then.
   */
  readonly patient?: boolean;
  readonly provider?: Provider | undefined;
}

/**
 * An ONNX graph ready to run.
 * @throws BraggwatchError model-invalid when onnxruntime cannot read it
 */
export async function createSession(bytes: Uint8Array, options: SessionOptions = {}): Promise<InferenceSession> {
  const { threads = availableParallelism(), patient = false, provider = 'cpu' } = options;
  try {
    return await InferenceSession.create(bytes, {
      // What a GPU has no operator for, the CPU does.
      executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Errors only: what onnxruntime warns of here is its own doing.
      logSeverityLevel: 3,
      ...(patient && { extra: { session: { intra_op: { allow_spinning: '0' } } } }),
    });
  } catch (cause) {
    throw new BraggwatchError('model-invalid', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
