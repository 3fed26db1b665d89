import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { joinSlurmArgument } from '@main/cli/slurm-argument';
import { arrayOf, batchScript, splitArguments, taskCount } from '@main/dataset/slurm/script';
import { temporaryFolder } from '../../../support/build';

describe('the batch script', () => {
  it('runs one part of the set, whatever is in the paths', () => {
    const folder = join(temporaryFolder(), `it's "a $HOME" \`set\``);
    mkdirSync(folder);
    const node = join(folder, 'node');
    writeFileSync(node, `#!/bin/bash\nprintf '%s\\n' "$@" > "$0.args"\n`);
    chmodSync(node, 0o755);
    const script = join(folder, 'job.sh');
    writeFileSync(script, batchScript({ node, cli: '/some where/cli.js', folder, relaxer: 'wasm', tasks: 6 }));
    const run = (env: Record<string, string>): string[] => {
      expect(spawnSync('bash', [script], { env: { PATH: process.env['PATH'], ...env } }).status).toBe(0);
      return readFileSync(`${node}.args`, 'utf8').trimEnd().split('\n');
    };
    const common = ['/some where/cli.js', 'simulate', `${folder}/recipe.json`, '--out', folder, '--relaxer', 'wasm'];
    expect(run({ SLURM_ARRAY_TASK_ID: '4', SLURM_CPUS_PER_TASK: '8' })).toEqual([
      ...[...common, '--shard', '4/6', '--workers', '8', '--no-merge', '--json'],
    ]);
    expect(run({ SLURM_ARRAY_TASK_ID: '1' })).toEqual([
      ...[...common, '--shard', '1/6', '--workers', '1', '--no-merge', '--json'],
    ]);
  });

  it('has a task for each shard until there are more than an array holds', () => {
    expect([1, 600, 1000, 1001, 15625].map(taskCount)).toEqual([1, 600, 1000, 1000, 1000]);
  });
});

it.each([
  [[3], '3'],
  [[1, 2, 3], '1-3'],
  [[9, 1, 2, 7, 8, 5], '1-2,5,7-9'],
])('tasks %j are the array %s', (tasks, text) => expect(arrayOf(tasks)).toBe(text));

it.each([
  ['--partition=cpu  --time=1:00', ['--partition=cpu', '--time=1:00']],
  [`-p cpu --comment "two 'words'" --x='a b'c`, ['-p', 'cpu', '--comment', "two 'words'", '--x=a bc']],
  ['  ', []],
  ['--a=$(rm -rf /) `x`', ['--a=$(rm', '-rf', '/)', '`x`']],
])('%s is split into %j', (text, words) => expect(splitArguments(text)).toEqual(words));

it.each([
  [
    ['simulate', 'r', '--slurm', '--partition=cpu -t 1', '--json'],
    ['simulate', 'r', '--slurm=--partition=cpu -t 1', '--json'],
  ],
  [
    ['simulate', 'r', '--slurm', '--json'],
    ['simulate', 'r', '--slurm', '--json'],
  ],
  [
    ['simulate', 'r', '--slurm', '--out=x'],
    ['simulate', 'r', '--slurm', '--out=x'],
  ],
  [
    ['simulate', '--slurm', '-p cpu'],
    ['simulate', '--slurm=-p cpu'],
  ],
  [
    ['simulate', 'r', '--slurm'],
    ['simulate', 'r', '--slurm'],
  ],
  [
    ['train', '-x'],
    ['train', '-x'],
  ],
])('%j are the arguments %j', (argv, joined) => {
  expect(joinSlurmArgument(argv, ['--json', '--out'])).toEqual(joined);
});
