import { BraggwatchError } from '@contract/errors';
import type { Bytes } from '@main/files/bytes';
import type { Counts } from '@main/files/counts';
import { maximumOf } from './mask';
import { expanders, unsupported } from './tiff/compression';
import { readDirectories, tag, type Directories, type Directory } from './tiff/directory';
import {
  countBytes,
  DIFFERENCE,
  FLOAT_DIFFERENCE,
  makerOf,
  swap,
  undoDifference,
  undoFloatDifference,
} from './tiff/samples';

/** One grey image. */
export interface TiffImage {
  readonly shape: readonly [number, number];
  readonly data: Counts;
  /** Largest value of the integers that it is stored as. */
  readonly maximum?: number | undefined;
}

/** What a TIFF says of itself, before any image is read. */
export interface TiffInfo {
  /** Rows and columns of the first image. */
  readonly shape: readonly [number, number];
  /** Images of the first one's shape and depth, one behind the other; previews are none. */
  readonly pages: number;
  /** All that the directories point to lies in the file. */
  readonly whole: boolean;
  /** When areaDetector took the frame, if it did. */
  readonly takenAt: Date | undefined;
}

const MAX_FILE_BYTES = 2 ** 30;
const MAX_PIXELS = 2 ** 26;
/** As counts. The largest detector's, an Eiger of 16 million pixels of four bytes, has 73 MB; while it is decoded an image is in memory up to three times. */
const MAX_IMAGE_BYTES = 80_000_000;
const NONE = 1;
const MAX_PAGES = 20_000;
/** EPICS counts seconds from the beginning of 1990. */
const EPICS_EPOCH_S = 631_152_000;

const unreadable = (where: string, why: string): BraggwatchError =>
  new BraggwatchError('scan-unreadable', `${where}: ${why}`);

/** How an image lies in the file. */
interface Layout {
  readonly shape: readonly [number, number];
  readonly bits: number;
  readonly format: number;
  readonly compression: number;
  readonly predictor: number;
  /** Rows and columns of a strip or tile; the last strip may have fewer rows. */
  readonly chunk: readonly [number, number];
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly counts: readonly number[] | undefined;
}

function layoutOf({ tags }: Directory, where: string): Layout {
  const one = (name: number, otherwise: number): number => tags.get(name)?.[0] ?? otherwise;
  const [rows, cols] = [one(tag.height, 0), one(tag.width, 0)];
  if (!(rows * cols > 0 && rows * cols <= MAX_PIXELS)) throw unreadable(where, `${rows} x ${cols} pixels`);
  if (one(tag.samples, 1) !== 1) throw unreadable(where, 'a colour image');
  const tiled = tags.has(tag.tileOffsets);
  const chunk = tiled
    ? ([one(tag.tileHeight, 0), one(tag.tileWidth, 0)] as const)
    : ([Math.min(rows, one(tag.rowsPerStrip, rows)), cols] as const);
  if (!(chunk[0] * chunk[1] > 0 && chunk[0] * chunk[1] <= MAX_PIXELS)) throw unreadable(where, 'a damaged directory');
  const bits = one(tag.bits, 1);
  const format = one(tag.format, 1);
  if (Math.max(rows * cols, chunk[0] * chunk[1]) * countBytes(format, bits) > MAX_IMAGE_BYTES)
    throw unreadable(where, `${rows} x ${cols} pixels of ${bits} bits`);
  return {
    shape: [rows, cols],
    bits,
    format,
    compression: one(tag.compression, 1),
    predictor: one(tag.predictor, 1),
    chunk,
    tiled,
    offsets: tags.get(tiled ? tag.tileOffsets : tag.offsets) ?? [],
    counts: tags.get(tiled ? tag.tileCounts : tag.counts),
  };
}

/** Where strip or tile `k` is stored, and how many bytes of it; undefined where the file has no such place. */
function placeOf(bytes: Bytes, { offsets, counts }: Layout, k: number, size: number): [number, number] | undefined {
  const offset = offsets[k] ?? 0;
  const length = counts?.[k] ?? size;
  return offset > 0 && length > 0 && offset + length <= bytes.size ? [offset, length] : undefined;
}

/** What more is stored of a strip or tile than this is never its own: no compression makes anything much longer. */
const mostStored = (size: number): number => 2 * size + 2 ** 16;

/** Places of the strips or tiles: first row and column, and how many rows they hold. */
function* chunksOf({ shape: [rows, cols], chunk: [high, wide], tiled }: Layout): Generator<[number, number, number]> {
  for (let row = 0; row < rows; row += high) {
    for (let col = 0; col < cols; col += wide) yield [row, col, tiled ? high : Math.min(high, rows - row)];
  }
}

/** Samples that are nobody else's, alone in their buffer, since byte order and differences are undone in place: a copy only where they are not yet. */
function ownOf(expanded: Uint8Array, size: number, compression: number): Buffer<ArrayBuffer> {
  const { buffer } = expanded;
  if (compression !== NONE && buffer instanceof ArrayBuffer && buffer.byteLength === size) return Buffer.from(buffer);
  const samples = Buffer.from(new ArrayBuffer(size));
  samples.set(expanded.subarray(0, size));
  return samples;
}

/** One strip or tile as little-endian samples. */
function readChunk(
  packed: Uint8Array,
  layout: Layout,
  height: number,
  little: boolean,
  where: string,
): Buffer<ArrayBuffer> {
  const { bits, chunk, compression, predictor } = layout;
  const size = (height * chunk[1] * bits) / 8;
  const expand = expanders.get(compression);
  if (!expand) throw unreadable(where, `compression ${unsupported[compression] ?? compression} is not read`);
  const expanded = expand(packed, size);
  if (expanded.length < size)
    throw new BraggwatchError('scan-truncated', `${where}: ${expanded.length} of ${size} bytes`);
  const samples = ownOf(expanded, size, compression);
  if (predictor === FLOAT_DIFFERENCE) return undoFloatDifference(samples, bits, chunk[1]);
  if (!little) swap(samples, bits);
  if (predictor === DIFFERENCE) undoDifference(samples.buffer, bits, chunk[1]);
  return samples;
}

function decodeImage(bytes: Bytes, directory: Directory, little: boolean, where: string): TiffImage {
  const layout = layoutOf(directory, where);
  const { shape, bits, chunk } = layout;
  const make = makerOf(layout.format, bits);
  if (!make) throw unreadable(where, `samples of ${bits} bits are not read`);
  const sample = bits / 8;
  const isOne = chunk[0] === shape[0] && chunk[1] === shape[1];
  // What is stored in one piece is the image as soon as it is expanded.
  let out = Buffer.from(new ArrayBuffer(isOne ? 0 : shape[0] * shape[1] * sample));
  let k = 0;
  for (const [row, col, height] of chunksOf(layout)) {
    const size = height * chunk[1] * sample;
    const place = placeOf(bytes, layout, k++, size);
    if (!place) throw new BraggwatchError('scan-truncated', where);
    const packed = bytes.read(place[0], Math.min(place[1], mostStored(size)));
    const samples = readChunk(packed, layout, height, little, where);
    const width = Math.min(chunk[1], shape[1] - col);
    if (isOne) out = samples;
    else if (width === shape[1] && chunk[1] === width) samples.copy(out, row * width * sample);
    else {
      for (let r = 0; r < Math.min(height, shape[0] - row); r++) {
        const from = r * chunk[1] * sample;
        samples.copy(out, ((row + r) * shape[1] + col) * sample, from, from + width * sample);
      }
    }
  }
  const data = make(out.buffer);
  return { shape, data, maximum: maximumOf(data, sample) };
}

function checkSize(bytes: Bytes, where: string): void {
  if (bytes.size > MAX_FILE_BYTES) throw unreadable(where, `${bytes.size} bytes`);
}

/** Of files whose directories were read before: packed ones are read onwards, and to go back to these would be to begin again. */
const known = new WeakMap<Bytes, Directories>();

function directoriesOf(bytes: Bytes, where: string): Directories {
  const found = known.get(bytes) ?? readDirectories(bytes, where, MAX_PAGES);
  known.set(bytes, found);
  return found;
}

/** Frames among a file's images: of the first one's kind, and no smaller copies of another. */
function framesAmong(pages: readonly Directory[]): Directory[] {
  const kind = ({ tags }: Directory): string =>
    [tag.height, tag.width, tag.bits, tag.format].map((name) => tags.get(name)?.[0]).join('/');
  const reduced = ({ tags }: Directory): boolean => ((tags.get(tag.subfile)?.[0] ?? 0) & 1) === 1;
  return pages.filter((page, i) => i === 0 || (!reduced(page) && kind(page) === kind(pages[0]!)));
}

/**
 * What a TIFF says of itself.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function tiffInfo(bytes: Bytes, where: string): TiffInfo {
  checkSize(bytes, where);
  const { pages } = directoriesOf(bytes, where);
  const [first] = pages;
  if (!first) throw unreadable(where, 'no image');
  const frames = framesAmong(pages);
  const whole = frames.every((page) => {
    const layout = layoutOf(page, where);
    let k = 0;
    // One by one: a damaged directory may tell of millions.
    for (const [, , height] of chunksOf(layout))
      if (!placeOf(bytes, layout, k++, (height * layout.chunk[1] * layout.bits) / 8)) return false;
    return true;
  });
  const seconds = first.tags.get(tag.epicsTime)?.[0] ?? 0;
  return {
    shape: layoutOf(first, where).shape,
    pages: frames.length,
    whole,
    takenAt: seconds > 1 ? new Date((EPICS_EPOCH_S + seconds) * 1000) : undefined,
  };
}

/**
 * An image of a TIFF or BigTIFF, one sample per pixel, of either byte order, in strips or tiles.
 * @param page the first one unless said otherwise; previews do not count
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readTiff(bytes: Bytes, where: string, page = 0): TiffImage {
  checkSize(bytes, where);
  try {
    // Of one image only its own directory is read, whatever becomes of those behind it.
    const first = page === 0 && !known.has(bytes);
    const { little, pages } = first ? readDirectories(bytes, where, 1) : directoriesOf(bytes, where);
    const image = framesAmong(pages)[page];
    if (!image) throw unreadable(where, page === 0 ? 'no image' : `no image ${page}`);
    return decodeImage(bytes, image, little, where);
  } catch (error) {
    if (error instanceof BraggwatchError) throw error;
    throw new BraggwatchError('scan-unreadable', `${where}: ${error instanceof Error ? error.message : 'no TIFF'}`, {
      cause: error,
    });
  }
}
