import { QUIET_FRAMES, type FrameFold } from '@core/reduce/statistics';
import { splitMask, type FrameMasks } from '@core/reduce/frame-masks';
import type { ScanSource } from '@main/scan/types';
import type { KeptBoxes } from './boxes';

/** Small enough to stay in the processor's cache between decompression and summing. */
const BLOCK_BYTES = 8 << 20;

/** Frames read at once, a multiple of those that statistics are gathered over. */
export const framesPerBlock = (pixels: number): number =>
  Math.max(1, Math.floor(BLOCK_BYTES / (pixels * 4 * QUIET_FRAMES))) * QUIET_FRAMES;

/** A source's mask frame by frame; undefined where it has none, or one of another size. */
export const frameMasks = (source: ScanSource): FrameMasks | undefined =>
  source.mask &&
  splitMask(source.mask, source.facts.frameShape[0] * source.facts.frameShape[1], source.facts.framesPresent);

/** Frames [from, to) as float32. */
export function readFloats(source: ScanSource, from: number, to: number, into?: Float32Array): Float32Array {
  const [rows, cols] = source.facts.frameShape;
  const counts = into ?? new Float32Array((to - from) * rows * cols);
  const raw = source.read(from, to, counts);
  if (raw !== counts) counts.set(raw);
  return counts;
}

/** Room for a block of frames that are not kept: those of which there are not eight yet stay in it until there are. */
export interface Room {
  /** Places of frames [from, to), which lie in one block. */
  of(from: number, to: number, pixels: number): Float32Array;
}

export function createRoom(): Room {
  let counts = new Float32Array(0);
  return {
    of(from, to, pixels) {
      const block = framesPerBlock(pixels);
      if (counts.length < block * pixels) counts = new Float32Array(block * pixels);
      const first = from - (from % block);
      return counts.subarray((from - first) * pixels, (to - first) * pixels);
    },
  };
}

/** For scans that are read at one go, one after the other: fresh memory costs as much as summing. */
export const commonRoom = createRoom();

/** Eight frames of a scan that take more bytes as floats are looked at some rows at a time. */
const ROWS_BYTES = 2 ** 25;

/** Gives some rows of any frame, where a scan's frames are so large that eight of them are not to be held at once, and a part costs less than the whole. */
function rowsIn(source: ScanSource): ((frame: number, top: number, bottom: number) => Float32Array) | undefined {
  const [rows, cols] = source.facts.frameShape;
  if (4 * QUIET_FRAMES * rows * cols <= ROWS_BYTES || !source.readRows?.(0, 0, 1)) return undefined;
  // One that was written otherwise is read as a whole.
  return (frame, top, bottom) =>
    source.readRows?.(frame, top, bottom) ?? readFloats(source, frame, frame + 1).subarray(top * cols, bottom * cols);
}

/** Where frames go that are read. */
export interface Places {
  /** All frames of the scan, float32; where it is left out they are not kept. */
  readonly counts?: Float32Array | undefined;
  /** Where they are read to then. Statistics are to be asked for before another scan is read into the same room. */
  readonly room: Room;
  /** What is kept of them all the same. */
  readonly boxes?: Pick<KeptBoxes, 'aim' | 'keep'> | undefined;
  /** The scan's frames in the order in which they are read, see `readingOrder`; as they were recorded when left out. */
  readonly order?: readonly number[] | undefined;
  /** No frames will come behind these. */
  readonly ends?: boolean;
}

/** Reads frames [from, to) of the order and gathers their statistics. */
export function readInto(
  source: ScanSource,
  from: number,
  to: number,
  fold: FrameFold,
  { counts, room, boxes, order, ends = false }: Places,
): void {
  const [rows, cols] = source.facts.frameShape;
  const pixels = rows * cols;
  const rowsOf = counts ? undefined : rowsIn(source);
  // Frames beside each other in an order of their own are read one by one.
  const step = order ? 1 : framesPerBlock(pixels);
  for (let first = from, last = from; first < to; first = last) {
    const frame = order?.[first] ?? first;
    const eight = Math.min(QUIET_FRAMES, to - first);
    if (rowsOf && first % QUIET_FRAMES === 0 && (eight === QUIET_FRAMES || ends)) {
      last = first + eight;
      boxes?.aim(() => readFloats(source, frame, frame + 1));
      const place = first;
      fold.addByRows(eight, (n, top, bottom) => {
        const own = order?.[place + n] ?? place + n;
        const some = rowsOf(own, top, bottom);
        boxes?.keep(own, some, [top, bottom]);
        return some;
      });
      continue;
    }
    last = Math.min(to, first - (first % step) + step);
    const end = frame + last - first;
    const place = counts?.subarray(frame * pixels, end * pixels) ?? room.of(first, last, pixels);
    const read = readFloats(source, frame, end, place);
    if (boxes) {
      boxes.aim(() => read);
      for (let f = frame; f < end; f++)
        boxes.keep(f, read.subarray((f - frame) * pixels, (f - frame + 1) * pixels), [0, rows]);
    }
    fold.add(read);
  }
}
