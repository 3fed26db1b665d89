import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { percent } from '@contract/percent';
import { decideEngine } from '@main/models/engine-choice';
import type { EngineRequest } from '@main/engine/choice';
import { nodeLauncher } from '@main/process/launcher';
import { complain, EXIT, print } from './output';
import type { Origin } from '@main/learn/join';

/** Loaded when asked for: no other command needs onnxruntime in its own process. */
const learning = async () => import('@main/learn/job');

export interface TrainCommandOptions {
  readonly network: string;
  readonly out: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly engine: EngineRequest;
  readonly options?: string;
  readonly start?: string;
  readonly resume?: boolean;
  readonly summary?: string;
  readonly provisional?: string;
  readonly json?: boolean;
}

export interface EvaluateCommandOptions {
  readonly engine: EngineRequest;
  readonly json?: boolean;
}

/** A file of training options; what it may hold is checked by the job. */
export function readOptions(path: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    throw new BraggwatchError('usage', `${path} is no JSON file`, { cause });
  }
  throw new BraggwatchError('usage', `${path} holds no options`);
}

/** What is to be known of sets that are not whole, and of patterns that a network has no class for. */
function describeSets(sets: readonly Origin[], untold: number): string[] {
  const partly = sets.flatMap(({ name, made, patterns }) => {
    if (!made) return [];
    const of = made.of === undefined ? '' : ` of ${made.of}`;
    return made.crystals === made.of
      ? []
      : [`${name} is not whole: its ${made.crystals}${of} crystals that are there, ${patterns} patterns, are used.`];
  });
  return untold > 0
    ? [...partly, `${untold} patterns of classes that the network does not tell are left out.`]
    : partly;
}

/** `train DATASET... --network N --out MODEL`: trains, calibrates, tests and writes a model with its card. */
export async function train(datasets: string[], options: TrainCommandOptions): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const { epochs, batch, seed } = options;
  const { runTraining } = await learning();
  // Measured on a network that is always there: the one to be trained may have no model yet.
  const engine = await decideEngine(nodeLauncher, options.start ?? 'three-class', options.engine, 'train');
  const card = await runTraining(
    {
      dataset: datasets.map((folder) => resolve(folder)),
      out: resolve(options.out),
      network: options.network,
      options: {
        ...(options.options !== undefined && readOptions(options.options)),
        ...Object.fromEntries(Object.entries({ epochs, batch, seed }).filter(([, value]) => value !== undefined)),
      },
      ...(options.start !== undefined && { start: options.start }),
      ...(options.resume && { resume: true }),
      ...(options.summary !== undefined && { summary: options.summary }),
      ...(options.provisional !== undefined && { provisional: options.provisional }),
    },
    {
      signal: stop.signal,
      engine,
      onSets: (sets, untold) => describeSets(sets, untold).forEach((line) => complain(line)),
      ...(options.threads !== undefined && { threads: options.threads }),
      onEpoch: (epoch) => (options.json ? print(JSON.stringify(epoch)) : complain(JSON.stringify(epoch))),
    },
  );
  if (!card) {
    complain('Stopped; --resume goes on from here.');
    return EXIT.done;
  }
  print(JSON.stringify({ model: options.out, test: card.test }));
  return EXIT.done;
}

/** `look-alikes MODEL DATASET...`: adds patterns of its training sets to a model, to be shown beside scans. */
export async function lookAlikes(model: string, datasets: string[], options: EvaluateCommandOptions): Promise<number> {
  const { addLookAlikes } = await import('@main/learn/add-look-alikes');
  const engine = await decideEngine(nodeLauncher, model, options.engine);
  const added = await addLookAlikes(
    model,
    datasets.map((folder) => resolve(folder)),
    engine,
  );
  if (options.json) print(JSON.stringify({ model, ...added }));
  else {
    const { patterns, bytes, agreement } = added;
    print(`${model}: ${patterns} patterns, ${Math.round(bytes / 1000)} kB`);
    print(`the nearest is of their own class for ${percent(agreement)} of unseen patterns`);
  }
  return EXIT.done;
}

const inWords = ['no', 'one', 'two', 'three', 'four', 'five'];

/** `evaluate MODEL DATASET...`: accuracy, confusion matrix and calibration on the test part. */
export async function evaluate(model: string, datasets: string[], options: EvaluateCommandOptions): Promise<number> {
  const { evaluateModel } = await learning();
  const engine = await decideEngine(nodeLauncher, model, options.engine);
  const result = await evaluateModel(
    model,
    datasets.map((folder) => resolve(folder)),
    engine,
  );
  const { evaluation, classes: names, sets, untold } = result;
  describeSets(sets, untold).forEach((line) => complain(line));
  if (options.json) {
    print(JSON.stringify({ ...evaluation, classes: names, untold }));
    return EXIT.done;
  }
  const share = (part: number): string => percent(part, 2);
  const all = names.length > 2 ? `${inWords[names.length] ?? names.length}-class ${share(evaluation.accuracy)}, ` : '';
  print(`${evaluation.patterns} patterns: ${all}two-class ${share(evaluation.twoClassAccuracy)}`);
  print(`expected calibration error ${share(evaluation.calibrationError)}`);
  print(`${'truth \\ verdict'.padEnd(18)} ${names.map((name) => name.padStart(9)).join(' ')}`);
  names.forEach((name, i) => {
    print(`${name.padEnd(18)} ${(evaluation.confusion[i] ?? []).map((n) => String(n).padStart(9)).join(' ')}`);
  });
  return EXIT.done;
}
