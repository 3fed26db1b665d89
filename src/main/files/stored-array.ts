import { BraggwatchError } from '@contract/errors';
import type { Bytes } from './bytes';
import type { Counts } from './counts';
import { decodeNpy, numbersOf, parseNpyHeader, type NpyArray } from './npy';

/** An array that lies in a file, of which a part is read at a time. */
export interface StoredArray {
  readonly shape: readonly number[];
  /** An array of no values, of the type that those read have. */
  readonly none: Counts;
  /** Items [from, to) along the first axis, as a new array. @throws BraggwatchError scan-truncated, scan-unreadable */
  slice(from: number, to: number): Counts;
  /** Its items are best read one after the other: to go back costs all that lies before. */
  readonly onward?: true;
  /** All of it. @throws BraggwatchError scan-unreadable where that is more than can be held */
  whole(): NpyArray;
}

/** A mask of every pixel of 120 frames of 2164 x 1030: what has to be in memory as a whole. */
const MOST_WHOLE = 2 ** 28;
/** No detector's frame is larger. */
const MOST_ITEM = 2 ** 28;
const MAX_LEAD = 65_536 + 12;

const tooMuch = (shape: readonly number[]): BraggwatchError =>
  new BraggwatchError('scan-unreadable', `npy: ${shape.join(' x ')} values are more than can be read`);

/** An array that is in memory. */
export function heldArray({ shape, data }: NpyArray): StoredArray {
  const item = shape.slice(1).reduce((all, size) => all * size, 1);
  return {
    shape,
    none: data.subarray(0, 0),
    slice: (from, to) => data.slice(from * item, to * item),
    whole: () => ({ shape, data }),
  };
}

/**
 * An array in a `.npy`, wherever its bytes are.
 * @throws BraggwatchError scan-unreadable, scan-truncated where there are fewer than its shape says
 */
export function storedNpy(bytes: Bytes): StoredArray {
  const header = parseNpyHeader(bytes.read(0, Math.min(bytes.size, MAX_LEAD)));
  const { type, shape, fortran, start } = header;
  const item = shape.slice(1).reduce((all, size) => all * size, 1);
  const count = (shape[0] ?? 1) * item;
  const itemBytes = item * type.bytes;
  if (!Number.isSafeInteger(count * type.bytes) || itemBytes > MOST_ITEM) throw tooMuch(shape);
  if (bytes.size - start < count * type.bytes)
    throw new BraggwatchError('scan-truncated', `npy: ${bytes.size - start} of ${count * type.bytes} bytes`);
  const whole = (): NpyArray => {
    // Values of eight bytes take as much again, and of halves twice.
    if (count * Math.max(type.bytes, type.make(0).BYTES_PER_ELEMENT) > MOST_WHOLE) throw tooMuch(shape);
    return decodeNpy(bytes.read(0, start + count * type.bytes));
  };
  // With the first axis fastest the items are strewn over all of the file.
  if (fortran && shape.length > 1) return heldArray(whole());
  return {
    shape,
    none: type.make(0),
    slice: (from, to) => numbersOf(bytes.read(start + from * itemBytes, (to - from) * itemBytes), header),
    ...(bytes.onward && { onward: true }),
    whole,
  };
}
