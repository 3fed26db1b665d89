import { crc32 } from 'node:zlib';
import { BraggwatchError } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import { fileBytes } from '@main/files/bytes';
import { regularSize } from '@main/files/regular';
import { filledFrames } from './filled';
import { imageInfo, readImage } from './image';
import type { TiffInfo } from './tiff';

/** Bytes of a file that are in memory at once while its digest is made. */
const PIECE = 2 ** 22;

/** One frame: an image of a file. */
export interface ImageFrame {
  readonly path: string;
  readonly page: number;
}

/** A last frame that is still being written ends before what its own directory points to. */
function isWhole(path: string): boolean {
  try {
    return imageInfo(path).whole;
  } catch (error) {
    if (error instanceof BraggwatchError) return false;
    throw error;
  }
}

/**
 * The frames in order: a file each, or the pages of fewer files than there are points. The last file is left out while it
 * is being written.
 */
export function framesOf(paths: readonly string[], rows: number, info: TiffInfo | undefined): readonly ImageFrame[] {
  const last = paths.at(-1);
  const files = last !== undefined && !isWhole(last) ? paths.slice(0, -1) : paths;
  const single = (path: string): ImageFrame => ({ path, page: 0 });
  if ((info?.pages ?? 1) <= 1 || files.length >= rows) return files.map(single);
  return files.flatMap((path) => Array.from({ length: imageInfo(path).pages }, (_, page) => ({ path, page })));
}

/** Of frames that are allocated ahead, those that hold something. One that cannot be read is told by who reads it. */
export const filledOf = (frames: readonly ImageFrame[]): number =>
  filledFrames((frame) => {
    const { path, page } = frames[frame]!;
    return readImage(path, page).data;
  }, frames.length);

/** The files by which it shows that a folder's frames are others: a new file beside them changes the folder itself. */
export const toldBy = (paths: readonly string[]): readonly string[] => [
  ...new Set([0, Math.floor(paths.length / 2), paths.length - 1].flatMap((k) => paths[k] ?? [])),
];

/** What the first of some images says of all. A single one may still be on its way; a damaged one before others is to be told. */
export function infoAbout(paths: readonly string[]): TiffInfo | undefined {
  const [first] = paths;
  return first !== undefined && (paths.length > 1 || isWhole(first)) ? imageInfo(first) : undefined;
}

/** Largest value of the integers that frames are stored as, by the first one; nothing for floats. */
export function storedMaximum([first]: readonly ImageFrame[]): { readonly typeMaximum?: number } {
  const typeMaximum = first && readImage(first.path, first.page).maximum;
  return typeMaximum === undefined ? {} : { typeMaximum };
}

/** Digest of the file of a frame; undefined where files hold several, each of which the next one changes. */
export function printOf(frames: readonly ImageFrame[], frame: number): string | undefined {
  const { path, page } = frames[frame] ?? {};
  if (path === undefined || page !== 0 || frames[frame + 1]?.path === path) return undefined;
  const size = regularSize(path);
  const bytes = fileBytes(path, 0, size);
  let sum = 0;
  for (let at = 0; at < size; at += PIECE) sum = crc32(bytes.read(at, Math.min(PIECE, size - at)), sum);
  return `${path}:${size}:${sum}`;
}

/** Frames as one array of the first one's type, or of one that holds all of them. */
export function readFrames(wanted: readonly ImageFrame[], [rows, cols]: readonly [number, number]): Counts {
  const pixels = rows * cols;
  let out: Counts | undefined;
  wanted.forEach(({ path, page }, k) => {
    const { shape, data } = readImage(path, page);
    if (shape[0] !== rows || shape[1] !== cols) {
      throw new BraggwatchError('frame-size-mismatch', `${path}: ${shape.join(' x ')} instead of ${rows} x ${cols}`);
    }
    out ??= new (data.constructor as new (length: number) => Counts)(pixels * wanted.length);
    if (out.constructor !== data.constructor) out = Float64Array.from(out);
    out.set(data, k * pixels);
  });
  return out ?? new Float32Array(0);
}
