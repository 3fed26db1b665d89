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
  .map(withinReach)
  .map(withRefusals);

/** A reader whose files may name others of the source's own folder. */
function withinReach(reader: ScanReader): ScanReader {
  return {
    format: reader.format,
    list(source) {
      readingFrom(source);
      return reader.list(source);
    },
    open(ref) {
      readingFrom(ref.source);
      return reader.open(ref);
    },
  };
}

/** A reader that says what the system refuses it, as of a file: it may be mended, and is tried again. */
function withRefusals(reader: ScanReader): ScanReader {
  const told = <T>(step: () => T): T => {
    try {
      return step();
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      throw new BraggwatchError(cause.code === 'ENOENT' ? 'path-missing' : 'scan-unreadable', cause.message, { cause });
    }
  };
  return {
    format: reader.format,
    list: (source) => told(() => withLittleHeap(() => reader.list(source))),
    open(ref) {
      const source = told(() => reader.open(ref));
      return {
        ...source,
        read: (from, to, into) => told(() => source.read(from, to, into)),
        ...(source.readRows && {
          readRows: (frame, top, bottom) => told(() => source.readRows?.(frame, top, bottom)),
        }),
        ...(source.print && { print: (frame) => told(() => source.print?.(frame)) }),
      };
    },
  };
}

/** The reader of a format; it knows the geometry file beside a scan. */
export function readerOf(format: FormatName): ScanReader {
  const reader = readers.find((candidate) => candidate.format === format);
  if (!reader) throw new RangeError(`no reader of ${format}`);
  return reader;
}
