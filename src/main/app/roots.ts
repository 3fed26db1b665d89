import { realpathSync } from 'node:fs';
import { relative, isAbsolute, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';

/** Folders that a screen may ask the app to watch: those given at the start, and those chosen in a native dialog. */
export interface Roots {
  allow(folder: string): void;
  /**
   * The real path of a folder, if it lies under an allowed root; links are resolved first, so that none leads out.
   * @throws BraggwatchError path-missing, path-refused
   */
  resolve(folder: string): string;
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
  const allow = (folder: string): void => void roots.add(real(folder));
  for (const folder of initial) allow(folder);
  return {
    allow,
    resolve(folder) {
      const path = real(folder);
      const inside = [...roots].some((root) => {
        const way = relative(root, path);
        return way === '' || (!way.startsWith('..') && !isAbsolute(way));
      });
      if (!inside) throw new BraggwatchError('path-refused', folder);
      return path;
    },
  };
}
