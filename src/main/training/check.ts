import { basename, join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError, type Problem } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { TrainingCheck, TrainingRequest } from '@contract/training';
import { modelNameSchema } from '@main/engine/card';
import { signatureOf } from '@main/files/signature';
import { openDataSets } from '@main/learn/join';
import type { TrainJob } from '@main/learn/job';
import { trainingOptionsSchema, type TrainingOptions } from '@main/learn/options';
import { indicesOf, unsuited, type PatternSet } from '@main/learn/patterns';
import { networks } from '@core/network/description';
import { issueOf } from '@main/simulation/issues';
import { lookAtModelFolder } from './folder';

export interface Places {
  /** A folder to read, checked and with its links resolved. @throws BraggwatchError path-refused, path-missing */
  readable(folder: string): string;
  /** A folder to write into. @throws BraggwatchError path-refused, folder-watched */
  writable(folder: string): string;
}

/** What a training may begin with. */
export interface Beginnings {
  /** @throws BraggwatchError model-missing when the list has no such model, or it is of another network */
  beginning(id: string, network: string): Promise<string>;
}

/** Looks at what somebody asks to train, before anything is started. */
export interface Checker {
  check(request: TrainingRequest): Promise<TrainingCheck>;
  /** @throws BraggwatchError what is wrong with it */
  admit(request: TrainingRequest): Promise<TrainJob>;
}

interface Wrong {
  readonly field: 'batch';
  readonly message: string;
}

/** Its number of patterns does not suit the options, which is said at their field; anything else is the set's fault. */
function misfit(
  patterns: PatternSet,
  { batch }: TrainingOptions,
  datasets: readonly string[],
  classes: readonly string[],
): Wrong | undefined {
  const reason = unsuited(patterns, batch, classes);
  if (reason === undefined) return undefined;
  if (indicesOf(patterns, 'train', classes).length < batch) return { field: 'batch', message: reason };
  throw new BraggwatchError('training-invalid', `${datasets.join(', ')}: ${reason}`);
}

const countsOf = (patterns: PatternSet, classes: readonly string[]): NonNullable<TrainingCheck['patterns']> => ({
  train: indicesOf(patterns, 'train', classes).length,
  validation: indicesOf(patterns, 'validation', classes).length,
  test: indicesOf(patterns, 'test', classes).length,
});

export function createChecker({ readable, writable, beginning }: Places & Beginnings): Checker {
  // The form asks at every pause in typing, and a long manifest takes a second to read.
  let last: { readonly key: string; readonly patterns: PatternSet } | undefined;
  const patternsIn = async (folders: readonly string[], first?: number): Promise<PatternSet> => {
    // The records of one that is still being made, where it has no list yet.
    const manifests = folders.map((folder) => [
      folder,
      ...['manifest.jsonl', 'shards'].map((name) => signatureOf(join(folder, name))),
    ]);
    const key = JSON.stringify([manifests, first]);
    if (last?.key === key) return last.patterns;
    const set = await openDataSets(folders, 'train', { first }).catch((error: unknown) => {
      // What the command's user is told of sets that do not go together.
      const unfit = error instanceof BraggwatchError && error.code === 'usage';
      throw unfit ? new BraggwatchError('training-invalid', error.detail) : error;
    });
    await set.close();
    last = { key, patterns: set };
    return set;
  };
  const place = async (folder: string): Promise<{ path: string; kind: NonNullable<TrainingCheck['kind']> }> => {
    const path = writable(folder);
    if (!modelNameSchema.safeParse(basename(path)).success) {
      throw new BraggwatchError('training-invalid', `${basename(path)}: name it in small letters, digits and hyphens`);
    }
    return { path, kind: await lookAtModelFolder(path) };
  };
  const attempt = async <T>(run: () => Promise<T>): Promise<{ value: T } | { problem: Problem }> => {
    try {
      return { value: await run() };
    } catch (error) {
      return { problem: problemOf(error, 'checking a training') };
    }
  };

  return {
    async check({ datasets, folder, network, options }) {
      const parsed = trainingOptionsSchema.safeParse(options);
      const set = await attempt(async () => {
        const patterns = await patternsIn(datasets.map(readable), parsed.data?.patterns);
        const { classes } = networks[network];
        return {
          counts: countsOf(patterns, classes),
          wrong: parsed.data && misfit(patterns, parsed.data, datasets, classes),
        };
      });
      const target = await attempt(() => place(folder));
      const wrong = 'value' in set ? set.value.wrong : undefined;
      return {
        issues: [
          ...(parsed.error?.issues.map(issueOf) ?? []),
          ...(wrong ? [{ path: wrong.field, code: 'custom', message: wrong.message }] : []),
        ],
        patterns: 'value' in set ? set.value.counts : null,
        datasetProblem: 'problem' in set ? set.problem : null,
        kind: 'value' in target ? target.value.kind : null,
        folderProblem: 'problem' in target ? target.problem : null,
      };
    },
    async admit({ datasets, folder, network, start, options }) {
      const parsed = trainingOptionsSchema.safeParse(options);
      if (!parsed.success) throw new BraggwatchError('training-invalid', z.prettifyError(parsed.error));
      const sources = datasets.map(readable);
      const wrong = misfit(
        await patternsIn(sources, parsed.data.patterns),
        parsed.data,
        sources,
        networks[network].classes,
      );
      if (wrong) throw new BraggwatchError('training-invalid', wrong.message);
      const { path, kind } = await place(folder);
      if (kind !== 'new' && kind !== 'empty') throw new BraggwatchError('model-folder-taken', path);
      const begun = start === null ? {} : { start: await beginning(start, network) };
      return { dataset: sources, out: path, network, options: parsed.data, ...begun };
    },
  };
}
