import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { readingFrom } from '@main/files/reach';
import { withLittleHeap } from '@main/hdf5';
import { isRefusal } from '@main/files/stat';
import { blissReader } from './bliss';
import { cxiReader } from './cxi';
import { fioReader } from './fio';
import { hdf5Reader } from './hdf5';
import { nanomaxReader } from './nanomax';
import { nexusReader } from './nexus';
import { matReader, npzReader } from './npz';
import { soleilReader } from './soleil';
import { specEdfReader, specTiffReader } from './spec-tiff';
import { srsReader } from './srs';
import { withGeometryBeside } from './given';
import { tiffStackReader } from './tiff-stack';
import type { ScanReader } from './types';

/** Says what the system refuses as of a file: it may be mended, and is tried again. */
function told<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    if (!isRefusal(cause)) throw cause;
    throw new BraggwatchError(cause.code === 'ENOENT' ? 'path-missing' : 'scan-unreadable', cause.message, { cause });
  }
}

/** A reader whose files may name others of the source's own folder, and that lists in little memory. */
const withinBounds = (reader: ScanReader): ScanReader => ({
  format: reader.format,
  list(source) {
    readingFrom(source);
    return told(() => withLittleHeap(() => reader.list(source)));
  },
  open(ref) {
    readingFrom(ref.source);
    const source = told(() => reader.open(ref));
    const { readRows, print } = source;
    return {
      ...source,
      read: (from, to, into) => told(() => source.read(from, to, into)),
      ...(readRows && { readRows: (frame, top, bottom) => told(() => readRows(frame, top, bottom)) }),
      ...(print && { print: (frame) => told(() => print(frame)) }),
    };
  },
});

/** One reader per format. */
const readers: readonly ScanReader[] = [
  blissReader,
  specTiffReader,
  specEdfReader,
  cxiReader,
  npzReader,
  matReader,
  tiffStackReader,
  hdf5Reader,
  fioReader,
  nanomaxReader,
  nexusReader,
  soleilReader,
  srsReader,
]
  .map(withGeometryBeside)
  .map(withinBounds);

/** The reader of a format; it knows the geometry file beside a scan. */
export function readerOf(format: FormatName): ScanReader {
  const reader = readers.find((candidate) => candidate.format === format);
  if (!reader) throw new RangeError(`no reader of ${format}`);
  return reader;
}
