import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { stream } from '@core/random/stream';
import { simulate } from '@main/dataset/simulate';
import { parseRecipe } from '@main/dataset/recipe';
import provisional from '@resources/recipes/provisional.json';
import { builtCli, temporaryFolder } from '../support/build';
import { fingerprint } from '../support/dataset';
import { childrenOf } from '../support/processes';

const KILLS = 8;

const recipe = parseRecipe({
  ...provisional,
  name: 'killed',
  crystals: 12,
  orientations: 2,
  sizeCells: [12, 13],
  oversampling: [4, 5],
  crystalsPerShard: 2,
});

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => (child.exitCode === null ? child.once('exit', () => resolve()) : resolve()));

it(`makes the same set to the bit, its processes killed ${KILLS} times with kill -9`, async () => {
  const base = temporaryFolder();
  const [whole, killed] = [join(base, 'whole'), join(base, 'killed')];
  const path = join(base, 'recipe.json');
  writeFileSync(path, JSON.stringify(recipe));
  await simulate(recipe, whole);

  const args = [builtCli, 'simulate', path, '--out', killed, '--workers', '2', '--json'];
  const draw = stream(3, 'kills');
  for (let kill = 0; kill < KILLS; kill++) {
    const run = spawn(process.execPath, args, { stdio: 'ignore' });
    onTestFinished(() => void run.kill('SIGKILL'));
    await Promise.race([sleep(draw.uniform(300, 1800)), ended(run)]);
    const workers = run.exitCode === null ? childrenOf(run.pid!) : [];
    // In turn a worker, which its parent must replace, and the parent, whose workers must end with it.
    if (kill % 2 === 0 && workers.length > 0) {
      process.kill(workers[draw.integer(workers.length)]!, 'SIGKILL');
      await Promise.race([sleep(draw.uniform(100, 800)), ended(run)]);
    }
    run.kill('SIGKILL');
    await ended(run);
  }
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' })).toMatchObject({ status: 0 });
  expect(fingerprint(killed)).toEqual(fingerprint(whole));
}, 180_000);

it('goes on by itself when one of its workers is killed, and stops at SIGTERM with what is whole', async () => {
  const base = temporaryFolder();
  const [whole, folder] = [join(base, 'whole'), join(base, 'set')];
  const path = join(base, 'recipe.json');
  writeFileSync(path, JSON.stringify(recipe));
  await simulate(recipe, whole);
  const start = (): ChildProcess => {
    const run = spawn(process.execPath, [builtCli, 'simulate', path, '--out', folder, '--workers', '2'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void run.kill('SIGKILL'));
    return run;
  };
  const heard = (run: ChildProcess, pattern: RegExp): Promise<void> =>
    new Promise((resolve) => run.stderr?.on('data', (text) => pattern.test(String(text)) && resolve()));

  const stopped = start();
  await heard(stopped, /^[3-7] of 12/m);
  stopped.kill('SIGTERM');
  await ended(stopped);
  expect(stopped.exitCode).toBe(0);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(readdirSync(folder)).not.toContain('manifest.jsonl');

  const run = start();
  await heard(run, / left$/m);
  process.kill(childrenOf(run.pid!)[0]!, 'SIGKILL');
  await ended(run);
  expect(run.exitCode).toBe(0);
  expect(fingerprint(folder)).toEqual(fingerprint(whole));
}, 180_000);
