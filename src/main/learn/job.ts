import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import type { Evaluation } from '@contract/training';
import { networkNamed, networks, type NetworkDescription } from '@core/network/description';
import { SPINS } from '@core/network/judging';
import { vary } from '@core/network/variant';
import { initialWeights } from '@core/network/initialise';
import { adoptWeights } from '@core/network/adopt';
import { readWeights } from '@core/network/weights';
import { stream } from '@core/random/stream';
import { modelNameSchema, type ModelCard } from '@main/engine/card';
import { modelFolder, readModel, type Model } from '@main/engine/model';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine } from '@main/engine/create';
import { predictAll, summarise } from './evaluate';
import { exportModel } from './export';
import { openDataSets, type OpenedSets, type Origin } from './join';
import { trainingOptionsSchema } from './options';
import { indicesOf, unsuited, untold, type PatternEntry } from './patterns';
import { readRecord, removeRecord, writeRecord, type TrainingRecord } from './record';
import { train, type TrainingControl } from './train';

export interface TrainJob {
  /** Folder of the data set, or of several that are taken as one. */
  readonly dataset: string | readonly string[];
  /** Folder of the model; its last part is the model's name. */
  readonly out: string;
  /** One of the networks' names. */
  readonly network: string;
  /** See {@link trainingOptionsSchema}; what is left out has its default. */
  readonly options?: unknown;
  /** Go on from where a former run of the same job stopped. */
  readonly resume?: boolean;
  /** Model to begin with, of the same network or of one with the same convolutions: a shipped model's name or a folder's path. Random weights when left out. */
  readonly start?: string;
  readonly summary?: string;
  readonly provisional?: string | null;
}

export interface JobControl extends Omit<TrainingControl, 'checkpoint' | 'start' | 'onBegin'> {
  /**
   * Once they are open.
   * @param untold patterns that are left out, since the network does not tell their class
   */
  readonly onSets?: (sets: readonly Origin[], untold: number) => void;
  /** With what a former run did, before the first step. */
  readonly onBegin?: (record: TrainingRecord) => void;
  /** When the last step is taken: what is left is to calibrate, test and write the model. */
  readonly onExport?: () => void;
}

/** The file that a training is gone on with from. */
export const checkpointIn = (out: string): string => join(out, 'checkpoint');

/** Of a model of the same network all weights; of one with the same convolutions those, the rest random. */
function weightsOf({ card, bytes }: Model, network: NetworkDescription, seed: number): Float32Array {
  try {
    const own = readWeights(bytes, card.network);
    const fresh = initialWeights(network, stream(seed, 'initial weights').normal);
    return adoptWeights(own, card.network, network, fresh);
  } catch (cause) {
    throw new BraggwatchError('usage', `${card.name} is no ${network.name} network`, { cause });
  }
}

/**
 * Trains a network on a data set, or several, and writes the model. While it runs, `OUT/checkpoint` holds what is needed to go on after a
 * kill, and `OUT/training.json` what it is of.
 * @returns the card; undefined when it was stopped, to be resumed
 * @throws BraggwatchError usage, path-missing, dataset-invalid
 */
export async function runTraining(job: TrainJob, control: JobControl = {}): Promise<ModelCard | undefined> {
  const described = networkNamed(job.network);
  if (!described)
    throw new BraggwatchError('usage', `no network ${job.network}; there are: ${Object.keys(networks).join(', ')}`);
  const options = trainingOptionsSchema.safeParse(job.options ?? {});
  if (!options.success) throw new BraggwatchError('usage', z.prettifyError(options.error));
  const network = vary(described, options.data);
  if (options.data.spins === SPINS && network.window >= network.size) {
    throw new BraggwatchError('usage', 'spins are averaged over a window of 32; one of 64 leaves no room to turn in');
  }
  const name = modelNameSchema.safeParse(basename(job.out));
  if (!name.success)
    throw new BraggwatchError('usage', `${job.out}: a model is named in small letters, digits and hyphens`);
  const checkpoint = checkpointIn(job.out);
  if (!job.resume && existsSync(checkpoint)) {
    throw new BraggwatchError('usage', `${checkpoint} is left from an unfinished training: resume it, or remove it`);
  }
  const start = job.start === undefined ? undefined : await readModel(modelFolder(job.start));
  const weights = start && weightsOf(start, network, options.data.seed);
  const earlier = job.resume ? await readRecord(job.out) : undefined;
  const patterns = await openDataSets(job.dataset, 'train', { first: options.data.patterns, shards: earlier?.shards });
  const shards = Object.fromEntries(
    patterns.origins.flatMap(({ folder, made }) => (made ? [[folder, [...made.shards]]] : [])),
  );
  control.onSets?.(patterns.origins, untold(patterns, network.classes));
  const about = { dataset: [job.dataset].flat(), network: job.network, options: options.data };
  let record: TrainingRecord = {
    ...about,
    ...(Object.keys(shards).length > 0 && { shards }),
    ...(job.start !== undefined && { start: job.start }),
    ...{ curve: [], step: 0, steps: 0 },
  };
  try {
    const reason = unsuited(patterns, options.data.batch, network.classes);
    if (reason !== undefined) throw new BraggwatchError('usage', `${[job.dataset].flat().join(', ')}: ${reason}`);
    const training = await train(patterns, network, options.data, {
      ...control,
      checkpoint,
      ...(weights && { start: weights }),
      async onBegin(from) {
        record = { ...record, ...from, curve: [...from.curve] };
        await writeRecord(job.out, record);
        control.onBegin?.(record);
      },
      async onEpoch(epoch, kept) {
        record = {
          ...record,
          curve: [...record.curve, epoch],
          step: (epoch.epoch + 1) * (record.steps / options.data.epochs),
        };
        await writeRecord(job.out, record);
        await control.onEpoch?.(epoch, kept);
      },
    });
    if (training.stopped) return undefined;
    control.onExport?.();
    const notes = {
      name: name.data,
      summary: job.summary ?? `${job.network}, trained on ${patterns.entries.length} patterns`,
      provisional: job.provisional ?? null,
      recipe: patterns.recipe,
      startedFrom: start?.card.sha256 ?? null,
    };
    const card = await exportModel(job.out, patterns, network, options.data, training, notes, control.engine);
    await rm(checkpoint);
    await removeRecord(job.out);
    return card;
  } finally {
    await patterns.close();
  }
}

/** How a model does on unseen crystals. */
export interface ModelTest {
  readonly evaluation: Evaluation;
  /** Of the model, in the order of the confusion matrix. */
  readonly classes: readonly string[];
  /** Where the patterns are from. */
  readonly sets: readonly Origin[];
  /** Patterns left out, since the model does not tell their class. */
  readonly untold: number;
}

/** A small set may hold none to test: which crystals those are is drawn, one at a time. */
function nothingToTestOn({ entries, origins }: OpenedSets): BraggwatchError {
  const of = (part: PatternEntry['split']): number => entries.filter(({ split }) => split === part).length;
  const parts = `${of('train')} patterns to train on, ${of('validation')} to validate, ${of('test')} to test`;
  return new BraggwatchError('dataset-untested', `${origins.map(({ name }) => name).join(', ')}: ${parts}`);
}

/**
 * Judges a model on the test part of a data set, or of several, at the model's own temperature.
 * @param model a shipped model's name or a folder's path
 * @throws BraggwatchError model-missing, model-invalid, path-missing, dataset-invalid, dataset-untested
 */
export async function evaluateModel(
  model: string,
  dataset: string | readonly string[],
  choice?: EngineChoice,
): Promise<ModelTest> {
  const read = await readModel(modelFolder(model));
  const { card } = read;
  const patterns = await openDataSets(dataset, 'judge');
  const { classes, temperature } = card;
  const tested = indicesOf(patterns, 'test', classes);
  if (tested.length === 0) {
    await patterns.close();
    throw nothingToTestOn(patterns);
  }
  const engine = await createEngine(read, choice);
  try {
    const outcomes = await predictAll(engine, patterns, tested, classes, card.training.mixed);
    const left = untold({ ...patterns, entries: patterns.entries.filter(({ split }) => split === 'test') }, classes);
    return {
      evaluation: summarise(outcomes, temperature, classes.length),
      ...{ classes, sets: patterns.origins, untold: left },
    };
  } finally {
    await engine.close();
    await patterns.close();
  }
}
