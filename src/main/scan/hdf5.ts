import { basename, dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Hdf5File } from '@main/hdf5/file';
import { withOpened } from '@main/hdf5/link';
import { blissReader } from './bliss';
import { holdsBliss } from './bliss/group';
import { whatItIs } from './describe';
import { fioReader } from './fio';
import { holdsNanomax, nanomaxReader } from './nanomax';
import { holdsVolume } from './orthogonal/hdf5';
import { orthogonalReader } from './orthogonal/reader';
import { nexusReader } from './nexus';
import { holdsNexus } from './nexus/entry';
import { soleilReader } from './soleil';
import { holdsSoleil } from './soleil/facts';
import type { ScanFacts, ScanReader } from './types';
import { isFile } from '@main/files/stat';

/** A layout of HDF5, told by what is in the file. The first that knows it reads it. */
interface Layout {
  readonly knows: (file: Hdf5File) => boolean;
  readonly reader: ScanReader;
}

const layouts: readonly Layout[] = [
  { knows: holdsBliss, reader: blissReader },
  { knows: holdsSoleil, reader: soleilReader },
  { knows: holdsNanomax, reader: nanomaxReader },
  // Before NeXus, whose groups such files have too.
  { knows: holdsVolume, reader: orthogonalReader },
  { knows: holdsNexus, reader: nexusReader },
];

/** The .fio file whose scan a detector's master belongs to. */
function fioOf(source: string): string | undefined {
  const stem = /^(.*)_master\.h5$/i.exec(basename(source))?.[1];
  if (stem === undefined) return undefined;
  const folder = dirname(source);
  return [join(dirname(folder), `${stem}.fio`), join(folder, `${stem}.fio`)].find(isFile);
}

/** What the reader of a file's layout says. @throws BraggwatchError not-a-scan, which says what the file is */
const asked = <T>(source: string, ask: (reader: ScanReader) => T): T =>
  withOpened(source, (file) => {
    const known = layouts.find(({ knows }) => knows(file));
    if (!known) throw new BraggwatchError('not-a-scan', `${source} is ${whatItIs(file)}`);
    return () => ask(known.reader);
  });

/** The scans of an HDF5 file, read by the reader of its layout, which its facts then name. */
function list(source: string): readonly ScanFacts[] {
  const fio = fioOf(source);
  if (fio !== undefined) return fioReader.list(fio);
  return asked(source, (reader) => reader.list(source));
}

/** HDF5 of any layout: which one is told by what is in the file, not by its name. */
export const hdf5Reader: ScanReader = {
  format: 'hdf5',
  list,
  open: (ref) => asked(ref.source, (reader) => reader.open({ ...ref, format: reader.format })),
};
