import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { missingShards } from '@main/dataset/folder';
import { summaryPath } from '@main/dataset/merge';
import { simulate } from '@main/dataset/simulate';
import type { RelaxerChoice, RelaxingTools } from '@main/dataset/relaxing';
import type { ModelCard } from '@main/engine/card';
import type { EngineChoice } from '@main/engine/choice';
import { readModel } from '@main/engine/model';
import { hashLists } from '@main/learn/lists';
import { runTraining } from '@main/learn/job';
import type { Launcher } from '@main/process/launcher';
import { makeRawScans } from '../raw-scans';
import { modelFolder, rawFolder, setFolder, stepsOf } from './folder';
import type { RawFacts, SetFacts, TrainingFacts } from './report';
import { labelOf, recipeOf, type RowId } from './rows';
import type { StudySettings } from './settings';

export interface StudyTools {
  readonly workers?: number;
  readonly relaxer?: RelaxerChoice;
  /** Starts the processes that simulate; without one this process does that work itself. */
  readonly launcher?: Launcher;
  readonly engine?: EngineChoice;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** For tests: what relaxes when there is no launcher. */
  readonly relaxing?: RelaxingTools;
}

/** Told how many units of a task are done: by former runs first, then each time there are more. */
export type Advance = (done: number) => void;

const counts = z.record(z.string(), z.int());
const summarySchema = z.looseObject({ crystals: z.int(), patterns: z.int(), discarded: counts, relaxers: counts });

/** Makes a row's set, or what is missing of it. */
export async function makeSet(
  folder: string,
  row: RowId,
  settings: StudySettings,
  tools: StudyTools,
  advance: Advance,
): Promise<SetFacts> {
  const { workers, relaxer, launcher, signal, relaxing } = tools;
  const recipe = recipeOf(row, settings);
  const out = setFolder(folder, row);
  await simulate(recipe, out, {
    ...(workers !== undefined && { workers }),
    ...(relaxer && { relaxer }),
    ...(launcher && { launcher }),
    ...(signal && { signal }),
    ...(relaxing && { tools: relaxing }),
    onProgress: ({ crystals }) => advance(crystals),
  });
  if (missingShards(recipe, out).length > 0) throw new BraggwatchError('shards-missing', out);
  const { crystals, patterns, discarded, relaxers } = summarySchema.parse(
    JSON.parse(readFileSync(summaryPath(out), 'utf8')),
  );
  return { recipe: z.json().parse(recipe), crystals, patterns, discarded, relaxers, sha256: hashLists(out) };
}

async function finishedCard(folder: string): Promise<ModelCard | undefined> {
  try {
    return (await readModel(folder)).card;
  } catch (error) {
    // None yet, or killed between the two files of a model: the checkpoint is still there.
    if (error instanceof BraggwatchError) return undefined;
    throw error;
  }
}

/**
 * Trains a row's network, goes on where a former run stopped, or takes what that finished.
 * @throws the signal's reason when stopped
 */
export async function trainRow(
  folder: string,
  row: RowId,
  settings: StudySettings,
  { engine, threads, signal }: StudyTools,
  advance: Advance,
): Promise<TrainingFacts> {
  const out = modelFolder(folder, settings, row);
  const card =
    (await finishedCard(out)) ??
    (await runTraining(
      {
        dataset: setFolder(folder, row),
        out,
        network: 'three-class',
        options: settings.training,
        resume: true,
        summary: `Of the study of training sets: ${labelOf(row)}`,
        provisional: 'It is trained to be compared, on a small set of one kind, and not to judge scans by.',
      },
      {
        ...(engine && { engine }),
        ...(threads !== undefined && { threads }),
        ...(signal && { signal }),
        onStep: ({ step }) => advance(step),
      },
    ));
  if (!card) {
    signal?.throwIfAborted();
    throw new Error('the training ended early');
  }
  const { best, curve, seed } = card.training;
  const { validationAccuracy = 0 } = curve[best] ?? {};
  const steps = (stepsOf(settings) / settings.training.epochs) * curve.length;
  return { sha256: card.sha256, seed, steps, epochs: curve.length, best, validationAccuracy };
}

/** Makes the raw scans of a study that was given none. */
export async function makeRaw(
  folder: string,
  scans: number,
  seed: number,
  { signal }: StudyTools,
  advance: Advance,
): Promise<RawFacts> {
  const made = await makeRawScans(rawFolder(folder), {
    ...{ scans, seed, onProgress: advance },
    ...(signal && { signal }),
  });
  return { seed, ...made };
}
