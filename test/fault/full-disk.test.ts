import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseRecipe } from '@main/dataset/recipe';
import { simulate } from '@main/dataset/simulate';
import provisional from '@resources/recipes/provisional.json';
import { builtCli, temporaryFolder } from '../support/build';
import { fingerprint } from '../support/dataset';

// A pattern takes a megabyte, so a shard takes two, and the disk holds two shards and a half.
const recipe = parseRecipe({
  ...provisional,
  name: 'large',
  crystals: 4,
  orientations: 2,
  sizeCells: [12, 13],
  oversampling: [4, 5],
  crystalsPerShard: 1,
});

it('keeps whole shards when a real disk fills up under its workers, and goes on once there is space', async (context) => {
  const base = temporaryFolder();
  const disk = join(base, 'disk');
  mkdirSync(disk);
  const mount = (options: string): number | null =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status;
  if (mount('size=5m') !== 0) context.skip('this process may not mount a disk');
  onTestFinished(() => void spawnSync('umount', [disk]));
  const path = join(base, 'recipe.json');
  writeFileSync(path, JSON.stringify(recipe));
  const run = () =>
    spawnSync(process.execPath, [builtCli, 'simulate', path, '--out', disk, '--workers', '2'], { encoding: 'utf8' });

  const full = run();
  expect(full.status).toBe(3);
  expect(full.stderr).toMatch(/^disk-full: .*patterns-000\d\.npy/m);
  const whole = readdirSync(join(disk, 'shards')).length;
  expect(whole).toBeGreaterThan(0);
  expect(readdirSync(disk).filter((name) => name.startsWith('patterns-'))).toHaveLength(whole);

  expect(mount('remount,size=20m')).toBe(0);
  expect(run().status).toBe(0);
  const alone = join(base, 'alone');
  await simulate(recipe, alone);
  expect(fingerprint(disk)).toEqual(fingerprint(alone));
}, 120_000);
