import { BraggwatchError } from '@contract/errors';
import type { NetworkDescription } from '@core/network/description';
import { readWeights } from '@core/network/weights';
import { CPU, type EngineChoice } from './choice';
import { createOnnxEngine } from './onnx';
import { createOnnxTraining } from './onnx-training';
import type { Engine, TrainingEngine } from './types';

/** TensorFlow's modules are loaded when asked for: nobody else should pay for them. */
const tensorflow = async () => {
  const [{ loadTensorflow }, predict, training] = await Promise.all([
    import('./tensorflow/load'),
    import('./tensorflow/predict'),
    import('./tensorflow/training'),
  ]);
  return { tf: await loadTensorflow(), ...predict, ...training };
};

/** What of a model an engine is made from. */
export interface Judgeable {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly card: { readonly network: NetworkDescription; readonly spins: 1 | 8 };
}

/**
 * A model, ready to judge by.
 * @throws BraggwatchError model-invalid, engine-unavailable
 */
export async function createEngine(
  { bytes, card }: Judgeable,
  choice: EngineChoice = CPU,
  threads?: number,
): Promise<Engine> {
  if (choice.engine === 'onnx') return createOnnxEngine(bytes, card.network, threads, choice.provider);
  const { tf, createTensorflowEngine } = await tensorflow();
  let weights: Float32Array;
  try {
    weights = readWeights(bytes, card.network);
  } catch (cause) {
    throw new BraggwatchError('model-invalid', 'the weights are not those of the card’s network', { cause });
  }
  return createTensorflowEngine(tf, card.network, weights, card.spins);
}

/**
 * A network, ready to be trained.
 * @throws BraggwatchError engine-unavailable
 */
export async function createTraining(
  network: NetworkDescription,
  choice: EngineChoice = CPU,
  threads?: number,
): Promise<TrainingEngine> {
  if (choice.engine === 'onnx') return createOnnxTraining(network, threads, choice.provider);
  const { tf, createTensorflowTraining } = await tensorflow();
  return createTensorflowTraining(tf, network);
}
