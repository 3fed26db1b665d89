import type { FormatName } from '@contract/scan';
import { blissReader } from './bliss';
import { cxiReader } from './cxi';
import { npzReader } from './npz';
import { specTiffReader } from './spec-tiff';
import type { ScanReader } from './types';

/** One reader per format. */
const readers: readonly ScanReader[] = [blissReader, specTiffReader, cxiReader, npzReader];

/** The reader of a format. */
export function readerOf(format: FormatName): ScanReader {
  const reader = readers.find((candidate) => candidate.format === format);
  if (!reader) throw new RangeError(`no reader of ${format}`);
  return reader;
}
