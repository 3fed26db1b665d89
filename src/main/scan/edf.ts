import { gunzipSync } from 'node:zlib';
import { BraggwatchError } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import { maximumOf } from './mask';
import type { TiffImage, TiffInfo } from './tiff';

/** One frame's place in an EDF file, as its header says. */
interface Block {
  readonly shape: readonly [number, number];
  readonly bytes: number;
  readonly read: (bytes: Buffer) => Counts;
  readonly big: boolean;
  readonly compressed: string | undefined;
  /** Where the frames of the block begin; one that has a third dimension holds several. */
  readonly start: number;
  readonly frames: number;
  /** Where the next block begins. */
  readonly end: number;
}

const MAX_HEADER = 2 ** 20;
const MAX_PIXELS = 2 ** 26;
/** Of a packed file, which is unpacked as a whole. */
const MAX_BYTES = 2 ** 29;
/** Deflate makes no more of a byte. */
const MOST_RATIO = 1032;

const wide = (bytes: Buffer, read: (at: number) => bigint): Float64Array =>
  Float64Array.from({ length: bytes.length / 8 }, (_, i) => Number(read(8 * i)));

/** Bytes of a sample, and samples from bytes of the machine's order; `bytes` begins its own buffer. */
const types: readonly (readonly [RegExp, number, (bytes: Buffer<ArrayBuffer>) => Counts])[] = [
  [/^signed(byte|8)$/, 1, ({ buffer }) => Int32Array.from(new Int8Array(buffer))],
  [/^unsigned(byte|8)$/, 1, ({ buffer }) => new Uint8Array(buffer)],
  [/^signed(short|16)$/, 2, ({ buffer }) => Int32Array.from(new Int16Array(buffer))],
  [/^unsigned(short|shortinteger|16)$/, 2, ({ buffer }) => new Uint16Array(buffer)],
  [/^signed(integer|long|32)$/, 4, ({ buffer }) => new Int32Array(buffer)],
  [/^unsigned(integer|long|32)$/, 4, ({ buffer }) => new Uint32Array(buffer)],
  [/^signed64$/, 8, (bytes) => wide(bytes, (at) => bytes.readBigInt64LE(at))],
  [/^unsigned64$/, 8, (bytes) => wide(bytes, (at) => bytes.readBigUInt64LE(at))],
  [/^(floatvalue|float|floatieee32|real)$/, 4, ({ buffer }) => new Float32Array(buffer)],
  [/^(doublevalue|double|floatieee64)$/, 8, ({ buffer }) => new Float64Array(buffer)],
];

const unreadable = (where: string, why: string): BraggwatchError =>
  new BraggwatchError('scan-unreadable', `${where}: ${why}`);

/** A file as it was before it was compressed as a whole. @throws BraggwatchError scan-truncated */
export function unzipped(bytes: Buffer, where: string): Buffer {
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes;
  try {
    // In one piece: several would be in memory twice when they are joined.
    const chunkSize = Math.min(MAX_BYTES, MOST_RATIO * (bytes.length + 1));
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES, chunkSize });
  } catch (cause) {
    if (cause instanceof RangeError) throw unreadable(where, `more than ${MAX_BYTES} bytes when unpacked`);
    throw new BraggwatchError('scan-truncated', `${where}: gzip ends early or is damaged`, { cause });
  }
}

/** Whether bytes begin as an EDF file's do. */
export const looksLikeEdf = (bytes: Buffer): boolean => /^\s*\{[\s\0]/.test(bytes.toString('latin1', 0, 16));

/** A block of what holds for all others: it has no frame. */
const empty = {
  shape: [0, 0],
  bytes: 0,
  frames: 0,
  big: false,
  compressed: undefined,
  read: () => new Uint8Array(0),
} as const;

/** The header's `key = value ;` lines, keys in small letters. */
function keysOf(text: string): Map<string, string> {
  const pairs = text.matchAll(/([^\s=;{}][^=;{}]*?)\s*=\s*([^;]*?)\s*;/g);
  return new Map([...pairs].map(([, key = '', value = '']) => [key.toLowerCase(), value]));
}

/** The block that begins at an offset; undefined where none does. */
function blockAt(bytes: Buffer, from: number, where: string): Block | undefined {
  const text = bytes.toString('latin1', from, Math.min(bytes.length, from + MAX_HEADER));
  const opening = text.search(/\S/);
  if (opening < 0 || text[opening] !== '{') return undefined;
  const closing = /\}\r?\n/.exec(text);
  if (!closing) throw new BraggwatchError('scan-truncated', `${where}: a header without an end`);
  const keys = keysOf(text.slice(opening, closing.index));
  const size = (name: string, otherwise: number): number => Number(keys.get(name) ?? otherwise);
  const start = from + closing.index + closing[0].length;
  const stored = size('edf_binarysize', 0) || 0;
  if (!keys.has('dim_1')) return { ...empty, start, end: start + stored };
  const [cols, rows, frames] = [size('dim_1', 0), size('dim_2', 1), size('dim_3', 1)];
  const possible = [cols, rows, frames].every((n) => Number.isInteger(n) && n > 0);
  if (!possible || rows * cols > MAX_PIXELS) throw unreadable(where, `frames of ${rows} x ${cols} pixels`);
  const name = (keys.get('datatype') ?? '').toLowerCase();
  const type = types.find(([known]) => known.test(name));
  if (!type) throw unreadable(where, `samples of type ${keys.get('datatype') ?? '(not told)'} are not read`);
  const [, sample, read] = type;
  const compressed = keys.get('compression');
  return {
    shape: [rows, cols],
    bytes: rows * cols * sample,
    big: /^high/i.test(keys.get('byteorder') ?? ''),
    compressed: compressed === undefined || /^(none|)$/i.test(compressed) ? undefined : compressed,
    read: (packed) => {
      // A copy of its own buffer: samples are aligned, and byte order is undone in place.
      const own = Buffer.from(new ArrayBuffer(packed.length));
      packed.copy(own);
      return read(own);
    },
    start,
    frames,
    end: start + Math.max(stored, frames * rows * cols * sample),
  };
}

const endOf = ({ start, frames, bytes }: Block): number => start + frames * bytes;

/** The blocks of a file, one behind the other. */
function* blocksOf(bytes: Buffer, where: string): Generator<Block> {
  let from = 0;
  while (from < bytes.length) {
    const block = blockAt(bytes, from, where);
    if (!block) return;
    if (block.compressed !== undefined) throw unreadable(where, `compression ${block.compressed} is not read`);
    yield block;
    from = block.end;
  }
}

/**
 * What an EDF file says of itself, uncompressed.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function edfInfo(bytes: Buffer, where: string): TiffInfo {
  const blocks = [...blocksOf(bytes, where)];
  const first = blocks.find(({ frames }) => frames > 0);
  if (!first) throw unreadable(where, 'no EDF header');
  const whole = endOf(blocks.at(-1)!) <= bytes.length;
  const pages = blocks.reduce((sum, { frames }) => sum + frames, 0);
  return { shape: first.shape, pages, whole, takenAt: undefined };
}

/**
 * A frame of an EDF file (ESRF data format): a header in braces, then the samples; stacks have a header for each frame, or a third
 * dimension.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readEdf(bytes: Buffer, where: string, page = 0): TiffImage {
  let left = page;
  for (const block of blocksOf(bytes, where)) {
    if (left >= block.frames) {
      left -= block.frames;
      continue;
    }
    const start = block.start + left * block.bytes;
    if (start + block.bytes > bytes.length) {
      throw new BraggwatchError('scan-truncated', `${where}: ${bytes.length - start} of ${block.bytes} bytes`);
    }
    const packed = Buffer.from(bytes.subarray(start, start + block.bytes));
    const sample = block.bytes / (block.shape[0] * block.shape[1]);
    if (block.big && sample === 2) packed.swap16();
    if (block.big && sample === 4) packed.swap32();
    if (block.big && sample === 8) packed.swap64();
    const data = block.read(packed);
    return { shape: block.shape, data, maximum: maximumOf(data, sample) };
  }
  throw unreadable(where, `no image ${page}`);
}
