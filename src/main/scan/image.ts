import type { Bytes } from '@main/files/bytes';
import { unpackedBytes } from '@main/files/unpacked';
import { signatureOf } from '@main/files/signature';
import { edfInfo, looksLikeEdf, readEdf } from './edf';
import { readTiff, tiffInfo, type TiffImage, type TiffInfo } from './tiff';

// A stack's frames are asked for one by one: what was read, or unpacked, last is kept.
let last: { readonly key: string; readonly bytes: Bytes; readonly edf: boolean } | undefined;

function bytesOf(path: string): NonNullable<typeof last> {
  const key = `${path}:${signatureOf(path)}`;
  if (last?.key !== key) {
    const bytes = unpackedBytes(path);
    last = { key, bytes, edf: looksLikeEdf(bytes) };
  }
  return last;
}

/**
 * What an image file (TIFF or EDF, whole files in gzip too) says of itself; which of them it is, its first bytes tell.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function imageInfo(path: string): TiffInfo {
  const { bytes, edf } = bytesOf(path);
  return edf ? edfInfo(bytes, path) : tiffInfo(bytes, path);
}

/**
 * A frame of an image file.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readImage(path: string, page = 0): TiffImage {
  const { bytes, edf } = bytesOf(path);
  return edf ? readEdf(bytes, path, page) : readTiff(bytes, path, page);
}
