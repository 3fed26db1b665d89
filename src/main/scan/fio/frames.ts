import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openFrames, type FrameStack } from '@main/hdf5/frames';
import type { Hdf5File } from '@main/hdf5/file';
import { openLinked, type FilePool } from '@main/hdf5/link';
import { joinFrames, sumFrames } from '@main/hdf5/series';
import { masterParts } from '../eiger/master';
import { isFolder } from '@main/files/stat';

/** A detector's folder beside an .fio file, and its files there. */
export interface FioDetector {
  /** The folder's name: `e4m`, `e500`. */
  readonly name: string;
  readonly master?: Hdf5File;
  readonly parts: readonly FrameStack[];
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/**
 * The detectors that saved frames of an .fio file's scan: a folder for each of them beside it, with a master and its data files, or
 * with data files alone.
 */
export function fioDetectors(pool: FilePool, path: string): readonly FioDetector[] {
  const folder = dirname(path);
  const stem = basename(path).replace(/\.fio$/i, '');
  const places = [
    ...names(folder)
      .map((name) => join(folder, name))
      .filter(isFolder),
    folder,
  ];
  return places.flatMap((place): FioDetector[] => {
    const files = names(place);
    const data = files.filter((name) => name.startsWith(`${stem}_data_`) && /_data_\d+\.h5$/i.test(name));
    const masterName = files.find((name) => name === `${stem}_master.h5`);
    const name = place === folder ? '' : basename(place);
    if (masterName === undefined && data.length === 0) return [];
    const opened = masterName === undefined ? undefined : openLinked(pool, join(place, masterName), masterName);
    const master = opened && !('missing' in opened) ? opened : undefined;
    const linked = master ? masterParts(pool, master) : [];
    const direct = (): FrameStack[] => data.map((file) => partOf(pool, join(place, file)));
    return [{ name, ...(master && { master }), parts: linked.length > 0 ? linked : direct() }];
  });
}

function partOf(pool: FilePool, path: string): FrameStack {
  const file = openLinked(pool, path, basename(path));
  if (!('missing' in file)) return openFrames(pool, file, '/entry/data/data');
  return {
    shape: [0, 0],
    allocated: 0,
    available: 0,
    missing: [file],
    files: [path],
    read: () => {
      throw file.error;
    },
  };
}

/** The scan's frames: file after file, or a file for each point, whose exposures are summed. */
export function fioFrames({ parts }: FioDetector, points: number): FrameStack {
  const joined = joinFrames(parts);
  const manyEach = parts.length > 1 && parts.length <= points && joined.available > points;
  return manyEach ? sumFrames(parts) : joined;
}
