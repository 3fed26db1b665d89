import type { FormatName } from '@contract/scan';
import { blissReader } from './bliss';
import { cxiReader } from './cxi';
import { fioReader } from './fio';
import { hdf5Reader } from './hdf5';
import { nanomaxReader } from './nanomax';
import { nexusReader } from './nexus';
import { matReader, npzReader } from './npz';
import { soleilReader } from './soleil';
import { specEdfReader, specTiffReader } from './spec-tiff';
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
].map(withGeometryBeside);

/** The reader of a format; it knows the geometry file beside a scan. */
export function readerOf(format: FormatName): ScanReader {
  const reader = readers.find((candidate) => candidate.format === format);
  if (!reader) throw new RangeError(`no reader of ${format}`);
  return reader;
}
