import { BraggwatchError } from '@contract/errors';
import type { Bytes } from '@main/files/bytes';
import type { Counts } from '@main/files/counts';
import { maximumOf } from './mask';
import type { TiffImage, TiffInfo } from './tiff';

/** One frame's place in an EDF file, as its header says. */
interface Block {
  readonly shape: readonly [number, number];
  readonly bytes: number;
  /** Counts from bytes of the machine's order, which begin their own buffer. */
  readonly read: (bytes: Buffer<ArrayBuffer>) => Counts;
  readonly big: boolean;
  readonly compressed: string | undefined;
  /** Where the frames of the block begin; one that has a third dimension holds several. */
  readonly start: number;
  readonly frames: number;
  /** Where the next block begins. */
  readonly end: number;
}

/** Most headers are short. */
const HEADER_BYTES = [2 ** 13, 2 ** 20] as const;
const MAX_PIXELS = 2 ** 26;
/** A frame is in memory up to four times while it is decoded. */
const MAX_IMAGE_BYTES = 2 ** 27;
/** Of headers, and of frames. */
const MAX_PAGES = 20_000;

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

/** Whether bytes begin as an EDF file's do. */
export const looksLikeEdf = (bytes: Bytes): boolean => /^\s*\{[\s\0]/.test(textAt(bytes, 0, 16));

/** As many bytes as there are, at most `length`. */
const textAt = (bytes: Bytes, from: number, length: number): string =>
  Buffer.from(bytes.read(from, Math.max(0, Math.min(length, bytes.size - from))).buffer).toString('latin1');

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
function blockAt(bytes: Bytes, from: number, where: string): Block | undefined {
  let text = '';
  let closing: RegExpExecArray | null = null;
  for (const length of HEADER_BYTES) {
    text = textAt(bytes, from, length);
    closing = /\}\r?\n/.exec(text);
    if (closing) break;
  }
  const opening = text.search(/\S/);
  if (opening < 0 || text[opening] !== '{') return undefined;
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
  if (rows * cols * sample > MAX_IMAGE_BYTES) throw unreadable(where, `frames of ${rows} x ${cols} pixels`);
  const compressed = keys.get('compression');
  return {
    shape: [rows, cols],
    bytes: rows * cols * sample,
    big: /^high/i.test(keys.get('byteorder') ?? ''),
    compressed: compressed === undefined || /^(none|)$/i.test(compressed) ? undefined : compressed,
    read,
    start,
    frames,
    end: start + Math.max(stored, frames * rows * cols * sample),
  };
}

const endOf = ({ start, frames, bytes }: Block): number => start + frames * bytes;

/** What is known of a file's blocks: packed files are read onwards, and to look at their headers again would be to begin again. */
interface Known {
  readonly found: Block[];
  readonly rest: Generator<Block>;
  failed?: unknown;
}
const known = new WeakMap<Bytes, Known>();

/** The blocks of a file, one behind the other, each looked for once. */
function* blocksOf(bytes: Bytes, where: string): Generator<Block> {
  const blocks = known.get(bytes) ?? { found: [], rest: lookedFor(bytes, where) };
  known.set(bytes, blocks);
  for (let n = 0; ; n++) {
    if (n === blocks.found.length) {
      if (blocks.failed !== undefined) throw blocks.failed;
      try {
        const next = blocks.rest.next();
        if (next.done) return;
        blocks.found.push(next.value);
      } catch (error) {
        blocks.failed = error;
        throw error;
      }
    }
    yield blocks.found[n]!;
  }
}

function* lookedFor(bytes: Bytes, where: string): Generator<Block> {
  let [from, pages] = [0, 0];
  while (from < bytes.size) {
    const block = blockAt(bytes, from, where);
    if (!block) return;
    if (block.compressed !== undefined) throw unreadable(where, `compression ${block.compressed} is not read`);
    pages += Math.max(1, block.frames);
    if (pages > MAX_PAGES) throw unreadable(where, `more than ${MAX_PAGES} frames`);
    yield block;
    from = block.end;
  }
}

/**
 * What an EDF file says of itself, uncompressed.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function edfInfo(bytes: Bytes, where: string): TiffInfo {
  const blocks = [...blocksOf(bytes, where)];
  const first = blocks.find(({ frames }) => frames > 0);
  if (!first) throw unreadable(where, 'no EDF header');
  const whole = endOf(blocks.at(-1)!) <= bytes.size;
  const pages = blocks.reduce((sum, { frames }) => sum + frames, 0);
  return { shape: first.shape, pages, whole, takenAt: undefined };
}

/**
 * A frame of an EDF file (ESRF data format): a header in braces, then the samples; stacks have a header for each frame, or a third
 * dimension.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readEdf(bytes: Bytes, where: string, page = 0): TiffImage {
  let left = page;
  for (const block of blocksOf(bytes, where)) {
    if (left >= block.frames) {
      left -= block.frames;
      continue;
    }
    const start = block.start + left * block.bytes;
    if (start + block.bytes > bytes.size) {
      throw new BraggwatchError('scan-truncated', `${where}: ${bytes.size - start} of ${block.bytes} bytes`);
    }
    // A copy, in which byte order is undone in place.
    const packed = Buffer.from(bytes.read(start, block.bytes).buffer);
    const sample = block.bytes / (block.shape[0] * block.shape[1]);
    if (block.big && sample === 2) packed.swap16();
    if (block.big && sample === 4) packed.swap32();
    if (block.big && sample === 8) packed.swap64();
    const data = block.read(packed);
    return { shape: block.shape, data, maximum: maximumOf(data, sample) };
  }
  throw unreadable(where, `no image ${page}`);
}
