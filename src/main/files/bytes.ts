import { Inflate } from 'fflate';
import { closeSync, openSync, readSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';

/** Bytes that lie somewhere and are not all in memory at once. */
export interface Bytes {
  readonly size: number;
  /**
   * A copy of some of them, which begins a buffer of its own.
   * @throws BraggwatchError scan-truncated where there are fewer, scan-unreadable where they are damaged
   */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
  /** To go back costs all that lies before: best read from the beginning to the end. */
  readonly onward?: true;
}

const cut = (where: string, there: number, wanted: number): BraggwatchError =>
  new BraggwatchError('scan-truncated', `${where}: ${there} of ${wanted} bytes`);

/** A part of a file, which is opened for each read: none is left open, and one that was replaced is not read on. */
export function fileBytes(path: string, start: number, size: number): Bytes {
  return {
    size,
    read(at, length) {
      if (at + length > size) throw cut(path, Math.max(0, size - at), length);
      const out = new Uint8Array(length);
      const file = openSync(path, 'r');
      try {
        let filled = 0;
        while (filled < length) {
          const got = readSync(file, out, filled, length - filled, start + at + filled);
          if (got === 0) throw cut(path, filled, length);
          filled += got;
        }
      } finally {
        closeSync(file);
      }
      return out;
    },
  };
}

/** Bytes that are in memory. */
export const heldBytes = (bytes: Uint8Array, where: string): Bytes => ({
  size: bytes.length,
  read(at, length) {
    if (at + length > bytes.length) throw cut(where, Math.max(0, bytes.length - at), length);
    // Of a buffer of Node's `slice` is no copy.
    return new Uint8Array(bytes.subarray(at, at + length));
  },
});

/** Packed bytes are taken in such pieces; of nothing but zeros one gives 16 MB. */
const PIECE = 16_384;

/**
 * Deflated bytes, inflated only as far as they are read and never kept: to read on costs what lies between, to go back costs all from the
 * beginning.
 * @param size that they have when inflated, as their archive says; one that gives more is refused
 */
export function inflatedBytes(packed: Bytes, size: number, where: string): Bytes {
  let inflate = new Inflate();
  let [taken, made] = [0, 0];
  /** What was inflated last, and where it begins. */
  let [pieces, from]: [Uint8Array[], number] = [[], 0];
  const restart = (): void => {
    inflate = new Inflate();
    inflate.ondata = (piece) => {
      pieces.push(piece);
      made += piece.length;
      if (made > size) throw new BraggwatchError('scan-unreadable', `${where}: it inflates to more than it says`);
    };
    [taken, made, pieces, from] = [0, 0, [], 0];
  };
  restart();
  const more = (): void => {
    const length = Math.min(PIECE, packed.size - taken);
    if (length <= 0) throw cut(where, made, size);
    const piece = packed.read(taken, length);
    taken += length;
    try {
      inflate.push(piece, taken === packed.size);
    } catch (error) {
      if (error instanceof BraggwatchError) throw error;
      throw new BraggwatchError('scan-unreadable', `${where}: damaged`, { cause: error });
    }
  };
  return {
    size,
    onward: true,
    read(at, length) {
      if (at + length > size) throw cut(where, Math.max(0, size - at), length);
      if (at < from) restart();
      const out = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const [first] = pieces;
        if (!first) {
          more();
          continue;
        }
        const begin = at + filled - from;
        if (begin < first.length) {
          const part = first.subarray(begin, begin + length - filled);
          out.set(part, filled);
          filled += part.length;
        }
        // Kept until something behind it is wanted.
        if (at + filled >= from + first.length && filled < length) {
          from += first.length;
          pieces.shift();
        }
      }
      return out;
    },
  };
}
