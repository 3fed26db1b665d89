import { isAbsolute, join, dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Counts } from '../types';
import type { VirtualSource } from './file';
import { follow, linkedFile, type FilePool, type Place } from './link';

/** A stack of detector frames, wherever its data lie. */
export interface FrameStack {
  /** Rows and columns; [0, 0] while unknown. */
  readonly shape: readonly [number, number];
  /** Frames up to the first one whose file is not there. */
  readonly available: number;
  /** Files that are named and not there. */
  readonly missing: readonly string[];
  /** @throws BraggwatchError frames-missing, scan-truncated, scan-unreadable, filter-missing */
  read(from: number, to: number): Counts;
}

const MAX_DEPTH = 4;

/** Frames behind the sources of a virtual dataset, up to the first gap: HDF5 itself would fill gaps with zeros. */
function countSources(
  pool: FilePool,
  place: Place,
  sources: readonly VirtualSource[],
  depth: number,
): Pick<FrameStack, 'available' | 'missing'> {
  const missing: string[] = [];
  const seen = new Set<string>();
  let available = 0;
  for (const { file: name, dataset } of sources) {
    if (seen.has(`${name}:${dataset}`)) continue;
    seen.add(`${name}:${dataset}`);
    const path = linkedFile(place.file.path, name);
    if (!path) {
      missing.push(isAbsolute(name) ? name : join(dirname(place.file.path), name));
      continue;
    }
    const file = path === place.file.path ? place.file : pool.open(path);
    const source = stackAt(pool, file, dataset, depth + 1);
    if (missing.length === 0) available += source.available;
    missing.push(...source.missing);
  }
  return { available, missing };
}

function stackAt(pool: FilePool, from: Place['file'], path: string, depth: number): FrameStack {
  const absent = (missing: string): FrameStack => ({
    shape: [0, 0],
    available: 0,
    missing: [missing],
    read: () => {
      throw new BraggwatchError('frames-missing', missing);
    },
  });
  const place = follow(pool, from, path);
  if ('missing' in place) return absent(place.missing);
  const { file } = place;
  const info = file.info(place.path);
  if (!info) return absent(`${file.path}:${place.path}`);
  const [rows = 0, cols = 0] = info.shape.slice(-2);
  const frames = info.shape.length === 3 ? info.shape[0]! : 0;
  const single = info.shape.length === 2 ? 1 : frames;
  const counted = info.sources && depth < MAX_DEPTH ? countSources(pool, place, info.sources, depth) : undefined;
  const available = Math.min(single, counted?.available ?? single);
  const missing = counted?.missing ?? [];
  return {
    shape: [rows, cols],
    available,
    missing,
    read: (first, last) => {
      if (last > available)
        throw new BraggwatchError('frames-missing', missing[0] ?? `${file.path}:${place.path} has ${available} frames`);
      return file.read(place.path, first, last);
    },
  };
}

/**
 * The frames at a path: a dataset, a virtual dataset over Lima files, or an external link to either.
 * @throws BraggwatchError scan-unreadable, scan-truncated for a linked file that is no HDF5
 */
export const openFrames = (pool: FilePool, from: Place['file'], path: string): FrameStack =>
  stackAt(pool, from, path, 0);
