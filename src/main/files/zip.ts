import { statSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { BraggwatchError } from '@contract/errors';
import { fileBytes, heldBytes, inflatedBytes, type Bytes } from './bytes';
import { MOST_INFLATED } from './deflate';

/** A file in a zip archive, as the archive's directory tells. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its own header stands. */
  readonly start: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_COMMENT = 65_535;
const MOST_DIRECTORY = 2 ** 24;
const STORED = 0;
const DEFLATED = 8;
/** Stands for a number that is told in the 64-bit part. */
const FULL = 0xffffffff;
/** Up to here it is inflated once and kept. */
const MOST_HELD = 2 ** 27;
const LEAST_CHUNK = 64;

const damaged = (): BraggwatchError => new BraggwatchError('scan-unreadable', 'npz: no zip archive, or a damaged one');

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Where the directory lies. */
function directoryOf(file: Bytes): { at: number; size: number } {
  const tail = Math.min(file.size, END_BYTES + MOST_COMMENT);
  const view = viewOf(file.read(file.size - tail, tail));
  let at = tail - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0) throw damaged();
  const told = { at: view.getUint32(at + 16, true), size: view.getUint32(at + 12, true) };
  if (told.at !== FULL && told.size !== FULL) return told;
  if (at < 20 || view.getUint32(at - 20, true) !== LOCATOR) throw damaged();
  const end = viewOf(file.read(long(view, at - 12), 56));
  if (end.getUint32(0, true) !== END64) throw damaged();
  return { at: long(end, 48), size: long(end, 40) };
}

/** Sizes and place of an entry that has them in its 64-bit part, in this order, each only where it is told there. */
function wideNumbers(view: DataView, at: number, end: number, told: readonly number[]): readonly number[] {
  for (let field = at; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    return told.map((value) => {
      if (value !== FULL) return value;
      next += 8;
      return long(view, next - 8);
    });
  }
  return told;
}

/**
 * The files in a zip archive, by its directory: nothing is unpacked.
 * @throws BraggwatchError scan-unreadable
 */
export function zipEntries(path: string): readonly ZipEntry[] {
  const file = fileBytes(path, 0, statSync(path).size);
  try {
    const directory = directoryOf(file);
    if (directory.size > MOST_DIRECTORY) throw damaged();
    const bytes = file.read(directory.at, directory.size);
    const view = viewOf(bytes);
    const entries: ZipEntry[] = [];
    for (let at = 0; at + CENTRAL_BYTES <= bytes.length && view.getUint32(at, true) === CENTRAL;) {
      const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
        number,
        number,
        number,
      ];
      const [from, to] = [at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength];
      const told = [24, 20, 42].map((field) => view.getUint32(at + field, true));
      const [size, packedSize, start] = wideNumbers(view, to, to + extra, told) as [number, number, number];
      const name = new TextDecoder().decode(bytes.subarray(from, to));
      entries.push({ name, method: view.getUint16(at + 10, true), packedSize, size, start });
      at = to + extra + comment;
    }
    return entries;
  } catch (error) {
    // Its numbers lead out of the file.
    if (error instanceof RangeError || (error instanceof BraggwatchError && error.code === 'scan-truncated'))
      throw damaged();
    throw error;
  }
}

function inflated(packed: Bytes, size: number): Uint8Array {
  try {
    // Room for all of it at once: pieces would be in memory twice when they are joined.
    return inflateRawSync(packed.read(0, packed.size), { maxOutputLength: size + 1, chunkSize: size + LEAST_CHUNK });
  } catch (error) {
    if (error instanceof BraggwatchError) throw error;
    throw new BraggwatchError('scan-unreadable', 'npz: no zip archive, or a damaged one', { cause: error });
  }
}

/**
 * The bytes of a file in a zip archive. A size that what is there cannot give is refused before anything is unpacked.
 * @throws BraggwatchError scan-unreadable
 */
export function zipBytes(path: string, { name, method, packedSize, size, start }: ZipEntry): Bytes {
  const file = fileBytes(path, 0, statSync(path).size);
  if (start + LOCAL_BYTES > file.size) throw damaged();
  const head = viewOf(file.read(start, LOCAL_BYTES));
  if (head.getUint32(0, true) !== LOCAL) throw damaged();
  const from = start + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  if (from + packedSize > file.size) throw damaged();
  const possible = method === STORED ? size === packedSize : size <= MOST_INFLATED * (packedSize + 1);
  if ((method !== STORED && method !== DEFLATED) || !possible) throw damaged();
  const packed = fileBytes(path, from, packedSize);
  const where = `npz: ${name}`;
  if (method === STORED) return packed;
  return size > MOST_HELD ? inflatedBytes(packed, size, where) : heldBytes(inflated(packed, size), where);
}
