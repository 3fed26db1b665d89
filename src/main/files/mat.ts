import { inflateSync } from 'node:zlib';
import { BraggwatchError } from '@contract/errors';
import type { Counts } from './counts';
import { MOST_INFLATED } from './deflate';

/** A numeric array of MATLAB: first axis fastest. */
export interface MatArray {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Counts;
}

const HEADER_BYTES = 128;
const MATRIX = 14;
const COMPRESSED = 15;
const COMPLEX = 0x0800;
/** Classes of numbers, from double to uint64; below them cells, structures, text and sparse matrices. */
const NUMERIC = [6, 15] as const;
/** Arrays are in memory as they were packed, as they were unpacked, as numbers and in C order: four times that must be bearable. */
const MAX_BYTES = 200e6;
const LEAST_CHUNK = 64;
const MAX_RANK = 8;

interface Type {
  readonly bytes: number;
  readonly make: (length: number) => Counts;
  readonly get: (view: DataView, at: number, little: boolean) => number;
}

/** Numbers as they are stored, which may be narrower than their class: MATLAB keeps doubles without a fraction as integers. */
const types: Readonly<Record<number, Type>> = {
  1: { bytes: 1, make: (n) => new Int32Array(n), get: (v, o) => v.getInt8(o) },
  2: { bytes: 1, make: (n) => new Uint8Array(n), get: (v, o) => v.getUint8(o) },
  3: { bytes: 2, make: (n) => new Int32Array(n), get: (v, o, e) => v.getInt16(o, e) },
  4: { bytes: 2, make: (n) => new Uint16Array(n), get: (v, o, e) => v.getUint16(o, e) },
  5: { bytes: 4, make: (n) => new Int32Array(n), get: (v, o, e) => v.getInt32(o, e) },
  6: { bytes: 4, make: (n) => new Uint32Array(n), get: (v, o, e) => v.getUint32(o, e) },
  7: { bytes: 4, make: (n) => new Float32Array(n), get: (v, o, e) => v.getFloat32(o, e) },
  9: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => v.getFloat64(o, e) },
  12: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => Number(v.getBigInt64(o, e)) },
  13: { bytes: 8, make: (n) => new Float64Array(n), get: (v, o, e) => Number(v.getBigUint64(o, e)) },
};
/** Classes whose numbers may be fractions: integers of these are no counter's own, and say nothing of where it saturates. */
const FLOATING = [6, 7];

const cut = (): BraggwatchError => new BraggwatchError('scan-truncated', 'mat: an element ends before its length says');
const damaged = (why: string): BraggwatchError => new BraggwatchError('scan-unreadable', `mat: ${why}`);

interface Element {
  readonly type: number;
  readonly body: DataView;
  /** Where the next element begins. */
  readonly next: number;
}

const part = (view: DataView, at: number, length: number): DataView => {
  if (at + length > view.byteLength) throw cut();
  return new DataView(view.buffer, view.byteOffset + at, length);
};

function elementAt(view: DataView, at: number, little: boolean): Element {
  if (at + 8 > view.byteLength) throw cut();
  const first = view.getUint32(at, little);
  const small = first >>> 16;
  // A short element has its length beside its type, and its four bytes behind them.
  if (small > 0) return { type: first & 0xffff, body: part(view, at + 4, Math.min(4, small)), next: at + 8 };
  const length = view.getUint32(at + 4, little);
  const padded = first === COMPRESSED ? length : 8 * Math.ceil(length / 8);
  return { type: first, body: part(view, at + 8, length), next: at + 8 + padded };
}

function numbersOf({ type, body }: Element, little: boolean, floating = false): Counts {
  const known = types[type];
  if (!known) throw damaged(`numbers of type ${type}`);
  const length = Math.floor(body.byteLength / known.bytes);
  const out = floating && type !== 7 ? new Float64Array(length) : known.make(length);
  for (let i = 0; i < length; i++) out[i] = known.get(body, i * known.bytes, little);
  return out;
}

/** A matrix of numbers; undefined for whatever else MATLAB keeps in one. */
function matrixOf(view: DataView, little: boolean): MatArray | undefined {
  const flags = elementAt(view, 0, little);
  const word = flags.body.getUint32(0, little);
  const kind = word & 0xff;
  const dims = elementAt(view, flags.next, little);
  const name = elementAt(view, dims.next, little);
  if (kind < NUMERIC[0] || kind > NUMERIC[1] || (word & COMPLEX) !== 0) return undefined;
  const sizes = Array.from(numbersOf(dims, little));
  const count = sizes.reduce((a, b) => a * b, 1);
  if (sizes.length > MAX_RANK || !(count >= 0 && count <= Number.MAX_SAFE_INTEGER))
    throw damaged(`dimensions ${sizes.join(' x ')}`);
  const element = elementAt(view, name.next, little);
  const width = FLOATING.includes(kind) && element.type !== 7 ? 8 : (types[element.type]?.bytes ?? 1);
  if (count * width > MAX_BYTES) throw damaged(`${sizes.join(' x ')} values are more than can be read`);
  const data = numbersOf(element, little, FLOATING.includes(kind));
  if (data.length < count) throw cut();
  const { buffer, byteOffset, byteLength } = name.body;
  return {
    name: Buffer.from(buffer, byteOffset, byteLength).toString('latin1'),
    dims: sizes,
    data: data.subarray(0, count),
  };
}

function expanded(body: DataView): DataView {
  try {
    const bytes = inflateSync(new Uint8Array(body.buffer, body.byteOffset, body.byteLength), {
      maxOutputLength: MAX_BYTES,
      // In one piece: several would be in memory twice when they are joined.
      chunkSize: Math.max(LEAST_CHUNK, Math.min(MAX_BYTES, MOST_INFLATED * body.byteLength)),
    });
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged('an element holds more than can be read');
    throw new BraggwatchError('scan-truncated', 'mat: a compressed element ends early or is damaged', { cause });
  }
}

/** Whether bytes begin as those of a MAT file of version 5 to 7. */
export const looksLikeMat = (bytes: Uint8Array): boolean =>
  bytes.length >= HEADER_BYTES && /^(IM|MI)$/.test(Buffer.from(bytes.subarray(126, 128)).toString('latin1'));

/**
 * The arrays of numbers in a MAT file of version 5 (MATLAB 5 to 7; `savemat` of SciPy), in their order. Text, structures, cells,
 * sparse and complex arrays are left out.
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function decodeMat(bytes: Uint8Array): readonly MatArray[] {
  if (!looksLikeMat(bytes)) throw damaged('no MAT file of version 5');
  try {
    return matricesOf(bytes);
  } catch (error) {
    // A damaged length leads out of its element.
    if (error instanceof RangeError)
      throw new BraggwatchError('scan-unreadable', `mat: ${error.message}`, { cause: error });
    throw error;
  }
}

function matricesOf(bytes: Uint8Array): MatArray[] {
  const little = bytes[126] === 'I'.charCodeAt(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: MatArray[] = [];
  let kept = 0;
  for (let at = HEADER_BYTES; at < view.byteLength;) {
    const { type, body, next } = elementAt(view, at, little);
    at = next;
    const inner = type === COMPRESSED ? elementAt(expanded(body), 0, little) : { type, body };
    const matrix = inner.type === MATRIX ? matrixOf(inner.body, little) : undefined;
    if (!matrix) continue;
    kept += matrix.data.byteLength;
    if (kept > MAX_BYTES) throw damaged('its arrays are more than can be read');
    found.push(matrix);
  }
  return found;
}

/**
 * An array of MATLAB in C order. Of three axes the last, which MATLAB's programs give to the frames, becomes the first.
 * @param framesFirst the frames are the first axis in MATLAB, too
 */
export function fromColumns(
  { dims, data }: Pick<MatArray, 'dims' | 'data'>,
  framesFirst = false,
): { shape: readonly number[]; data: Counts } {
  // A list is a matrix of one column or one row in MATLAB.
  if (dims.length <= 2 && dims.some((size) => size === 1)) return { shape: [data.length], data };
  if (data.length === 0) return { shape: dims, data };
  const out = data.slice();
  if (dims.length === 2) {
    const [rows, cols] = dims as [number, number];
    for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) out[r * cols + c] = data[c * rows + r]!;
    return { shape: [rows, cols], data: out };
  }
  if (dims.length !== 3) return { shape: dims, data: out };
  const [a, b, c] = dims as [number, number, number];
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++)
        out[framesFirst ? (i * b + j) * c + k : (k * a + i) * b + j] = data[(k * b + j) * a + i]!;
  return { shape: framesFirst ? [a, b, c] : [c, a, b], data: out };
}
