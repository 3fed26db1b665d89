import { BraggwatchError } from '@contract/errors';
import { decode } from 'tiff';
import type { Counts } from './types';

/** One grey image. */
export interface TiffImage {
  readonly shape: readonly [number, number];
  readonly data: Counts;
}

const MAX_FILE_BYTES = 2 ** 28;
const MAX_PIXELS = 2 ** 26;
const ENTRY_BYTES = 12;
/** Bytes per value of the TIFF types 1 to 12. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** TIFF's SampleFormat. */
const SIGNED = 2;
const FLOAT = 3;

type Make = (buffer: ArrayBuffer) => Counts;
const stored: Readonly<Record<string, Make>> = {
  '1/8': (b) => new Uint8Array(b),
  '1/16': (b) => new Uint16Array(b),
  '1/32': (b) => new Uint32Array(b),
  [`${SIGNED}/32`]: (b) => new Int32Array(b),
  [`${SIGNED}/16`]: (b) => Int32Array.from(new Int16Array(b)),
  [`${FLOAT}/32`]: (b) => new Float32Array(b),
  [`${FLOAT}/64`]: (b) => new Float64Array(b),
};

const unreadable = (where: string, why: string): BraggwatchError =>
  new BraggwatchError('scan-unreadable', `${where}: ${why}`);

/** Refuses a directory whose entries claim more values than the file has bytes, before memory is set aside for them. */
function checkEntries(bytes: Buffer, where: string): void {
  if (bytes.length < 8) throw new BraggwatchError('scan-truncated', `${where}: ${bytes.length} bytes`);
  const order = bytes.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') throw unreadable(where, 'no TIFF');
  const little = order === 'II';
  const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const start = u32(4);
  if (start + 2 > bytes.length) throw new BraggwatchError('scan-truncated', where);
  const entries = u16(start);
  if (start + 2 + entries * ENTRY_BYTES > bytes.length) throw new BraggwatchError('scan-truncated', where);
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + i * ENTRY_BYTES;
    if ((TYPE_BYTES[u16(at + 2)] ?? 0) * u32(at + 4) > bytes.length) throw unreadable(where, 'a damaged directory');
  }
}

/**
 * Uncompressed strips put together, in the file's own type: the package has no signed integers, which is what
 * EPICS writes, and takes a hundred times as long.
 */
function joinStrips(
  bytes: Buffer,
  offsets: readonly number[],
  counts: readonly number[],
  size: number,
  where: string,
): ArrayBuffer {
  const joined = new Uint8Array(size);
  let filled = 0;
  offsets.forEach((offset, i) => {
    const length = Math.min(counts[i] ?? 0, size - filled);
    if (offset + length > bytes.length) throw new BraggwatchError('scan-truncated', where);
    joined.set(bytes.subarray(offset, offset + length), filled);
    filled += length;
  });
  if (filled < size) throw new BraggwatchError('scan-truncated', `${where}: ${filled} of ${size} bytes`);
  return joined.buffer;
}

function decodeImage(bytes: Buffer, where: string): TiffImage {
  const page = decode(bytes, { pages: [0], ignoreImageData: true })[0];
  if (!page) throw unreadable(where, 'no image');
  const { width, height, bitsPerSample, sampleFormat, compression, samplesPerPixel, tiled } = page;
  const pixels = width * height;
  if (!(pixels > 0 && pixels <= MAX_PIXELS) || !Number.isInteger(pixels))
    throw unreadable(where, `${height} x ${width} pixels`);
  if (samplesPerPixel !== 1) throw unreadable(where, 'a colour image');
  const make = stored[`${sampleFormat}/${bitsPerSample}`];
  const little = bytes[0] === 0x49;
  if (compression === 1 && !tiled && make && (little || bitsPerSample === 8)) {
    const size = pixels * (bitsPerSample / 8);
    const counts = page.stripByteCounts ?? [size];
    return { shape: [height, width], data: make(joinStrips(bytes, page.stripOffsets, counts, size, where)) };
  }
  const { data } = decode(bytes, { pages: [0] })[0]!;
  return { shape: [height, width], data };
}

/**
 * The first image of a TIFF, one sample per pixel.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function readTiff(bytes: Buffer, where: string): TiffImage {
  if (bytes.length > MAX_FILE_BYTES) throw unreadable(where, `${bytes.length} bytes`);
  checkEntries(bytes, where);
  try {
    return decodeImage(bytes, where);
  } catch (error) {
    if (error instanceof BraggwatchError) throw error;
    throw new BraggwatchError('scan-unreadable', `${where}: ${error instanceof Error ? error.message : 'no TIFF'}`, {
      cause: error,
    });
  }
}
