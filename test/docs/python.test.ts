import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeScan } from '@main/demo';
import { temporaryFolder } from '../support/build';
import { runCli } from '../support/cli';

const root = join(import.meta.dirname, '../..');
const PYTHON = '/usr/bin/python3';

interface Part {
  readonly title: string;
  readonly commands: readonly (readonly string[])[];
  readonly code: string;
  readonly packages: readonly string[];
}

/** The sections of the page: the commands that make what is read, and the Python that reads it. */
const parts: readonly Part[] = readFileSync(join(root, 'docs/python.md'), 'utf8')
  .split('\n## ')
  .slice(1)
  .map((section) => {
    const code = /```python\n([\s\S]+?)```/.exec(section)?.[1] ?? '';
    return {
      title: section.slice(0, section.indexOf('\n')),
      commands: [...section.matchAll(/`npx braggwatch (\S+ beamtime [^`]+)`/g)].map(([, line]) => line!.split(' ')),
      code,
      packages: [...code.matchAll(/^import (\w+)/gm)].map(([, name]) => name!),
    };
  });

const hasPackages = (packages: readonly string[]): boolean =>
  spawnSync(PYTHON, ['-c', packages.map((name) => `import ${name}`).join('; ')], { stdio: 'ignore' }).status === 0;

test('the page has a short block for each kind of file', () => {
  expect(parts.map(({ title }) => title.split(' ')[1])).toEqual(['volume', 'result', 'crystal', 'network']);
  for (const { code } of parts) {
    const lines = code.split('\n').filter((line) => line !== '' && !line.startsWith('import'));
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.length).toBeLessThanOrEqual(10);
  }
});

/** What each block says of a perfect platinum crystal, 111, at 9 keV. */
const says: readonly RegExp[] = [
  /^d = 2\.2[67]\d+ angstrom\n$/,
  /^.* perfect \{.*'perfect': 0\.9.*\} 9000\.0 eV\n$/,
  /^volume \d+\.\d+ nm\^3\nstrain 0\.\d+ percent rms; mean modulus \d/,
  /^\{'perfect': .*0\.9/,
];

for (const [n, { title, commands, code, packages }] of parts.entries())
  test.skipIf(!hasPackages(packages))(`in Python, with ${packages.join(' and ')}: ${title}`, () => {
    const folder = temporaryFolder();
    writeScan(join(folder, 'beamtime'), { number: 1 });
    symlinkSync(join(root, 'models'), join(folder, 'models'));
    // The network is asked of the volume that the first section makes.
    const made = commands.length > 0 ? commands : parts[0]!.commands;
    for (const args of made) expect(runCli(args, join(folder, 'home'), folder)).toMatchObject({ code: 0 });
    const ran = spawnSync(PYTHON, ['-c', code], { cwd: folder, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(says[n]!);
  });
