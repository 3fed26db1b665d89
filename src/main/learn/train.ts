import { createHash } from 'node:crypto';
import type { Epoch, Evaluation } from '@contract/training';
import { averageWeights } from '@core/network/average';
import type { NetworkDescription } from '@core/network/description';
import { buildForward } from '@core/network/judging';
import { initialWeights } from '@core/network/initialise';
import { stream } from '@core/random/stream';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine, createTraining } from '@main/engine/create';
import type { TrainingBatch } from '@main/engine/types';
import { assembleBatch } from './batch';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint';
import { predictAll, summarise } from './evaluate';
import { rateAt, type TrainingOptions } from './options';
import { indicesOf, truthOf, type PatternSet } from './patterns';

export interface StepProgress {
  readonly epoch: number;
  /** Steps done of those of all epochs. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Of this epoch so far. */
  readonly meanLoss: number;
  readonly accuracy: number;
}

export interface TrainingControl {
  /** Weights to begin with; new random ones when left out. */
  readonly start?: Float32Array;
  /** File that the training is resumed from and saved to; none: it cannot be resumed. */
  readonly checkpoint?: string;
  readonly checkpointMinutes?: number;
  readonly threads?: number;
  /** onnxruntime on the CPU when left out. */
  readonly engine?: EngineChoice;
  readonly signal?: AbortSignal;
  /** Ends the training after the step under way, for good: the best epoch so far is what comes of it. */
  readonly finish?: AbortSignal;
  /** Before every step: waits while something more urgent is done. */
  readonly turn?: () => Promise<void>;
  /** Before the first step, with what a former run did. */
  readonly onBegin?: (from: {
    readonly curve: readonly Epoch[];
    readonly step: number;
    readonly steps: number;
  }) => Promise<void> | void;
  /** After every step. */
  readonly onStep?: (progress: StepProgress) => void;
  /** After every epoch. */
  readonly onEpoch?: (epoch: Epoch, weights: Float32Array) => Promise<void> | void;
}

export interface Training {
  /** Of the best epoch. */
  readonly weights: Float32Array;
  readonly best: number;
  /** They are the running mean. */
  readonly averaged: boolean;
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

function startOf(identity: string, weights: Float32Array, average: Float32Array | null): Checkpoint {
  const zero = (): Float32Array => new Float32Array(weights.length);
  const counters = { epoch: 0, position: 0, step: 0, lossSum: 0, right: 0 };
  return { identity, ...counters, weights, first: zero(), second: zero(), curve: [], average, best: null };
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
  const training = indicesOf(patterns, 'train', network.classes);
  const batches = Math.floor(training.length / options.batch);
  if (batches === 0)
    throw new RangeError(`${training.length} training patterns do not fill a batch of ${options.batch}`);
  const start = control.start ?? initialWeights(network, stream(options.seed, 'initial weights').normal);
  const identity = createHash('sha256')
    .update(
      JSON.stringify([patterns.entries, network, options, ...(patterns.sources ?? []).map(({ sha256 }) => sha256)]),
    )
    .update(new Uint8Array(start.buffer, start.byteOffset, start.byteLength))
    .digest('hex');
  const steps = batches * options.epochs;
  const save = async (): Promise<void> => {
    if (control.checkpoint) await writeCheckpoint(control.checkpoint, now);
  };

  const decay = options.average;
  let now =
    (control.checkpoint && (await readCheckpoint(control.checkpoint, identity))) ||
    startOf(identity, start, decay === undefined ? null : start);
  let saved = Date.now();
  const engine = await createTraining(network, control.engine, control.threads);
  const stopping = (): boolean => Boolean(control.signal?.aborted || control.finish?.aborted);
  try {
    await control.onBegin?.({ curve: now.curve, step: now.step, steps });
    while (!finished(now, options) && !stopping()) {
      const order = stream(options.seed, 'order', now.epoch).shuffle(training);
      const { epoch } = now;
      const indicesAt = (position: number): number[] =>
        order.slice(position * options.batch, (position + 1) * options.batch);
      const assemble = (position: number): Promise<TrainingBatch> =>
        assembleBatch(patterns, indicesAt(position), network, options, epoch, position);
      let coming: TrainingBatch | undefined;
      for (let position = now.position; position < batches && !stopping(); position++) {
        await control.turn?.();
        if (stopping()) break;
        const batch = coming ?? (await assemble(position));
        const indices = indicesAt(position);
        // The next batch is put together while the engine's threads are at this one.
        const [result, next] = await Promise.all([
          engine.step(now, batch, rateAt(options, now.step / steps), now.step + 1),
          position + 1 < batches ? assemble(position + 1) : undefined,
        ]);
        coming = next;
        const right = countRight(
          result.logits,
          indices.map((index) => truthOf(patterns, index, network.classes)),
        );
        now = {
          ...now,
          ...result.state,
          position: position + 1,
          step: now.step + 1,
          average:
            decay === undefined || !now.average
              ? null
              : averageWeights(now.average, result.state.weights, decay, now.step + 1),
          lossSum: now.lossSum + result.loss,
          right: now.right + right,
        };
        control.onStep?.({
          ...{ epoch: now.epoch, step: now.step, steps, loss: result.loss },
          meanLoss: now.lossSum / now.position,
          accuracy: now.right / (now.position * options.batch),
        });
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
  const kept = now.best ?? { epoch: now.epoch, weights: now.weights, averaged: false };
  return {
    weights: kept.weights,
    best: kept.epoch,
    averaged: kept.averaged,
    curve: now.curve,
    stopped: !finished(now, options) && !(control.finish?.aborted && now.best !== null),
  };
}

/** At the last epoch, or when the validation loss has not fallen for as long as one would wait. */
const finished = ({ epoch, best }: Checkpoint, { epochs, patience = Infinity }: TrainingOptions): boolean =>
  epoch >= epochs || (best !== null && epoch - 1 - best.epoch >= patience);

/** Validates, records the epoch, keeps the weights or their mean when they are the best so far. */
async function closeEpoch(
  now: Checkpoint,
  batches: number,
  patterns: PatternSet,
  network: NetworkDescription,
  options: TrainingOptions,
  control: TrainingControl,
): Promise<Checkpoint> {
  const validate = async (weights: Float32Array): Promise<Evaluation> => {
    const model = { bytes: buildForward(network, weights), card: { network, spins: 1 as const } };
    const judge = await createEngine(model, control.engine, control.threads);
    const { classes } = network;
    const outcomes = await predictAll(
      judge,
      patterns,
      indicesOf(patterns, 'validation', classes),
      classes,
      options.mixed,
    );
    await judge.close();
    return summarise(outcomes, 1, classes.length);
  };
  const own = await validate(now.weights);
  const mean = now.average && (await validate(now.average));
  const epoch: Epoch = {
    epoch: now.epoch,
    rate: rateAt(options, (now.step - 1) / (batches * options.epochs)),
    trainLoss: now.lossSum / batches,
    trainAccuracy: now.right / (batches * options.batch),
    validationLoss: own.loss,
    validationAccuracy: own.accuracy,
    ...(mean && { averageLoss: mean.loss, averageAccuracy: mean.accuracy }),
  };
  const averaged = mean !== null && mean.loss < own.loss;
  const weights = averaged && now.average ? now.average : now.weights;
  const loss = averaged ? mean.loss : own.loss;
  await control.onEpoch?.(epoch, weights);
  return {
    ...now,
    epoch: now.epoch + 1,
    position: 0,
    lossSum: 0,
    right: 0,
    curve: [...now.curve, epoch],
    best: !now.best || loss < now.best.loss ? { epoch: now.epoch, loss, weights, averaged } : now.best,
  };
}
