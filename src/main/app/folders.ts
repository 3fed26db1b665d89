import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { MOST_COMPLETED } from '@contract/procedures';
import { isWithin, realPath, type Roots } from '@main/files/roots';
import { isFolder } from '@main/files/stat';
import type { PickFolder } from './types';

/** Which folders the panels that make sets and models may use. */
export interface Folders {
  /** The watched folder and what lies below it is the detector's. */
  isWatched(folder: string): boolean;
  /** A folder to write into, checked and with its links resolved. @throws BraggwatchError path-refused, folder-watched */
  writable(folder: string): string;
  /**
   * Lets screens watch a folder beyond the roots, which is right only where the app's owner started it here and was asked.
   * @returns its real path
   * @throws BraggwatchError path-refused where it was not started so; path-missing, path-unreadable
   */
  allow(folder: string): Promise<string>;
  /** The real path of a folder to watch: under a root, or one that was allowed. @throws BraggwatchError path-missing, path-refused */
  watchable(folder: string): string;
  /** Folders whose absolute path begins so, by name; of those that may be watched. */
  complete(beginning: string): Promise<string[]>;
  /** Asks in the native dialog; what is chosen may be used from then on. null where the user cancels or there is no dialog. */
  pick(purpose: Parameters<PickFolder>[0]): Promise<string | null>;
}

export interface FolderWishes {
  /** The app was started on this machine by its owner, for its owner's screens: any folder may be watched that the account may read. */
  readonly openAll?: boolean | undefined;
  readonly pickFolder?: PickFolder | undefined;
}

/** Nobody has typed more, and a folder of frames has no sub-folders to offer. */
const MOST_LOOKED_AT = 20_000;

async function readable(folder: string): Promise<void> {
  await access(folder, constants.R_OK | constants.X_OK).catch((cause: unknown) => {
    throw new BraggwatchError('path-unreadable', folder, { cause });
  });
}

/** @param watched the folder that is watched at present */
export function createFolders(
  roots: Roots,
  watched: () => string | null,
  { openAll = false, pickFolder }: FolderWishes = {},
): Folders {
  /** To be watched, never to be written into. */
  const opened = new Set<string>();
  const mayList = (folder: string): boolean => {
    if (openAll) return true;
    try {
      roots.resolve(folder);
      return true;
    } catch {
      return false;
    }
  };
  const isWatched = (folder: string): boolean => {
    const parent = watched();
    return parent !== null && isWithin(parent, folder);
  };
  return {
    isWatched,
    writable(folder) {
      const path = roots.resolveNew(folder);
      if (isWatched(path)) throw new BraggwatchError('folder-watched', path);
      return path;
    },
    async allow(folder) {
      if (!openAll) throw new BraggwatchError('path-refused', folder);
      const path = realPath(resolve(folder));
      if (path === undefined || !isFolder(path)) throw new BraggwatchError('path-missing', folder);
      await readable(path);
      opened.add(path);
      return path;
    },
    watchable(folder) {
      const path = realPath(resolve(folder));
      return path !== undefined && [...opened].some((root) => isWithin(root, path)) ? path : roots.resolve(folder);
    },
    async complete(beginning) {
      if (!isAbsolute(beginning)) return [];
      const parent = beginning.endsWith(sep) ? beginning : dirname(beginning);
      const start = beginning.endsWith(sep) ? '' : basename(beginning);
      if (!mayList(parent)) return [];
      const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
      const named = entries
        .slice(0, MOST_LOOKED_AT)
        .filter(
          (entry) =>
            (entry.isDirectory() || entry.isSymbolicLink()) &&
            entry.name.startsWith(start) &&
            // Hidden ones are offered to whoever types their dot.
            (start.startsWith('.') || !entry.name.startsWith('.')),
        )
        .map(({ name }) => join(parent, name))
        .toSorted();
      // Whether one may be told of is asked of the file system: of no more than are offered.
      const offered: string[] = [];
      for (const path of named) {
        if (offered.length === MOST_COMPLETED) break;
        if (mayList(path)) offered.push(path);
      }
      return offered;
    },
    async pick(purpose) {
      const folder = (await pickFolder?.(purpose)) ?? null;
      if (folder !== null) roots.allow(folder);
      return folder;
    },
  };
}
