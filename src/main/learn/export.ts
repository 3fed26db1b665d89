import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import type { Evaluation } from '@contract/training';
import { fitTemperature, type Outcome } from '@core/verdict/calibration';
import type { NetworkDescription } from '@core/network/description';
import { buildForward, SPINS } from '@core/network/judging';
import { cardSchema, type ModelCard } from '@main/engine/card';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine } from '@main/engine/create';
import { encodeLookAlikes, LOOK_ALIKES } from '@main/engine/look-alikes';
import { predictAll, summarise } from './evaluate';
import { measureFamiliarity } from './familiarity';
import type { TrainingOptions } from './options';
import type { OpenedSets } from './join';
import { conditionsOf } from './conditions';
import { knownOf } from './known';
import { makeLookAlikes } from './look-alikes';
import { indicesOf } from './patterns';
import type { Training } from './train';

export interface ExportNotes {
  readonly name: string;
  readonly summary: string;
  /** Why not to rely on it; null for a model to rely on. */
  readonly provisional: string | null;
  /** The data set's recipe, as JSON; null for several sets, each of which has its own. */
  readonly recipe: unknown;
  /** SHA-256 of the model whose weights the training began with. */
  readonly startedFrom: string | null;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const writeCard = (folder: string, card: ModelCard): Promise<void> =>
  writeFileAtomic(join(folder, 'card.json'), `${JSON.stringify(cardSchema.parse(card), null, 1)}\n`);

/** A night's training is not lost for its pictures; the command that adds them says what is wrong with the set. */
function leftOut(error: unknown): undefined {
  if (!(error instanceof BraggwatchError)) throw error;
}

const CONVENTION =
  'Diffracted intensity about one Bragg peak on 64^3 cubic voxels, first axis slowest; axis 0 along Q, axis 1 horizontal in the ' +
  'sample frame as far as it can be, right-handed; centre of mass at index (32, 32, 32); maximum 1. The network compresses it itself.';

/**
 * Calibrates a trained network on the validation patterns, judges it on the test patterns, and writes `model.onnx`, `look-alikes.npz`
 * and `card.json`.
 * @param folder made when missing
 * @param choice onnxruntime on the CPU when left out
 */
export async function exportModel(
  folder: string,
  patterns: OpenedSets,
  network: NetworkDescription,
  options: TrainingOptions,
  training: Training,
  notes: ExportNotes,
  choice?: EngineChoice,
): Promise<ModelCard> {
  const { classes } = network;
  const spins = options.spins ?? (network.window < network.size ? SPINS : 1);
  const bytes = buildForward(network, training.weights, spins);
  const engine = await createEngine({ bytes, card: { network, spins } }, choice);
  const [train, validation, test] = (['train', 'validation', 'test'] as const).map((part) =>
    indicesOf(patterns, part, classes),
  ) as [number[], number[], number[]];
  const temperature = fitTemperature(await predictAll(engine, patterns, validation, classes, options.mixed));
  const outcomes = await predictAll(engine, patterns, test, classes, options.mixed);
  const judge = (some: readonly Outcome[]): Evaluation => summarise(some, temperature, classes.length);
  const sets = patterns.sources?.map((source, set) => ({
    ...source,
    test: judge(outcomes.filter((_, n) => patterns.placeOf(test[n]!)[0] === set)),
  }));
  const familiarity = await measureFamiliarity(engine, patterns, options, classes);
  const sha256 = sha256Of(bytes);
  const lookAlikes =
    familiarity && (await makeLookAlikes(engine, patterns, familiarity, sha256, classes).catch(leftOut));
  const pictures = lookAlikes && encodeLookAlikes(lookAlikes);
  await engine.close();
  const conditions = conditionsOf(patterns);
  const oversampling = train.map((index) => patterns.entries[index]!.oversampling);
  const card = cardSchema.parse({
    name: notes.name,
    summary: notes.summary,
    provisional: notes.provisional,
    classes: network.classes,
    network,
    spins,
    input: { shape: [64, 64, 64], convention: CONVENTION },
    sha256,
    temperature,
    ...(familiarity && { familiarity }),
    ...(pictures && { lookAlikes: { sha256: sha256Of(pictures), patterns: lookAlikes.patterns.length } }),
    oversampling: [Math.min(...oversampling), Math.max(...oversampling)],
    known: knownOf(train.map((index) => conditions[index]!)),
    data: {
      recipe: z.json().parse(notes.recipe),
      patterns: { train: train.length, validation: validation.length, test: test.length },
      crystals: new Set(patterns.entries.map(({ crystal }) => crystal)).size,
      ...(sets && { sets }),
    },
    training: {
      seed: options.seed,
      startedFrom: notes.startedFrom,
      batch: options.batch,
      rate: options.rate,
      optimiser: 'Adam',
      epochs: options.epochs,
      schedule: options.schedule,
      lowerFrom: options.lowerFrom,
      lastRate: options.lastRate,
      augmentation: options.augmentation,
      ...(network.families && { unknown: options.unknown }),
      ...(options.mixed && { mixed: options.mixed }),
      average: options.average ?? null,
      averaged: training.averaged,
      best: training.best,
      curve: training.curve,
    },
    test: judge(outcomes),
  });
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, 'model.onnx'), Buffer.from(bytes));
  if (pictures) await writeFileAtomic(join(folder, LOOK_ALIKES), Buffer.from(pictures));
  await writeCard(folder, card);
  return card;
}
