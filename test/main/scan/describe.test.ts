import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { hdf5Reader } from '@main/scan/hdf5';
import { unknownLayout } from '@main/beamtime/watch/overlooked';
import { writeTree, type Tree } from '../../helpers/hdf5';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();
const nexus = (tree: Tree): void => {
  tree.group('/entry', { NX_class: 'NXentry' });
  tree.group('/entry/instrument', { NX_class: 'NXinstrument' });
};

it.each<[string, RegExp, (tree: Tree) => void]>([
  [
    'a reconstruction of PyNX',
    /a reconstruction of PyNX \(complex density\), not counts/,
    (tree) => {
      tree.put('/entry_1/image_1/is_fft_shifted', 0);
      tree.put('/entry_1/image_1/process_1/program', 'PyNX');
    },
  ],
  [
    'a map',
    /a NeXus file of i14: a map, 51 x 51 points/,
    (tree) => {
      nexus(tree);
      tree.put('/entry/instrument/beamline', 'i14');
      tree.put('/entry/diamond_scan/scan_shape', Float64Array.of(51, 51));
    },
  ],
  [
    'one image',
    /an NXsas file of 15ID: one image of 195 x 487 pixels/,
    (tree) => {
      nexus(tree);
      tree.put('/entry/definition', 'NXsas');
      tree.put('/entry/instrument/name', '15ID');
      tree.array('/entry/data/data', new Uint32Array(195 * 487), [195, 487]);
    },
  ],
  [
    'something else',
    /HDF5 in a layout that is not known, with entry, spectra/,
    (tree) => {
      tree.put('/entry', 7);
      tree.put('/spectra/a', 1);
    },
  ],
])('%s is told by what it is', (_, words, fill) => {
  const path = join(newFolder(), 'a.h5');
  writeTree(path, fill);
  let said: unknown;
  try {
    hdf5Reader.list(path);
  } catch (error) {
    said = error;
  }
  expect(said).toBeInstanceOf(BraggwatchError);
  expect(said).toMatchObject({ code: 'not-a-scan', message: expect.stringMatching(words) as string });
});

it('stands in the one alert of a watched folder', () => {
  const what = new Map([['/data/a.h5', 'a map, 51 x 51 points']]);
  const told = unknownLayout('/data', { strangers: ['/data/a.h5', '/data/b.cbf'], closed: [], what });
  expect(told?.message).toContain('2 files in /data: a.h5 (a map, 51 x 51 points), b.cbf');
});
