import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { refusalOf } from '@main/files/reach';
import { openHdf5, type Hdf5File } from './file';
import { statOf } from '@main/files/stat';

/** An object in an open file. */
export interface Place {
  readonly file: Hdf5File;
  readonly path: string;
}

/** Opens each file once for the life of one scan, and closes them together. */
export interface FilePool {
  open(path: string): Hdf5File;
  close(): void;
}

/** A file that was opened to see what it is, for the pool that asks for it next. */
let handed: Hdf5File | undefined;

/** Opens a file, lets `tell` say from it what is to be done, and does that: a pool that needs the file does not open it again. */
export function withOpened<T>(path: string, tell: (file: Hdf5File) => () => T): T {
  const file = openHdf5(path);
  handed = file;
  try {
    return tell(file)();
  } finally {
    // Nobody took it.
    if (handed === file) {
      handed = undefined;
      file.close();
    }
  }
}

export function createFilePool(): FilePool {
  const files = new Map<string, Hdf5File>();
  const take = (path: string): Hdf5File => {
    if (handed?.path !== path) return openHdf5(path);
    const file = handed;
    handed = undefined;
    return file;
  };
  return {
    open: (path) => {
      const file = files.get(path) ?? take(path);
      files.set(path, file);
      return file;
    },
    close: () => {
      for (const file of files.values()) file.close();
      files.clear();
    },
  };
}

const isThere = (path: string): boolean => statOf(path) !== undefined;

/**
 * The path that HDF5 would open for a name in a link or a virtual dataset: beside the file that names it, and, where
 * the tree was copied from elsewhere, by its last part alone. Undefined where nothing is there; one that may be read goes before one
 * that may not.
 */
function linkedFile(parent: string, name: string): string | undefined {
  if (name === '.') return parent;
  // A linked file names its neighbours from where it lies itself.
  const candidates = [...new Set([dirname(realpathSync(parent)), dirname(parent)])].flatMap((folder) => [
    isAbsolute(name) ? name : join(folder, name),
    join(folder, basename(name)),
  ]);
  const there = candidates.filter(isThere);
  return there.find((path) => refusalOf(path) === undefined) ?? there[0];
}

/** A chain longer than this is a loop. */
const MAX_LINKS = 8;

/** Why there is nothing at a place: its file is absent, cut, or still being written. */
export interface Missing {
  readonly missing: string;
  readonly error: BraggwatchError;
}

/** A linked file, opened, or why it cannot be: one damaged file must not hide the other scans of its master. */
export function openLinked(pool: FilePool, parent: string, name: string): Hdf5File | Missing {
  const path = linkedFile(parent, name);
  const missing = path ?? resolve(dirname(parent), name);
  try {
    const refusal = path === undefined || name === '.' ? undefined : refusalOf(path);
    if (refusal) return { missing, error: refusal };
    if (path) return pool.open(path);
    return { missing, error: new BraggwatchError('frames-missing', missing) };
  } catch (error) {
    if (error instanceof BraggwatchError) return { missing, error };
    throw error;
  }
}

/** Follows external links by hand, each checked to be a file first. */
export function follow(pool: FilePool, file: Hdf5File, path: string, depth = 0): Place | Missing {
  const link = file.externalLink(path);
  if (!link && file.kind(path) !== 'absent') return { file, path };
  if (!link || depth >= MAX_LINKS) {
    const missing = `${file.path}:${path}`;
    return { missing, error: new BraggwatchError('frames-missing', missing) };
  }
  const target = openLinked(pool, file.path, link.file);
  return 'missing' in target ? target : follow(pool, target, link.object, depth + 1);
}
