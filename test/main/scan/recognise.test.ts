import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { recognise } from '@main/scan/recognise';
import { writeTree } from '../../helpers/hdf5';
import { tiff } from './write-spec';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();
const spec = '#F /data/pt\n#E 1771000000\n#O0 eta\n\n#S 1 ascan eta 1 2 10 1\n#N 1\n#L eta\n1\n';

it.each<[string, string | Buffer, ReturnType<typeof recognise>]>([
  ['run.log', 'begun at 02:00', { what: 'text' }],
  ['nothing', '', { what: 'empty' }],
  ['noise.bin', Buffer.from([1, 0, 2, 0, 3]), { what: 'of no kind that is known' }],
  ['a.cbf', '###CBF: VERSION 1.5', { what: 'a CBF image, as of a rotation for crystal structures' }],
  ['a.png', Buffer.from('\x89PNG\r\n', 'latin1'), { what: 'a picture' }],
  [
    'a.tif',
    tiff(new Int32Array(20 * 30), 20, 30),
    { what: 'an image of 20 x 30 pixels; the positions of a scan, in a geometry.json beside it, are missing' },
  ],
  ['pt_2026', spec, { what: 'a SPEC file', format: 'spec-tiff' }],
  ['pt.dat', spec, { what: 'a SPEC file', format: 'spec-tiff' }],
  ['pt.dat~', spec, { what: 'a SPEC file' }],
  ['scan0001/mpx_0000.h5', 'x', { what: 'frames of Lima; the BLISS master above their folder is missing' }],
])('%s is told by its first bytes', (name, bytes, is) => {
  const path = join(newFolder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  expect(recognise(path)).toEqual(is);
});

it("folders of frames tell of a SPEC file's scans themselves", () => {
  const path = join(newFolder(), 'pt_2026');
  writeFileSync(path, spec);
  mkdirSync(join(dirname(path), 'pt_2026_S0001'));
  expect(recognise(path)).toEqual({ what: 'a SPEC file' });
});

it('HDF5 is HDF5 by any name', () => {
  const path = join(newFolder(), 'a.h5');
  writeTree(path, (tree) => tree.put('/a', 1));
  renameSync(path, `${path}bs`);
  expect(recognise(`${path}bs`)).toEqual({ what: 'HDF5', format: 'hdf5' });
});
