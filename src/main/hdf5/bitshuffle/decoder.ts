import { lz4Program, RESULT, SLACK } from './lz4';
import { anyProgram, GROUP, untransposeProgram } from './untranspose';

/** How the elements of a dataset are stored. */
export interface ElementKind {
  readonly bytes: 1 | 2 | 4;
  readonly signed: boolean;
}

/** Decodes chunks of one size; what it gives is valid until the next one. */
export interface BitshuffleDecoder {
  /** Where a compressed chunk of so many bytes is to be put. */
  room(bytes: number): Uint8Array;
  /**
   * Elements [from, to) of the chunk in the room, as floats. Only the blocks that hold them are decoded.
   * @throws RangeError where the chunk is damaged
   */
  decode(bytes: number, from: number, to: number): Float32Array;
}

/** Behind the 64-bit size of all there is the 32-bit size of a block. */
const HEADER = 12;
const PAGE = 2 ** 16;
/** Larger blocks than any writer makes: the filter's own default is 8 kB. */
const LARGEST_BLOCK = 2 ** 22;
/** Where it is told whether any byte is not 0. */
const ANY = 4;
const START = 16;

type Run = (...numbers: number[]) => void;

function instance(program: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Run {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), { js: { memory } });
  return exports['run'] as Run;
}

/**
 * A decoder of bitshuffle with LZ4 (HDF5 filter 32008; Masui et al. 2015): a header, then block by block the size of the
 * compressed bytes and an LZ4 block of rows of bits; what is left of eight elements lies behind them as it is.
 * HDF5's own filter gives the same counts, but of whole chunks only, and as integers.
 * @param elements of a chunk
 */
export function createDecoder(elements: number, kind: ElementKind): BitshuffleDecoder {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const lz4 = instance(lz4Program(), memory);
  const any = instance(anyProgram(), memory);
  const programs = new Map<number, Run>();
  /** The program for elements of which so many bytes may be other than 0. */
  const untranspose = (bytes: 1 | 2 | 4): Run => {
    const known = programs.get(bytes) ?? instance(untransposeProgram(bytes, kind.signed && bytes === 4), memory);
    programs.set(bytes, known);
    return known;
  };
  let roomBytes = 0;
  let view = new DataView(memory.buffer);
  const word = (place: number): number => view.getInt32(place, true);
  const grow = (bytes: number): void => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    view = new DataView(memory.buffer);
  };

  /** How many bytes of an element are not 0 in all of `count` elements whose rows of bits begin at `rows`: most counts are small. */
  const significant = (rows: number, count: number): 1 | 2 | 4 => {
    const above = (byte: number): boolean => {
      any(rows + byte * count, rows + kind.bytes * count, ANY);
      return word(ANY) !== 0;
    };
    if (kind.bytes === 1 || !above(1)) return 1;
    return kind.bytes === 2 || !above(2) ? 2 : 4;
  };

  return {
    room(bytes) {
      roomBytes = bytes;
      grow(START + bytes + SLACK);
      return new Uint8Array(memory.buffer, START, bytes);
    },
    decode(bytes, from, to) {
      if (bytes < HEADER || bytes > roomBytes || from < 0 || to > elements || from > to)
        throw new RangeError('no such chunk');
      const blockBytes = view.getUint32(START + 8, false);
      const size = blockBytes / kind.bytes;
      if (view.getBigUint64(START, false) !== BigInt(elements * kind.bytes))
        throw new RangeError('a chunk of another size');
      if (!(size >= 8) || size % 8 !== 0 || blockBytes > LARGEST_BLOCK)
        throw new RangeError(`blocks of ${blockBytes} bytes`);
      const rows = aligned(START + roomBytes + SLACK);
      const out = aligned(rows + blockBytes + SLACK + 16 * 8);
      const first = Math.floor(from / size) * size;
      grow(out + 4 * (to - first + size + GROUP));
      const end = START + bytes;
      let at = START + HEADER;
      for (let block = 0; block < to;) {
        const count = Math.min(size, Math.floor((elements - block) / 8) * 8);
        if (count === 0) {
          // Fewer than eight are left, as they were.
          for (let e = block; e < elements; e++, at += kind.bytes) put(out + 4 * (e - first), at, end);
          break;
        }
        if (at + 4 > end) throw new RangeError('a chunk cut short');
        const length = view.getUint32(at, false);
        at += 4;
        if (at + length > end) throw new RangeError('a chunk cut short');
        if (block + count > from) {
          lz4(at, at + length, rows, rows + count * kind.bytes);
          if (word(RESULT) !== rows + count * kind.bytes) throw new RangeError('a damaged block');
          untranspose(significant(rows, count))(rows, out + 4 * (block - first), count / 8);
        }
        at += length;
        block += count;
      }
      return new Float32Array(memory.buffer, out + 4 * (from - first), to - from);
    },
  };

  /** One element stored as it is. */
  function put(place: number, at: number, end: number): void {
    if (at + kind.bytes > end) throw new RangeError('a chunk cut short');
    const value =
      kind.bytes === 1
        ? view.getUint8(at)
        : kind.bytes === 2
          ? view.getUint16(at, true)
          : kind.signed
            ? view.getInt32(at, true)
            : view.getUint32(at, true);
    view.setFloat32(place, value, true);
  }
}

const aligned = (place: number): number => (place + 15) & ~15;
