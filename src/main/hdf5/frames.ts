import { BraggwatchError } from '@contract/errors';
import type { Counts } from '@main/files/counts';
import type { DirectFrames } from './chunks/direct';
import type { Hdf5File, VirtualSource } from './file';
import { follow, openLinked, type FilePool, type Missing } from './link';

/** A stack of detector frames, wherever its data lie. */
export interface FrameStack {
  /** Rows and columns; [0, 0] while unknown. */
  readonly shape: readonly [number, number];
  /** Frames that it has room for. */
  readonly allocated: number;
  /** Frames up to the first one whose file cannot be read. */
  readonly available: number;
  /** Largest value of the integers that they are stored as; undefined for floats. */
  readonly typeMaximum?: number;
  /** Files that are named and cannot be read. */
  readonly missing: readonly Missing[];
  /** The files that it lies in, those that are missing included. */
  readonly files: readonly string[];
  /** @throws BraggwatchError frames-missing, scan-truncated, scan-unreadable, filter-missing */
  read(from: number, to: number, into?: Counts): Counts;
  /** Rows [top, bottom) of one frame as float32, valid until the next call; undefined where a part costs as much as the whole. */
  readRows?(frame: number, top: number, bottom: number): Float32Array | undefined;
  /** Digest of a frame as it is stored, without decoding it: as long as it is the same, so are the counts. Undefined where that is not told so cheaply. */
  print?(frame: number): string | undefined;
}

const MAX_DEPTH = 4;

/** No area detector has fewer rows or columns. */
const SMALLEST = 16;

/** Whether a shape has one image for each index of its first axis; axes of one element may stand behind it, as for several detectors or exposures. */
export const isImageStack = (shape: readonly number[]): boolean =>
  shape.length > 2 && shape.slice(1, -2).every((size) => size === 1);

/** Frames that a shape holds. */
const framesIn = (shape: readonly number[]): number => (shape.length === 2 ? 1 : isImageStack(shape) ? shape[0]! : 0);

/** Whether a shape is that of a detector's frames, and not of the spectra of a fluorescence detector's elements. */
export const isFrameStack = (shape: readonly number[] = []): boolean =>
  isImageStack(shape) && Math.min(...shape.slice(-2)) >= SMALLEST;

const nothing = (missing: Missing): FrameStack => ({
  shape: [0, 0],
  allocated: 0,
  available: 0,
  missing: [missing],
  files: [missing.missing],
  read: () => {
    throw missing.error;
  },
});

/** Frames behind the sources of a virtual dataset, up to the first gap: HDF5 itself fills gaps with zeros, silently. */
function countSources(
  pool: FilePool,
  parent: Hdf5File,
  sources: readonly VirtualSource[],
  depth: number,
): Pick<FrameStack, 'available' | 'missing' | 'files'> {
  const missing: Missing[] = [];
  const files: string[] = [];
  let available = 0;
  // A source mapped frame by frame is named once for each of them.
  const distinct = new Map(sources.map((source) => [`${source.file}:${source.dataset}`, source]));
  for (const { file: name, dataset } of distinct.values()) {
    const file = openLinked(pool, parent.path, name);
    const source = 'missing' in file ? nothing(file) : stackAt(pool, file, dataset, depth + 1);
    if (missing.length === 0) available += source.available;
    missing.push(...source.missing);
    files.push(...source.files);
  }
  return { available, missing, files };
}

function stackAt(pool: FilePool, from: Hdf5File, path: string, depth: number): FrameStack {
  const place = follow(pool, from, path);
  if ('missing' in place) return nothing(place);
  const { file } = place;
  const where = `${file.path}:${place.path}`;
  const info = file.info(place.path);
  if (!info || depth > MAX_DEPTH)
    return nothing({ missing: where, error: new BraggwatchError('frames-missing', where) });
  const [rows = 0, cols = 0] = info.shape.slice(-2);
  const frames = framesIn(info.shape);
  const behind = info.sources && countSources(pool, file, info.sources, depth);
  const available = Math.min(frames, behind?.available ?? frames);
  const missing = behind?.missing ?? [];
  return {
    shape: [rows, cols],
    allocated: frames,
    available,
    missing,
    files: [...new Set([file.path, ...(behind?.files ?? [])])],
    ...(info.maximum !== undefined && { typeMaximum: info.maximum }),
    read: (first, last, into) => {
      if (last > available)
        throw missing[0]?.error ?? new BraggwatchError('frames-missing', `${where} has ${available} frames`);
      const filled = into instanceof Float32Array && decodeInto(file.direct(place.path), first, last, into);
      return filled || file.read(place.path, first, last, into);
    },
    readRows: (frame, top, bottom) =>
      frame < available ? file.direct(place.path)?.read(frame, [top, bottom]) : undefined,
    print: (frame) => (frame < available ? file.direct(place.path)?.print(frame) : undefined),
  };
}

/** @returns undefined where the library has to read them */
function decodeInto(
  direct: DirectFrames | undefined,
  from: number,
  to: number,
  into: Float32Array,
): Float32Array | undefined {
  const pixels = into.length / (to - from);
  for (let frame = from; frame < to; frame++) {
    const counts = direct?.read(frame);
    if (!counts) return undefined;
    into.set(counts, (frame - from) * pixels);
  }
  return into;
}

/** The frames at a path: a dataset, a virtual dataset over Lima files, or an external link to either. */
export const openFrames = (pool: FilePool, from: Hdf5File, path: string): FrameStack => stackAt(pool, from, path, 0);
