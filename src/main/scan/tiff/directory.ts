import { BraggwatchError } from '@contract/errors';
import type { Bytes } from '@main/files/bytes';

/** One image file directory: numbers by tag, as far as they are of use here. */
export interface Directory {
  readonly tags: ReadonlyMap<number, readonly number[]>;
}

/** A TIFF's directories. */
export interface Directories {
  readonly little: boolean;
  readonly pages: readonly Directory[];
}

export const tag = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  offsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  counts: 279,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileCounts: 325,
  format: 339,
  /** areaDetector's time of the frame, seconds since 1990. */
  epicsTime: 65_000,
} as const;
const wanted: ReadonlySet<number> = new Set(Object.values(tag));

/** Bytes per value of TIFF's types 1 to 18; 0 for those that are none. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const CLASSIC = 42;
const BIG = 43;
const MAX_ENTRIES = 4096;
/** Of all directories together: strips, tiles and their sizes. Directories can share them, so that a small file has more of them than bytes. */
const MAX_VALUES = 2 ** 24;
/** Read at once where a number is. */
const WINDOW = 2 ** 16;

const unreadable = (where: string, why: string): BraggwatchError =>
  new BraggwatchError('scan-unreadable', `${where}: ${why}`);

/** Numbers of either byte order. */
function numbers(bytes: Bytes, little: boolean) {
  let from = 0;
  let view = new DataView(new ArrayBuffer(0));
  /** Where a number of so many bytes begins in what is held. */
  const held = (at: number, width: number): number => {
    if (at < from || at + width > from + view.byteLength) {
      view = new DataView(bytes.read(at, Math.max(width, Math.min(WINDOW, bytes.size - at))).buffer);
      from = at;
    }
    return at - from;
  };
  const number =
    (width: number, get: (held: DataView, place: number) => number) =>
    (at: number): number => {
      // What is held may be another once it is known where: so in two steps.
      const place = held(at, width);
      return get(view, place);
    };
  const u8 = number(1, (bits, place) => bits.getUint8(place));
  const u16 = number(2, (bits, place) => bits.getUint16(place, little));
  const u32 = number(4, (bits, place) => bits.getUint32(place, little));
  const u64 = number(8, (bits, place) => Number(bits.getBigUint64(place, little)));
  const f32 = number(4, (bits, place) => bits.getFloat32(place, little));
  const f64 = number(8, (bits, place) => bits.getFloat64(place, little));
  const value = (type: number, at: number): number => {
    switch (type) {
      case 1:
        return u8(at);
      case 3:
        return u16(at);
      case 4:
      case 13:
        return u32(at);
      case 11:
        return f32(at);
      case 12:
        return f64(at);
      case 16:
      case 18:
        return u64(at);
      default:
        return NaN;
    }
  };
  return { u16, u32, u64, value };
}

/**
 * Reads the directories of a TIFF or BigTIFF. Entries that claim more values than the file has bytes are refused before memory
 * is set aside for them.
 * @param most directories that are read at the most
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readDirectories(bytes: Bytes, where: string, most: number): Directories {
  if (bytes.size < 8) throw new BraggwatchError('scan-truncated', `${where}: ${bytes.size} bytes`);
  const order = String.fromCharCode(...bytes.read(0, 2));
  if (order !== 'II' && order !== 'MM') throw unreadable(where, 'no TIFF');
  const little = order === 'II';
  const read = numbers(bytes, little);
  const version = read.u16(2);
  if (version !== CLASSIC && version !== BIG) throw unreadable(where, 'no TIFF');
  const big = version === BIG;
  if (big && bytes.size < 16) throw new BraggwatchError('scan-truncated', `${where}: ${bytes.size} bytes`);
  const [countBytes, entryBytes, inline] = big ? [8, 20, 8] : [2, 12, 4];
  const offset = big ? read.u64 : read.u32;

  let values = 0;
  const directory = (start: number): { tags: Map<number, number[]>; next: number } => {
    if (start < 8 || start + countBytes > bytes.size) throw new BraggwatchError('scan-truncated', where);
    const entries = big ? read.u64(start) : read.u16(start);
    const end = start + countBytes + entries * entryBytes;
    if (entries > MAX_ENTRIES) throw unreadable(where, 'a damaged directory');
    if (end > bytes.size) throw new BraggwatchError('scan-truncated', where);
    const tags = new Map<number, number[]>();
    for (let at = start + countBytes; at < end; at += entryBytes) {
      const [name, type] = [read.u16(at), read.u16(at + 2)];
      const count = offset(at + 4);
      const size = TYPE_BYTES[type] ?? 0;
      if (size * count > bytes.size) throw unreadable(where, 'a damaged directory');
      if (!wanted.has(name) || size === 0) continue;
      const place = at + entryBytes - inline;
      const from = size * count <= inline ? place : offset(place);
      if (from + size * count > bytes.size) throw new BraggwatchError('scan-truncated', where);
      values += count;
      if (values > MAX_VALUES) throw unreadable(where, 'a damaged directory');
      tags.set(
        name,
        Array.from({ length: count }, (_, i) => read.value(type, from + i * size)),
      );
    }
    // Some writers leave out the last four bytes where no directory follows.
    return { tags, next: end + inline <= bytes.size ? offset(end) : 0 };
  };

  const pages: Directory[] = [];
  const seen = new Set<number>();
  for (let at = offset(big ? 8 : 4); at !== 0 && !seen.has(at) && pages.length < most;) {
    seen.add(at);
    const { tags, next } = directory(at);
    pages.push({ tags });
    at = next;
  }
  return { little, pages };
}
