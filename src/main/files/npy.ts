import { unzipSync, zipSync, type Zippable } from 'fflate';
import { BraggwatchError } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import { halfToNumber } from './half';

/** An array as NumPy stores it: C order, first axis slowest. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Counts;
}

const MAGIC = '\x93NUMPY';
const MAX_HEADER_BYTES = 65_536;
const MAX_RANK = 8;
/** What is decoded as a whole; scans are read frame by frame, see `stored-array`. */
const MAX_BYTES = 2 ** 30;
/** The first time that a zip archive can tell, in whatever zone. */
const ZIP_DAWN = new Date(1980, 0, 1);

interface ElementType {
  readonly bytes: number;
  readonly make: (length: number) => Counts;
  readonly get: (view: DataView, offset: number, little: boolean) => number;
  /** Numbers change their representation: 64-bit integers have no typed array of plain numbers. */
  readonly converted?: true;
}

const types: Readonly<Record<string, ElementType>> = {
  b1: { bytes: 1, make: (n) => new Uint8Array(n), get: (v, o) => v.getUint8(o) },
  u1: { bytes: 1, make: (n) => new Uint8Array(n), get: (v, o) => v.getUint8(o) },
  u2: { bytes: 2, make: (n) => new Uint16Array(n), get: (v, o, e) => v.getUint16(o, e) },
  u4: { bytes: 4, make: (n) => new Uint32Array(n), get: (v, o, e) => v.getUint32(o, e) },
  i1: { bytes: 1, make: (n) => new Int32Array(n), get: (v, o) => v.getInt8(o) },
  i2: { bytes: 2, make: (n) => new Int32Array(n), get: (v, o, e) => v.getInt16(o, e) },
  i4: { bytes: 4, make: (n) => new Int32Array(n), get: (v, o, e) => v.getInt32(o, e) },
  i8: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => Number(v.getBigInt64(o, e)), converted: true },
  u8: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => Number(v.getBigUint64(o, e)), converted: true },
  f2: {
    bytes: 2,
    make: (n) => new Float32Array(n),
    get: (v, o, e) => halfToNumber(v.getUint16(o, e)),
    converted: true,
  },
  f4: { bytes: 4, make: (n) => new Float32Array(n), get: (v, o, e) => v.getFloat32(o, e) },
  f8: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => v.getFloat64(o, e) },
};

function descriptor(data: Counts): string {
  if (data instanceof Uint8Array) return '|u1';
  if (data instanceof Uint16Array) return '<u2';
  if (data instanceof Uint32Array) return '<u4';
  if (data instanceof Int32Array) return '<i4';
  return data instanceof Float32Array ? '<f4' : '<f8';
}

const unreadable = (why: string): BraggwatchError => new BraggwatchError('scan-unreadable', `npy: ${why}`);

export interface NpyHeader {
  readonly type: ElementType;
  readonly little: boolean;
  readonly shape: readonly number[];
  /** First axis fastest, as NumPy saves a transposed array. */
  readonly fortran: boolean;
  /** Offset of the data. */
  readonly start: number;
}

/**
 * Parses the header's Python literal by its three known keys; nothing in it is evaluated.
 * @param bytes the file, or its beginning
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10) throw new BraggwatchError('scan-truncated', 'npy: no header');
  if (String.fromCharCode(...bytes.subarray(0, 6)) !== MAGIC) throw unreadable('no NumPy file');
  const long = bytes[6]! >= 2;
  if (long && bytes.length < 12) throw new BraggwatchError('scan-truncated', 'npy: no header');
  const start = long ? 12 + view.getUint32(8, true) : 10 + view.getUint16(8, true);
  if (start > MAX_HEADER_BYTES) throw unreadable('its header is too long');
  if (start > bytes.length) throw new BraggwatchError('scan-truncated', 'npy: the header ends early');
  const text = String.fromCharCode(...bytes.subarray(long ? 12 : 10, start));
  const [, order = '', name = ''] = /'descr'\s*:\s*'([<>|=]?)([biuf]\d)'/.exec(text) ?? [];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  const type = types[name];
  if (!type) throw unreadable(`its type is not one of ${Object.keys(types).join(', ')}`);
  if (fortran === undefined) throw unreadable('it does not say in which order its data are');
  if (sizes === undefined) throw unreadable('it gives no shape');
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  if (shape.length > MAX_RANK || !shape.every(Number.isSafeInteger)) throw unreadable('its shape cannot be');
  return { type, little: order !== '>', shape, fortran: fortran === 'True', start };
}

/**
 * Decodes a `.npy` file of booleans, integers or floats, of either byte order, in C or Fortran order.
 * @throws BraggwatchError scan-unreadable, scan-truncated when the data are shorter than the header says
 */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  const { type, little, shape, fortran, start } = parseNpyHeader(bytes);
  const length = shape.reduce((all, size) => all * size, 1);
  const wanted = length * type.bytes;
  if (wanted > MAX_BYTES) throw unreadable(`${shape.join(' x ')} values are more than can be read`);
  if (bytes.length - start < wanted) {
    throw new BraggwatchError('scan-truncated', `npy: ${bytes.length - start} of ${wanted} bytes`);
  }
  const data = numbersOf(bytes.subarray(start, start + wanted), { type, little });
  return { shape, data: fortran ? inOrder(data, shape) : data };
}

/** Values as they are stored, one behind the other. */
export function numbersOf(bytes: Uint8Array, { type, little }: Pick<NpyHeader, 'type' | 'little'>): Counts {
  const length = Math.floor(bytes.length / type.bytes);
  const data = type.make(length);
  if (little && !type.converted && data.BYTES_PER_ELEMENT === type.bytes) {
    new Uint8Array(data.buffer).set(bytes.subarray(0, length * type.bytes));
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < length; i++) data[i] = type.get(view, i * type.bytes, little);
  }
  return data;
}

/** Values of which the first axis is the fastest, with the last one the fastest. */
function inOrder(data: Counts, shape: readonly number[]): Counts {
  const out = data.slice();
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((all, size) => all * size, 1));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}

/**
 * The header of a `.npy`, version 1.0, for little-endian data in C order that follow it.
 * @param type such as `<f4`
 */
export function encodeNpyHeader(type: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy wants the data at a multiple of 64 bytes and a newline before them.
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = MAGIC + '\x01\x00' + '\0\0' + text.padEnd(start - 11) + '\n';
  const out = Uint8Array.from(header, (letter) => letter.charCodeAt(0));
  new DataView(out.buffer).setUint16(8, start - 10, true);
  return out;
}

/** Encodes an array as `.npy`, version 1.0, little-endian C order. */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const header = encodeNpyHeader(descriptor(data), shape);
  const out = new Uint8Array(header.length + data.byteLength);
  out.set(header);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return out;
}

/** Encodes named arrays as `.npz`, compressed: the same bytes for the same arrays, at any time. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = encodeNpy(array);
  return zipSync(files, { level: 6, mtime: ZIP_DAWN });
}

/**
 * Names of the arrays in an `.npz`.
 * @throws BraggwatchError scan-unreadable
 */
export function namesInNpz(bytes: Uint8Array): string[] {
  const found: string[] = [];
  decodeNpz(bytes, (name) => {
    found.push(name);
    return false;
  });
  return found;
}

/**
 * Decodes those arrays of an `.npz` whose names are wanted. The sizes that the archive states are capped before
 * anything is inflated, and an entry that inflates to more than it stated is refused.
 * @param most bytes of all of them together
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function decodeNpz(
  bytes: Uint8Array,
  wanted: (name: string) => boolean = () => true,
  most = MAX_BYTES,
): Record<string, NpyArray> {
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: (entry) => {
        if (!entry.name.endsWith('.npy') || !wanted(entry.name.slice(0, -4))) return false;
        total += entry.originalSize;
        if (total > most) throw unreadable(`${total} bytes inflated are more than can be read`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof BraggwatchError) throw error;
    throw new BraggwatchError('scan-unreadable', 'npz: no zip archive, or a damaged one', { cause: error });
  }
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name.slice(0, -4), decodeNpy(file)]));
}
