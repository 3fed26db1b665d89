import { statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { claimOf } from '@main/scan/formats';
import { findSources } from '@main/beamtime/watch/walk';
import { watchFolder, type Watcher } from '@main/beamtime/watch/watcher';
import type { Roots } from '@main/files/roots';

/** Dropped scans that are followed at once; the one that was dropped longest ago is let go first. */
const maxFollowed = 32;

export interface DroppedTools {
  readonly roots: Roots;
  sweep(path: string): Promise<void>;
  watch(folder: string): Promise<unknown>;
}

export interface Dropped {
  readonly handlers: Pick<Handlers, 'files/drop'>;
  close(): void;
}

/** What is dropped onto the window: a folder is watched from then on; a scan is followed by itself, as if it lay in a watched folder. */
export function createDropped({ roots, sweep, watch }: DroppedTools): Dropped {
  const followed = new Map<string, Watcher>();
  const follow = (path: string): void => {
    followed.get(path)?.close();
    followed.delete(path);
    // A file that vanishes or breaks is told by its own row, as in a watched folder.
    followed.set(
      path,
      watchFolder(path, () => sweep(path).catch(() => undefined)),
    );
    const [oldest] = followed;
    if (oldest && followed.size > maxFollowed) {
      followed.delete(oldest[0]);
      oldest[1].close();
    }
  };
  return {
    handlers: {
      'files/drop': async ({ path: asked }) => {
        const path = roots.resolve(asked);
        const isFolder = statSync(path).isDirectory();
        // A folder of frames is a scan by its name; anything else that no reader knows is refused here.
        const isScan = !isFolder || isScanFolder(path);
        if (!isScan) await watch(path);
        else if (findSources(path).length === 0) throw new BraggwatchError('format-unknown', path);
        else follow(path);
        return { is: isScan ? 'scan' : 'folder', path };
      },
    },
    close: () => [...followed.values()].forEach((each) => each.close()),
  };
}

const isScanFolder = (path: string): boolean => claimOf(path, 'folder') !== undefined;
