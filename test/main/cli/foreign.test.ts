import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtCli, temporaryFolder } from '../../support/build';
import { writeTree } from '../../helpers/hdf5';

function run(args: readonly string[]): { code: number | null; out: string; err: string } {
  const ran = spawnSync(process.execPath, [builtCli, ...args], { encoding: 'utf8' });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

/** A folder with nothing but what other programs and beamlines made, and what is to be said of each. */
function writeForeign(folder: string): readonly RegExp[] {
  writeTree(join(folder, 'Run0001.cxi.h5'), (tree) => {
    tree.put('/entry_1/image_1/is_fft_shifted', 0);
    tree.put('/entry_1/image_1/process_1/program', 'PyNX');
  });
  writeTree(join(folder, 'map.nxs'), (tree) => {
    tree.group('/entry', { NX_class: 'NXentry' });
    tree.group('/entry/instrument', { NX_class: 'NXinstrument' });
    tree.put('/entry/instrument/beamline', 'i14');
    tree.put('/entry/diamond_scan/scan_shape', Float64Array.of(51, 51));
  });
  writeTree(join(folder, 'lysozyme_master.h5'), (tree) => {
    tree.group('/entry', { NX_class: 'NXentry' });
    tree.put('/entry/definition', 'NXmx');
    tree.group('/entry/instrument', { NX_class: 'NXinstrument', short_name: 'I03' });
    tree.group('/entry/instrument/source', { NX_class: 'NXsource' });
    tree.put('/entry/instrument/source/name', 'Diamond Light Source');
  });
  writeTree(join(folder, 'random.h5'), (tree) => tree.put('/spectra/a', 1));
  writeFileSync(join(folder, 'run.log'), 'begun at 02:00\n');
  return [
    /Run0001\.cxi\.h5[^,]*a reconstruction of PyNX/,
    /map\.nxs[^,]*a NeXus file of i14: a map, 51 x 51 points/,
    /lysozyme_master\.h5[^,]*an NXmx file of Diamond Light Source: without detector frames, measured at I03/,
    /random\.h5[^,]*HDF5 in a layout that is not known/,
    /run\.log \(text\)/,
  ];
}

it('watch says once of each kind what it is, and puts nothing into the queue', () => {
  const folder = temporaryFolder();
  const words = writeForeign(folder);
  const { code, out, err } = run(['watch', folder, '--until-idle', '1', '--json', '--out', temporaryFolder()]);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err.match(/^layout-unknown/gm)).toHaveLength(1);
  expect(err).toContain(`5 files in ${folder}`);
  expect(err).toContain('geometry.json');
  for (const each of words) expect(err).toMatch(each);
});

it('classify says the same, of what could hold a scan in a line each', () => {
  const folder = temporaryFolder();
  const words = writeForeign(folder);
  const { code, out, err } = run(['classify', folder, '--json']);
  expect(code).toBe(3);
  const lines = out.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(4);
  for (const each of words.slice(0, 4)) expect(lines.filter((line) => each.test(line))).toHaveLength(1);
  expect(err).toMatch(words[4]!);
});

it('a folder without anything that could be a scan is no silence either', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'run.log'), 'begun at 02:00\n');
  mkdirSync(join(folder, 'e4m'));
  writeTree(join(folder, 'e4m', 'pt_00001_data_000001.h5'), (tree) =>
    tree.array('/entry/data/data', new Uint32Array(2 * 32 * 32), [2, 32, 32]),
  );
  const told = new RegExp(
    `layout-unknown: .*2 files in ${folder}: e4m/pt_00001_data_000001\\.h5 \\(frames of a Dectris detector; their master .* is missing.*run\\.log \\(text\\)`,
  );
  expect(run(['watch', folder, '--until-idle', '1', '--out', temporaryFolder()]).err).toMatch(told);
  expect(run(['classify', folder])).toMatchObject({ code: 3, err: expect.stringMatching(told) as string });
  expect(run(['classify', join(folder, 'run.log')]).err).toMatch(/format-unknown: .*run\.log \(text\)/);
});
