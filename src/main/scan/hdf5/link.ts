import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { openHdf5, type Hdf5File } from './file';

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

export function createFilePool(): FilePool {
  const files = new Map<string, Hdf5File>();
  return {
    open: (path) => {
      const file = files.get(path) ?? openHdf5(path);
      files.set(path, file);
      return file;
    },
    close: () => {
      for (const file of files.values()) file.close();
      files.clear();
    },
  };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * The path that HDF5 would open for a name in a link or a virtual dataset: beside the file that names it, and, where
 * the tree was copied from elsewhere, by its last part alone. Undefined where nothing is there.
 */
export function linkedFile(parent: string, name: string): string | undefined {
  if (name === '.') return parent;
  const folder = dirname(parent);
  const candidates = [isAbsolute(name) ? name : join(folder, name), join(folder, basename(name))];
  return candidates.find(isFile);
}

/** A chain longer than this is a loop. */
const MAX_LINKS = 8;

/**
 * Follows external links by hand, each checked to be a file first. A link whose file or object is not there (yet)
 * comes back as `missing`, its name.
 * @throws BraggwatchError scan-unreadable, scan-truncated for a linked file that is no HDF5
 */
export function follow(pool: FilePool, file: Hdf5File, path: string, depth = 0): Place | { readonly missing: string } {
  const link = file.externalLink(path);
  if (!link) return file.kind(path) === 'absent' ? { missing: `${file.path}:${path}` } : { file, path };
  const target = linkedFile(file.path, link.file);
  if (!target || depth >= MAX_LINKS) return { missing: join(dirname(file.path), link.file) };
  return follow(pool, pool.open(target), link.object, depth + 1);
}
