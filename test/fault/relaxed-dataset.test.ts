import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseRecipe } from '@main/dataset/recipe';
import { simulate } from '@main/dataset/simulate';
import { findNative } from '@main/relax/native';
import provisional from '@resources/recipes/provisional.json';
import { builtCli, builtLauncher, eventually, temporaryFolder } from '../support/build';
import { fingerprint } from '../support/dataset';
import { childrenOf, isRunning } from '../support/processes';

// What dies here is LAMMPS, the grandchild of the command; the crystals are perfect, so that all of them are kept.
const recipe = parseRecipe({
  ...provisional,
  name: 'relaxed',
  crystals: 2,
  orientations: 1,
  classes: { perfect: 1, screw: 0, edge: 0 },
  sizeCells: [16, 17],
  oversampling: [3, 4],
  crystalsPerShard: 2,
  relaxation: { potential: 'zhou04' },
});

const kinds = ['wasm', 'native'] as const;

/** A command at work on the set, with its LAMMPS when that has begun. */
async function start(kind: string, folder: string, path: string) {
  const args = [builtCli, 'simulate', path, '--out', folder, '--workers', '1', '--relaxer', kind];
  const run: ChildProcess = spawn(process.execPath, args, { stdio: 'ignore' });
  onTestFinished(() => void run.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => run.once('exit', resolve));
  const lammps = await eventually(
    () =>
      childrenOf(run.pid!)
        .flatMap(childrenOf)
        .find(kind === 'wasm' ? isRunning : isLmp),
    'LAMMPS runs',
  );
  return { run, ended, lammps };
}

/** A native LAMMPS with a deck; without one it is only asked for its version. */
const isLmp = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('in.lammps') && isRunning(pid);
  } catch {
    return false;
  }
};

describe.each(kinds)('a set relaxed by the %s LAMMPS', (kind) => {
  const absent = kind === 'native' && findNative() === undefined ? 'no lmp on the PATH' : undefined;

  it('is the same to the bit when LAMMPS is killed over a crystal; stopped or killed it takes LAMMPS along', async (context) => {
    if (absent) context.skip(absent);
    const base = temporaryFolder();
    const [whole, folder] = [join(base, 'whole'), join(base, 'set')];
    const path = join(base, 'recipe.json');
    writeFileSync(path, JSON.stringify(recipe));
    const summary = await simulate(recipe, whole, { launcher: builtLauncher(), relaxer: kind });
    expect(summary).toMatchObject({ classes: { perfect: 2 }, discarded: {} });

    const stopped = await start(kind, folder, path);
    stopped.run.kill('SIGTERM');
    expect(await stopped.ended).toBe(0);
    await eventually(() => !isRunning(stopped.lammps), 'LAMMPS is gone', 5);

    const killed = await start(kind, folder, path);
    killed.run.kill('SIGKILL');
    await eventually(() => !isRunning(killed.lammps), 'LAMMPS is gone', 5);

    const bereft = await start(kind, folder, path);
    process.kill(bereft.lammps, 'SIGKILL');
    expect(await bereft.ended).toBe(0);
    expect(fingerprint(folder)).toEqual(fingerprint(whole));
  }, 180_000);
});
