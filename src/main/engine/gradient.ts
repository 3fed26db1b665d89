import { Tensor, type InferenceSession } from './onnxruntime';
import { maskShapes, parameterCount, type NetworkDescription } from '@core/network/description';
import type { TrainingBatch } from './types';

/** Some volumes of a batch with the weights to judge them by. */
export interface Part extends TrainingBatch {
  readonly count: number;
  readonly weights: Float32Array;
}

/** Loss and gradient are sums over the part's volumes. */
export interface PartGradient {
  readonly loss: number;
  /** count x classes. */
  readonly logits: Float32Array;
  readonly gradient: Float32Array;
}

/** What a thread says instead when it could not. */
export interface PartFailure {
  readonly failed: string;
}

const OUTPUTS = ['loss', 'logits', 'gradient'];

/**
 * Volumes `from` to `from + count` of a batch.
 * @param batch of `size` volumes
 */
export function partOf(batch: TrainingBatch, size: number, from: number, count: number): TrainingBatch {
  const own = <A extends Float32Array | Uint8Array>(all: A): A =>
    all.subarray((from * all.length) / size, ((from + count) * all.length) / size) as A;
  return {
    volumes: own(batch.volumes),
    families: own(batch.families),
    labels: own(batch.labels),
    masks: batch.masks.map(own),
  };
}

/** Runs the gradient's graph over one part. */
export async function gradientOf(
  session: InferenceSession,
  network: NetworkDescription,
  { count, weights, volumes, families, labels, masks }: Part,
): Promise<PartGradient> {
  const { window, classes } = network;
  const feeds: Record<string, Tensor> = {
    intensity: new Tensor('float32', volumes, [count, window, window, window]),
    ...(network.families && { family: new Tensor('float32', families, [count, network.families.length]) }),
    labels: new Tensor('float32', labels, [count, classes.length]),
    weights: new Tensor('float32', weights, [parameterCount(network)]),
  };
  maskShapes(network).forEach((shape, i) => (feeds[`mask${i}`] = new Tensor('uint8', masks[i]!, [count, ...shape])));
  const out = await session.run(feeds, OUTPUTS);
  const read = (name: string): Float32Array => out[name]!.data as Float32Array;
  return { loss: read('loss')[0]!, logits: read('logits'), gradient: read('gradient') };
}
