import type { RelaxerChoice } from '../relaxing';

/** Slurm's own default for the largest array index is 1000; a site may allow more, few allow less. */
const MOST_TASKS = 1000;

/** Tasks of the job array: one for each shard, until there are too many; then each makes every n-th. */
export const taskCount = (shards: number): number => Math.min(shards, MOST_TASKS);

/** Tasks from 1 on, as sbatch wants them: `1-3,7`. */
export function arrayOf(tasks: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const task of [...tasks].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && task === last[1] + 1) last[1] = task;
    else runs.push([task, task]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** A word for the shell, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** What the job's tasks run. */
export interface ScriptParts {
  /** Node and the built command, absolute; the nodes must see them at the same place. */
  readonly node: string;
  readonly cli: string;
  /** The set's folder, absolute, on a file system that all nodes share. */
  readonly folder: string;
  readonly relaxer: RelaxerChoice | 'none';
  readonly tasks: number;
}

/** The batch script: one task of the array makes its part of the set, with as many workers as it was given cores. */
export function batchScript({ node, cli, folder, relaxer, tasks }: ScriptParts): string {
  const words = [node, cli, 'simulate', `${folder}/recipe.json`, '--out', folder, '--relaxer', relaxer].map(quoted);
  return [
    '#!/bin/bash',
    '# Written by Braggwatch for sbatch; each task of the array makes its shards of the data set.',
    `exec ${words.join(' ')} \\`,
    `  --shard "$SLURM_ARRAY_TASK_ID/${tasks}" --workers "\${SLURM_CPUS_PER_TASK:-1}" --no-merge --json`,
    '',
  ].join('\n');
}

/**
 * Splits what follows `--slurm` into sbatch's arguments, by blanks outside quotes. No shell sees it.
 * @example splitArguments(`--time=04:00:00 --comment "two words"`)
 */
export function splitArguments(text: string): string[] {
  const words = text.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g);
  return [...words].map(([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
