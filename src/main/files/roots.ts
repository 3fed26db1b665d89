import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';

/** Folders that a screen may ask the app to watch, or to make a data set in: those given at the start, and those chosen in a native dialog. */
export interface Roots {
  allow(folder: string): void;
  /** The allowed roots themselves, links resolved. */
  list(): string[];
  /**
   * The real path of a folder, if it lies under an allowed root; links are resolved first, so that none leads out.
   * @throws BraggwatchError path-missing, path-refused
   */
  resolve(folder: string): string;
  /**
   * The same for a folder to write into, which need not be there yet: what is there of its path decides.
   * @throws BraggwatchError path-refused; path-missing for a link that leads nowhere
   */
  resolveNew(folder: string): string;
}

/** A path with its links resolved; undefined where it leads nowhere. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a path is a folder or lies in it; both with their links resolved. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!/^\.\.($|[\\/])/.test(way) && !isAbsolute(way));
}

/** Where a folder would be made: the part that is there with its links resolved, then the rest. */
function realParts(path: string, real: (path: string) => string): string {
  // A link counts as there even if what it leads to is not: nobody can say where that would be made.
  if (lstatSync(path, { throwIfNoEntry: false }) || dirname(path) === path) return real(path);
  return join(realParts(dirname(path), real), basename(path));
}

export function createRoots(initial: readonly string[]): Roots {
  const roots = new Set<string>();
  const real = (path: string): string => {
    try {
      return realpathSync(resolve(path));
    } catch (cause) {
      throw new BraggwatchError('path-missing', path, { cause });
    }
  };
  const inside = (path: string, asked: string): string => {
    if (![...roots].some((root) => isWithin(root, path))) {
      throw new BraggwatchError('path-refused', `${asked}; it may open ${[...roots].join(', ')}`);
    }
    return path;
  };
  const allow = (folder: string): void => void roots.add(real(folder));
  for (const folder of initial) allow(folder);
  return {
    allow,
    list: () => [...roots],
    resolve: (folder) => inside(real(folder), folder),
    resolveNew: (folder) => inside(realParts(resolve(folder), real), folder),
  };
}
