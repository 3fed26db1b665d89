import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { parseRecipe } from '@main/dataset/recipe';
import { simulate } from '@main/dataset/simulate';
import provisional from '@resources/recipes/provisional.json';
import { builtCli, eventually, temporaryFolder } from '../support/build';
import { fingerprint } from '../support/dataset';
import { startCluster, type LocalCluster } from './cluster';

// `simulate --slurm` on a real Slurm, which is set up on this machine where root and apt allow.

let cluster: LocalCluster | string = 'not started';
beforeAll(async () => {
  cluster = await startCluster();
}, 300_000);
afterAll(async () => {
  if (typeof cluster !== 'string') await cluster.stop();
}, 30_000);

const recipe = parseRecipe({
  ...provisional,
  name: 'array',
  crystals: 6,
  orientations: 4,
  sizeCells: [12, 13],
  oversampling: [4, 5],
  crystalsPerShard: 1,
});

/** Processes that make the folder's set for Slurm, by their command lines. */
const tasksAt = (folder: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        const words = id > 0 ? readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0') : [];
        return words.includes(folder) && words.includes('--no-merge');
      } catch {
        return false;
      }
    });

interface Run {
  readonly child: ChildProcess;
  /** It has told of its progress, so it follows the queue. */
  readonly follows: Promise<void>;
  readonly ended: Promise<number | null>;
}

function start(env: NodeJS.ProcessEnv, folder: string, path: string, ...more: string[]): Run {
  const args = [builtCli, 'simulate', path, '--out', folder, '--relaxer', 'none', '--slurm', '--comment "a test"'];
  const child = spawn(process.execPath, [...args, ...more], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const follows = new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
  child.stderr.resume();
  return { child, follows, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

/** The folder for a set, its recipe's file and the environment in which Slurm answers; skips where there is no Slurm. */
function prepare(skip: (reason: string) => never) {
  if (typeof cluster === 'string') return skip(cluster);
  const base = temporaryFolder();
  const path = join(base, 'recipe.json');
  writeFileSync(path, JSON.stringify(recipe));
  const env = { ...process.env, SLURM_CONF: cluster.configuration };
  const queue = (): string => spawnSync('squeue', ['--noheader', '--array'], { env, encoding: 'utf8' }).stdout.trim();
  return { base, path, env, folder: join(base, 'array of tasks'), queue };
}

it('makes the same set to the bit as this machine alone, tasks killed and cancelled on the way', async (context) => {
  const { base, path, env, folder, queue } = prepare((reason) => context.skip(reason));
  const run = start(env, folder, path);
  const [first] = await eventually(() => tasksAt(folder).length > 0 && tasksAt(folder), 'a task runs', 60);
  process.kill(first!, 'SIGKILL');
  const line = await eventually(() => /(\d+_\d+) /.exec(queue())?.[1], 'a task is queued', 60);
  expect(spawnSync('scancel', [line], { env }).status).toBe(0);
  expect(await run.ended).toBe(0);

  const alone = join(base, 'alone');
  await simulate(recipe, alone);
  expect(fingerprint(folder)).toEqual(fingerprint(alone));
  const logs = readdirSync(join(folder, 'slurm')).filter((name) => name.endsWith('.log'));
  expect(new Set(logs.map((name) => name.split('_')[0])).size).toBeGreaterThan(1);
}, 180_000);

it('leaves its jobs to the next run when killed, and cancels them when stopped', async (context) => {
  const { base, path, env, folder, queue } = prepare((reason) => context.skip(reason));
  const killed = start(env, folder, path);
  await eventually(() => tasksAt(folder).length > 0, 'a task runs', 60);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(queue().split('\n').length).toBeGreaterThan(1);

  const stopped = start(env, folder, path);
  await stopped.follows;
  stopped.child.kill('SIGTERM');
  expect(await stopped.ended).toBe(0);
  await eventually(() => queue() === '', 'the queue is empty', 60);
  expect(existsSync(join(folder, 'summary.json'))).toBe(false);

  expect(await start(env, folder, path).ended).toBe(0);
  const alone = join(base, 'alone');
  await simulate(recipe, alone);
  expect(fingerprint(folder)).toEqual(fingerprint(alone));
}, 180_000);

it('says what sbatch refuses', (context) => {
  const { path, env, folder } = prepare((reason) => context.skip(reason));
  const args = [builtCli, 'simulate', path, '--out', folder, '--slurm', '--partition=nowhere'];
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^slurm-refused: .*invalid partition specified: nowhere/m);
});

it('says where Slurm is missing', () => {
  const base = temporaryFolder();
  const path = join(base, 'recipe.json');
  writeFileSync(path, JSON.stringify(recipe));
  const args = [builtCli, 'simulate', path, '--out', join(base, 'set'), '--slurm'];
  const { status, stderr } = spawnSync(process.execPath, args, { env: { PATH: base }, encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^slurm-unavailable: /m);
});
