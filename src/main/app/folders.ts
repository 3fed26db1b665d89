import { BraggwatchError } from '@contract/errors';
import { isWithin, type Roots } from '@main/files/roots';
import type { PickFolder } from './types';

/** Which folders the panels that make sets and models may use. */
export interface Folders {
  /** The watched folder and what lies below it is the detector's. */
  isWatched(folder: string): boolean;
  /** A folder to write into, checked and with its links resolved. @throws BraggwatchError path-refused, folder-watched */
  writable(folder: string): string;
  /** Asks in the native dialog; what is chosen may be used from then on. null where the user cancels or there is no dialog. */
  pick(purpose: Parameters<PickFolder>[0]): Promise<string | null>;
}

/** @param watched the folder that is watched at present */
export function createFolders(roots: Roots, watched: () => string | null, pickFolder?: PickFolder): Folders {
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
    async pick(purpose) {
      const folder = (await pickFolder?.(purpose)) ?? null;
      if (folder !== null) roots.allow(folder);
      return folder;
    },
  };
}
