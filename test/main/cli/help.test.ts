import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it, test } from 'vitest';
import { createProgram } from '@main/cli/program';
import { writeScan } from '@main/demo';
import { writeDataFile } from '@main/relax/data-file';
import { temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';
import { smallCrystal } from '../relax/crystals';

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

/** What the last line of a command's help types after `braggwatch`, without where the shell puts its output. */
function exampleOf(command: Command): string[] {
  const [, line = ''] = /\nExample:\n {2}npx braggwatch ([^\n]+)\n$/.exec(helpOf(command)) ?? [];
  return line.replace(/ > \S+$/, '').split(' ');
}

const named = all(createProgram()).map((command) => [command.name(), command] as const);
const isInCheckout = (path: string): boolean => path.startsWith('resources/');

test.each(named)('the help of %s ends with an example that is understood', async (_name, command) => {
  const example = exampleOf(command);
  const called: string[] = [];
  const program = createProgram();
  for (const each of all(program).filter(({ commands }) => commands.length === 0))
    each.action(() => void called.push(each.name()));
  await program.parseAsync(example, { from: 'user' });
  expect(called).toHaveLength(1);
  if (command.parent && command.commands.length === 0) expect(called).toEqual([command.name()]);
  for (const path of example.filter(isInCheckout))
    expect(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')).toContain('{');
});

describe('in a folder that holds what they name', () => {
  // Those that take seconds; relax and potential start LAMMPS, and have tests of their own.
  it.each(['classify', 'reduce', 'occlude', 'hand-over', 'export', 'scatter', 'doctor'])(
    'the example of %s does what it says',
    (name) => {
      const folder = temporaryFolder();
      writeScan(join(folder, 'beamtime'), { number: 1, defect: 'edge' });
      const { positions, potential } = smallCrystal('Pt', 6);
      const ids = Array.from({ length: positions.length / 3 }, (_, i) => i + 1);
      writeDataFile(join(folder, 'crystal.data'), { title: 'a crystal', positions, massU: potential.mass, ids });
      const before = readdirSync(folder);
      const example = exampleOf(named.find(([each]) => each === name)![1]);
      const ran = runCli(example, join(folder, 'home'), folder);
      expect(ran).toMatchObject({ code: 0 });
      const out = example[example.findIndex((part) => part === '--out' || part === '--bundle') + 1]!;
      if (example.includes('--out') || example.includes('--bundle')) {
        expect(before).not.toContain(out);
        expect(readdirSync(folder)).toContain(out);
      } else expect(ran.out).not.toBe('');
    },
  );
});

describe('a name that there is not', () => {
  const beamtime = (): string => {
    const folder = temporaryFolder();
    writeScan(folder, { number: 1 });
    return folder;
  };
  const presets = readdirSync(join(import.meta.dirname, '../../../resources/beamlines')).map((file) =>
    file.replace('.json', ''),
  );

  it.each([
    ['a preset', (folder: string) => ['classify', folder, '--preset', 'nope'], 2, [...presets, 'auto']],
    [
      'a model to judge by',
      (folder: string) => ['classify', folder, '--model', 'nope'],
      2,
      ['three-class', 'two-class'],
    ],
    ['a model to evaluate', (folder: string) => ['evaluate', 'nope', folder], 3, ['three-class', 'two-class']],
    [
      'a network',
      (folder: string) => ['train', folder, '--network', 'nope', '--out', folder],
      2,
      ['three-class', 'two-class'],
    ],
    ['a potential', () => ['potential', 'zhou04:Fe'], 3, ['zhou04:Pt', 'zhou04:Au']],
    ['a measurement', () => ['bench', 'nope'], 2, ['reduce', 'scatter', 'ui']],
  ] as const)('is answered with those that there are: %s', (_what, args, code, names) => {
    const { code: ended, err, out } = runCli(args(beamtime()));
    expect({ ended, out }).toEqual({ ended: code, out: '' });
    for (const name of names) expect(err).toContain(name);
  });

  it('is told by the help beforehand', () => {
    const help = (name: string): string => helpOf(named.find(([each]) => each === name)![1]).replaceAll(/\s+/g, ' ');
    for (const preset of presets) expect(help('classify')).toContain(preset);
    expect(help('classify')).toContain('(defects, three-class)');
    expect(help('evaluate')).toContain('three-class, two-class');
    expect(help('potential')).toContain('Pt');
    expect(help('bench')).toContain('phase, reduce');
  });
});

describe('where a person takes a wrong turn', () => {
  it('reduce of a folder with several scans names each with its file, and takes the one that is named', () => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder, { number: 1 });
    writeScan(folder, { number: 2 });
    const out = join(folder, 'volume.npz');
    const ran = runCli(['reduce', folder, '--out', out]);
    expect(ran).toMatchObject({ code: 3, out: '' });
    expect(ran.err).toContain('scans-several');
    for (const number of [1, 2]) expect(ran.err).toContain(`${master} --scan ${number}`);
    expect(runCli(['reduce', folder, '--out', out, '--scan', '2']).code).toBe(0);
    const wrong = runCli(['reduce', folder, '--out', out, '--scan', '3']);
    expect(wrong.err).toContain('scan-not-found');
    expect(wrong.err).toContain(`${master} --scan 1`);
  });

  it('export where nothing was judged says what would fill the ledger, and makes none', () => {
    const home = join(temporaryFolder(), 'nowhere');
    const ran = runCli(['export', '--home', home]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/^scan,source,[^\n]*\n$/) });
    expect(ran.err).toContain('braggwatch watch');
    expect(ran.err).toContain(home);
    expect(() => readdirSync(home)).toThrow('ENOENT');
  });

  it.each(['99999', '-1', 'http'])('a port that there cannot be is wrong usage: %s', (port) => {
    expect(runCli(['serve', '--port', port])).toMatchObject({ code: 2, out: '' });
  });
});
