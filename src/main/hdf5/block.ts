import { BraggwatchError } from '@contract/errors';
import type { Metadata } from 'h5wasm/node';
import type { Counts } from '@main/files/counts';
import { hdf5Module as hdf5, takeRefusal } from './runtime';

/** The WebAssembly heap never shrinks, so frames pass through it in pieces of this size. */
const PIECE_BYTES = 2 ** 25;
/** No detector's frame, and no list of positions, is larger. */
const MAX_ROW_BYTES = 150e6;
const MAX_TOTAL_BYTES = 2 ** 30;
/** HDF5 unpacks a chunk as a whole. */
const MAX_CHUNK_BYTES = 2 ** 29;
/** It keeps half a kilobyte for each chunk that a read touches. */
const MAX_CHUNKS = 2 ** 16;

const INTEGER = 0;
const FLOAT = 1;
/** h5py's booleans. */
const ENUM = 8;

interface Element {
  /** A typed array over the heap as stored. */
  readonly view: (buffer: ArrayBufferLike, offset: number, length: number) => ArrayLike<number | bigint>;
  /** The narrowest kind of `Counts` that holds every value. */
  readonly make: (length: number) => Counts;
}

type Views = Readonly<Record<string, Element>>;
const views: Views = {
  u1: { view: (b, o, n) => new Uint8Array(b, o, n), make: (n) => new Uint8Array(n) },
  u2: { view: (b, o, n) => new Uint16Array(b, o, n), make: (n) => new Uint16Array(n) },
  u4: { view: (b, o, n) => new Uint32Array(b, o, n), make: (n) => new Uint32Array(n) },
  u8: { view: (b, o, n) => new BigUint64Array(b, o, n), make: (n) => new Float64Array(n) },
  i1: { view: (b, o, n) => new Int8Array(b, o, n), make: (n) => new Int32Array(n) },
  i2: { view: (b, o, n) => new Int16Array(b, o, n), make: (n) => new Int32Array(n) },
  i4: { view: (b, o, n) => new Int32Array(b, o, n), make: (n) => new Int32Array(n) },
  i8: { view: (b, o, n) => new BigInt64Array(b, o, n), make: (n) => new Float64Array(n) },
  f4: { view: (b, o, n) => new Float32Array(b, o, n), make: (n) => new Float32Array(n) },
  f8: { view: (b, o, n) => new Float64Array(b, o, n), make: (n) => new Float64Array(n) },
};

/** How a dataset's values are stored; undefined for text, compounds and everything else that is no number. */
export function elementOf(metadata: Metadata): Element | undefined {
  const kind = metadata.type === FLOAT ? 'f' : metadata.signed ? 'i' : 'u';
  const numeric = [INTEGER, FLOAT, ENUM].includes(metadata.type);
  return numeric ? views[`${kind}${metadata.size}`] : undefined;
}

/** Largest value of a dataset of integers; undefined for floats and for what is no number. */
export const maximumOf = ({ type, size, signed }: Metadata): number | undefined =>
  type === INTEGER ? 2 ** (8 * size - (signed ? 1 : 0)) - 1 : undefined;

/**
 * The axis along which a dataset holds its frames: the first, and where that has a single element before further ones (a detector, a series),
 * the first of more. Rows and columns, the last two, are none.
 */
const framesAxis = (shape: readonly number[]): number =>
  shape.length > 3
    ? Math.max(
        0,
        shape.slice(0, -2).findIndex((size) => size !== 1),
      )
    : 0;

/** A shape with its frames first: the values lie in the same order, since only axes of one element stood before. */
export function framesFirst(shape: readonly number[]): readonly number[] {
  const axis = framesAxis(shape);
  return axis === 0 ? shape : [shape[axis]!, ...shape.toSpliced(axis, 1)];
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, n) => all * n, 1);

function copyInto(target: Counts, start: number, source: ArrayLike<number | bigint>): void {
  if (source instanceof BigInt64Array || source instanceof BigUint64Array) {
    for (let i = 0; i < source.length; i++) target[start + i] = Number(source[i]!);
  } else target.set(source as ArrayLike<number>, start);
}

/** Which filters a dataset needs, for the message when they are not there. */
function failure(file: bigint, path: string, where: string): BraggwatchError {
  const refusal = takeRefusal();
  if (refusal) return new BraggwatchError(refusal.code, `${where} lies in ${refusal.detail}`);
  const names = hdf5.get_dataset_filters(file, path).map((filter) => `${filter.id} ${filter.name}`.trim());
  const known = new Set([1, 2, 3, 4, 5, 6, 32000, 32001, 32004, 32008, 32013, 32015, 32022, 32023, 32026, 307]);
  const missing = names.filter((name) => !known.has(Number.parseInt(name)));
  if (missing.length > 0) return new BraggwatchError('filter-missing', `${where}: filter ${missing.join(', ')}`);
  return new BraggwatchError('scan-truncated', `${where}: the data behind it cannot be read`);
}

/**
 * Rows [from, to) along the first axis of a numeric dataset (everything, for a scalar), or along that of its frames, flat.
 * The status of each read is looked at: h5wasm's own `slice` returns whatever lay in memory when HDF5 fails.
 * @param into filled and returned instead of a new array
 * @throws BraggwatchError scan-unreadable, scan-truncated, filter-missing
 */
export function readBlock(
  file: bigint,
  path: string,
  metadata: Metadata,
  from: number,
  to: number,
  where: string,
  into?: Counts,
): Counts {
  const element = elementOf(metadata);
  const shape = metadata.shape;
  if (!element || !shape) throw new BraggwatchError('scan-unreadable', `${where} holds no numbers`);
  const along = framesAxis(shape);
  const rows = shape.length === 0 ? 1 : to - from;
  const rowItems = product(framesFirst(shape).slice(1));
  const rowBytes = rowItems * metadata.size;
  if (rows < 0 || from < 0 || to > (shape[along] ?? 1))
    throw new BraggwatchError('scan-truncated', `${where}: rows ${from} to ${to}`);
  if (rowBytes > MAX_ROW_BYTES || rowBytes * rows > MAX_TOTAL_BYTES) {
    throw new BraggwatchError('scan-unreadable', `${where}: ${shape.join(' x ')} values are more than can be read`);
  }
  const { chunks } = metadata;
  if (chunks) {
    const touched = chunks.map((size, axis) =>
      Math.ceil((axis === along ? rows : (shape[axis] ?? 1)) / Math.max(1, size)),
    );
    if (product(chunks) * metadata.size > MAX_CHUNK_BYTES || product(touched) > MAX_CHUNKS)
      throw new BraggwatchError('scan-unreadable', `${where}: chunks of ${chunks.join(' x ')} values cannot be read`);
  }
  const out = into ?? element.make(rows * rowItems);
  if (out.length !== rows * rowItems) throw new RangeError(`${out.length} places for ${rows * rowItems} values`);
  if (out.length === 0) return out;
  // Whole chunks at a time, else a chunk of several frames is decompressed once for each of them.
  const chunk = chunks?.[along] ?? 1;
  const step = Math.max(1, Math.floor(PIECE_BYTES / rowBytes / chunk) * chunk || Math.floor(PIECE_BYTES / rowBytes));
  const pointer = hdf5._malloc(Math.min(step, rows) * rowBytes);
  if (pointer === 0) throw new BraggwatchError('scan-unreadable', `${where}: out of memory`);
  try {
    for (let row = 0; row < rows; row += step) {
      const count = Math.min(step, rows - row);
      const select = (first: number, rest: (size: number) => number): bigint[] | null =>
        shape.length === 0 ? null : shape.map((size, axis) => BigInt(axis === along ? first : rest(size)));
      const counts = select(count, (size) => size);
      takeRefusal();
      const status = hdf5.get_dataset_data(
        file,
        path,
        counts,
        select(from + row, () => 0),
        select(1, () => 1),
        BigInt(pointer),
      );
      if (status < 0) throw failure(file, path, where);
      copyInto(out, row * rowItems, element.view(hdf5.HEAPU8.buffer, pointer, count * rowItems));
    }
  } finally {
    hdf5._free(pointer);
  }
  return out;
}
