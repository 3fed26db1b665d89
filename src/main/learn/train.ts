import { createHash } from 'node:crypto';
import type { NetworkDescription } from '@core/network/description';
import { buildForward } from '@core/network/judging';
import { initialWeights } from '@core/network/initialise';
import { stream } from '@core/random/stream';
import type { Epoch } from '@main/engine/card';
import { createOnnxEngine } from '@main/engine/onnx';
import { createOnnxTraining } from '@main/engine/onnx-training';
import { assembleBatch } from './batch';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint';
import { predictAll, summarise } from './evaluate';
import { rateAt, type TrainingOptions } from './options';
import { indicesOf, type PatternSet } from './patterns';

export interface TrainingControl {
  /** Weights to begin with; new random ones when left out. */
  readonly start?: Float32Array;
  /** File that the training is resumed from and saved to; none: it cannot be resumed. */
  readonly checkpoint?: string;
  readonly checkpointMinutes?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** After every step. */
  readonly onStep?: (progress: {
    readonly epoch: number;
    readonly step: number;
    readonly steps: number;
    readonly loss: number;
  }) => void;
  /** After every epoch. */
  readonly onEpoch?: (epoch: Epoch, weights: Float32Array) => Promise<void> | void;
}

export interface Training {
  /** Of the best epoch. */
  readonly weights: Float32Array;
  readonly best: number;
  readonly curve: readonly Epoch[];
  /** Aborted before the last epoch. */
  readonly stopped: boolean;
}

/** How often the largest of each row of logits is the label's. */
function countRight(logits: Float32Array, labels: readonly number[]): number {
  const classes = logits.length / labels.length;
  return labels.filter((label, n) => {
    const row = logits.subarray(n * classes, (n + 1) * classes);
    return row[label] === Math.max(...row);
  }).length;
}

function startOf(identity: string, weights: Float32Array): Checkpoint {
  const zero = (): Float32Array => new Float32Array(weights.length);
  const counters = { epoch: 0, position: 0, step: 0, lossSum: 0, right: 0 };
  return { identity, ...counters, weights, first: zero(), second: zero(), curve: [], best: null };
}

/**
 * Trains a network (paper, 'Training the network'): Adam, cross-entropy, patterns in random order, the weights of the epoch with the
 * least validation loss kept. Stopped and resumed, it ends with the same weights as in one go.
 * @throws BraggwatchError usage when the checkpoint belongs to another training
 * @throws RangeError when the data set has fewer training patterns than a batch
 */
export async function train(
  patterns: PatternSet,
  network: NetworkDescription,
  options: TrainingOptions,
  control: TrainingControl = {},
): Promise<Training> {
  const training = indicesOf(patterns, 'train');
  const batches = Math.floor(training.length / options.batch);
  if (batches === 0)
    throw new RangeError(`${training.length} training patterns do not fill a batch of ${options.batch}`);
  const start = control.start ?? initialWeights(network, stream(options.seed, 'initial weights').normal);
  const identity = createHash('sha256')
    .update(JSON.stringify([patterns.entries, network, options]))
    .update(new Uint8Array(start.buffer, start.byteOffset, start.byteLength))
    .digest('hex');
  const steps = batches * options.epochs;
  const save = async (): Promise<void> => {
    if (control.checkpoint) await writeCheckpoint(control.checkpoint, now);
  };

  let now = (control.checkpoint && (await readCheckpoint(control.checkpoint, identity))) || startOf(identity, start);
  let saved = Date.now();
  const engine = await createOnnxTraining(network, options.batch, control.threads);
  try {
    while (now.epoch < options.epochs && !control.signal?.aborted) {
      const order = stream(options.seed, 'order', now.epoch).shuffle(training);
      for (let position = now.position; position < batches && !control.signal?.aborted; position++) {
        const indices = order.slice(position * options.batch, (position + 1) * options.batch);
        const batch = await assembleBatch(patterns, indices, network, options, now.epoch, position);
        const result = await engine.step(now, batch, rateAt(options, now.step / steps), now.step + 1);
        const right = countRight(
          result.logits,
          indices.map((index) => patterns.entries[index]!.label),
        );
        now = {
          ...now,
          ...result.state,
          position: position + 1,
          step: now.step + 1,
          lossSum: now.lossSum + result.loss,
          right: now.right + right,
        };
        control.onStep?.({ epoch: now.epoch, step: now.step, steps, loss: result.loss });
        if (Date.now() - saved > (control.checkpointMinutes ?? 2) * 60_000) {
          await save();
          saved = Date.now();
        }
      }
      if (now.position < batches) break;
      now = await closeEpoch(now, batches, patterns, network, options, control);
      await save();
    }
    await save();
  } finally {
    await engine.close();
  }
  const kept = now.best ?? { epoch: now.epoch, weights: now.weights };
  return { weights: kept.weights, best: kept.epoch, curve: now.curve, stopped: now.epoch < options.epochs };
}

/** Validates, records the epoch, keeps the weights when they are the best so far. */
async function closeEpoch(
  now: Checkpoint,
  batches: number,
  patterns: PatternSet,
  network: NetworkDescription,
  options: TrainingOptions,
  control: TrainingControl,
): Promise<Checkpoint> {
  const judge = await createOnnxEngine(buildForward(network, now.weights), network, control.threads);
  const validation = summarise(await predictAll(judge, patterns, indicesOf(patterns, 'validation')), 1);
  await judge.close();
  const epoch: Epoch = {
    epoch: now.epoch,
    rate: rateAt(options, (now.step - 1) / (batches * options.epochs)),
    trainLoss: now.lossSum / batches,
    trainAccuracy: now.right / (batches * options.batch),
    validationLoss: validation.loss,
    validationAccuracy: validation.accuracy,
  };
  await control.onEpoch?.(epoch, now.weights);
  const better = !now.best || validation.loss < now.best.loss;
  return {
    ...now,
    epoch: now.epoch + 1,
    position: 0,
    lossSum: 0,
    right: 0,
    curve: [...now.curve, epoch],
    best: better ? { epoch: now.epoch, loss: validation.loss, weights: now.weights } : now.best,
  };
}
