import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { beginning } from '@main/files/beginning';
import { isFile } from '@main/files/stat';
import { isHdf5 } from '@main/hdf5/superblock';
import { holdsCounts } from './archive';
import { geometryPlaces, hasOwnGeometry } from './beside';
import { belongsTo, imageFile } from './formats';
import { imageInfo } from './image';
import { looksLikeSpec, mayBeSpec } from './spec/file';
import { frameFolders } from './spec/folder';
import { looksLikeSrs } from './srs/file';

/** What a file is that no reader claims by its name. */
export interface Recognised {
  /** The format whose scans it holds after all, by its first bytes. */
  readonly format?: FormatName;
  /** In words, for whoever wonders why nothing comes of it. */
  readonly what: string;
}

/** Larger images are not read only to say how large they are. */
const MOST_IMAGE_BYTES = 2 ** 26;

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^###CBF/, 'a CBF image, as of a rotation for crystal structures'],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8/, 'a picture'],
  [/^%PDF/, 'a PDF document'],
  [/^PK\x03\x04/, 'a ZIP archive'],
  [/^\x1f\x8b|^BZh/, 'a compressed file'],
  [/^SQLite format 3/, 'an SQLite database'],
];

/** What belongs to something that is not there, by its name. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/_data_\d{6}\.h5$/i, 'frames of a Dectris detector; their master (..._master.h5) is missing beside them'],
  [/[\\/]scan\d{4,}[\\/][^\\/]+\.(h5|hdf5)$/, 'frames of Lima; the BLISS master above their folder is missing'],
];

/** Set aside by people and editors: what it is a copy of is told by itself. */
const copy = /(~|\.(bak|old|orig))$/i;

/** Nothing but what people write and read. */
const isText = (bytes: string): boolean => !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(bytes);

/** Whether a file that is called a mask is a scan all the same: it has a geometry, its own or its folder's, and holds counts. */
function isStack(path: string): boolean {
  if (hasOwnGeometry(path)) return true;
  if (!geometryPlaces(path).some(isFile)) return false;
  try {
    return holdsCounts(path);
  } catch (error) {
    if (error instanceof BraggwatchError) return false;
    throw error;
  }
}

function imageWords(path: string): string {
  if (statSync(path).size > MOST_IMAGE_BYTES) return 'a large image, with no geometry.json beside it';
  try {
    const { pages, shape } = imageInfo(path);
    const size = `${shape.join(' x ')} pixels`;
    const images = pages > 1 ? `${pages} images of ${size}` : `an image of ${size}`;
    return `${images}; the positions of a scan, in a geometry.json beside it, are missing`;
  } catch (error) {
    if (error instanceof BraggwatchError) return 'an image that cannot be read';
    throw error;
  }
}

/**
 * What a file is by its first bytes, and whether it holds scans although its name does not say so: SPEC's files have any ending or none,
 * and HDF5 is called many things.
 */
export function recognise(path: string): Recognised {
  const bytes = beginning(path);
  if (bytes === '') return { what: 'empty' };
  const part = parts.find(([name]) => name.test(path));
  if (part) return { what: part[1] };
  const array = (['npz', 'mat'] as const).find((format) => belongsTo(path, format));
  if (array)
    return { what: 'a mask or axes; the counts are missing beside it', ...(isStack(path) && { format: array }) };
  if (isHdf5(path)) return { what: 'HDF5', ...(!copy.test(path) && { format: 'hdf5' }) };
  if (mayBeSpec(basename(path)) && looksLikeSpec(path)) {
    // Folders of frames tell of its scans.
    const own = !copy.test(path) && frameFolders(dirname(path)).length === 0;
    return { what: 'a SPEC file', ...(own && { format: 'spec-tiff' }) };
  }
  if (looksLikeSrs(path)) {
    // Where GDA wrote a NeXus file, too, that one tells more.
    const told = isFile(path.replace(/(\.[^.\\/]*)?$/, '.nxs'));
    return { what: 'a file of GDA (Diamond)', ...(!told && !copy.test(path) && { format: 'srs' }) };
  }
  const kind = kinds.find(([mark]) => mark.test(bytes));
  if (kind) return { what: kind[1] };
  if (imageFile.test(path)) return { what: imageWords(path) };
  return { what: isText(bytes) ? 'text' : 'of no kind that is known' };
}
