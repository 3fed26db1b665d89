import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { decideEngine } from '@main/models/engine-choice';
import type { RelaxerChoice } from '@main/dataset/relaxing';
import type { EngineRequest } from '@main/engine/choice';
import { nodeLauncher } from '@main/process/launcher';
import type { StudyProgress } from '@main/study/mix';
import { complain, EXIT, print, span } from './output';
import { readOptions } from './train';

export interface DatasetMixCommandOptions {
  readonly out: string;
  readonly crystals: number;
  readonly orientations: number;
  readonly cells?: readonly [number, number];
  readonly seed: number;
  readonly epochs?: number;
  readonly options?: string;
  readonly rows?: readonly string[];
  readonly raw?: string;
  readonly rawScans: number;
  readonly measured?: readonly string[];
  readonly relaxer?: RelaxerChoice;
  readonly workers?: number;
  readonly engine: EngineRequest;
  readonly threads?: number;
  readonly json?: boolean;
}

/**
 * As in the paper but for sizes: with fewer crystals the test part has to be a larger share of them to tell rows apart, and
 * with fewer patterns smaller batches and fewer passes learn as much.
 */
const SPLIT = { validation: 0.1, test: 0.2 };
const TRAINING = { epochs: 30, batch: 16 };

/** A terminal, or a log of a night, need not have every step. */
const EVERY_MS = 10_000;

function describe({ task, number, tasks, kind, done, of, secondsLeft, atLeast }: StudyProgress): string {
  const left = secondsLeft === undefined ? '' : `; ${atLeast ? 'more than ' : ''}${span(secondsLeft)} left in all`;
  return `${number} of ${tasks}, ${task}: ${done} of ${of} ${kind}${left}`;
}

/** `study dataset-mix --out DIR`: the paper's study of training sets, begun or gone on with. */
export async function datasetMix(command: DatasetMixCommandOptions): Promise<number> {
  const [{ runStudy }, { checkSettings }, { chooseRows }] = await Promise.all([
    import('@main/study/mix'),
    import('@main/study/mix/folder'),
    import('@main/study/mix/rows'),
  ]);
  const { crystals, orientations, cells, seed, epochs, relaxer, threads, raw, rawScans, json } = command;
  const rows = chooseRows(command.rows);
  const file = command.options === undefined ? {} : readOptions(command.options);
  const settings = checkSettings({
    ...{ seed, crystals, orientations, cells: cells ?? null, split: SPLIT },
    training: { ...TRAINING, ...file, ...(epochs !== undefined && { epochs }) },
  });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const engine = await decideEngine(nodeLauncher, 'three-class', command.engine, 'train');
  const folder = resolve(command.out);
  let told = { task: '', at: 0 };
  const report = await runStudy(folder, settings, {
    ...{ rows, engine, signal: stop.signal, launcher: nodeLauncher },
    workers: command.workers ?? availableParallelism(),
    raw: raw === undefined ? rawScans : resolve(raw),
    measured: (command.measured ?? []).map((path) => resolve(path)),
    ...(relaxer && { relaxer }),
    ...(threads !== undefined && { threads }),
    onRefused: (scan, why) => complain(`${scan} is left out: ${why.message}`),
    onProgress(progress) {
      const now = performance.now();
      if (progress.task === told.task && progress.done < progress.of && now - told.at < EVERY_MS) return;
      told = { task: progress.task, at: now };
      if (json) print(JSON.stringify(progress));
      else complain(describe(progress));
    },
  });
  if (!report) complain('Stopped; the same command goes on from here.');
  else if (json) print(JSON.stringify({ report: join(command.out, 'dataset-mix.json'), shift: report.shift }));
  else print(join(command.out, 'dataset-mix.md'));
  return EXIT.done;
}
