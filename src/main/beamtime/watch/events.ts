import { watch, type FSWatcher } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isWithin } from '@main/files/roots';
import { inBackground } from '@main/process/report';

/** Deeper folders hold frames, and the more folders are listened to, the fewer watches others have left. */
const DEPTH = 6;
const MOST = 4096;
/** Entries of a folder that are fetched at once; other work is done meanwhile. */
const AT_ONCE = 256;

/** A folder, and all below it, that is listened to. */
export interface Events {
  /** The folder itself may have been moved away or deleted: what stands in its place by now is not listened to. */
  readonly lost: boolean;
  close(): void;
}

/**
 * Calls `changed` whenever something changes in a folder or below. Events are hints, and some go missing: where there are no watches left,
 * on file servers, in folders that are too deep. Each folder is listened to by a watch of its own and no file is looked at: chokidar, which
 * looks at each, held up the front process by 7 s for 150 000 files, 2.8 s of them in one go, and took 300 MB.
 */
export function listenTo(root: string, changed: () => void): Events {
  const heard = new Map<string, FSWatcher>();
  let closed = false;
  let lost = false;

  /** With all that was below it: moved away, folders are still told of, by names that others may have by then. */
  const forget = (folder: string): void => {
    for (const [path, watcher] of heard) {
      if (!isWithin(folder, path)) continue;
      watcher.close();
      heard.delete(path);
    }
  };
  /** A folder that came is listened to as well, one that went no longer. */
  const follow = async (path: string, depth: number): Promise<void> => {
    const stat = await lstat(path).catch(() => undefined);
    // Of files that come and go there are many.
    if (stat?.isDirectory() || heard.has(path)) forget(path);
    if (stat?.isDirectory()) await enter(path, depth);
  };
  const enter = async (folder: string, depth: number): Promise<void> => {
    if (closed || depth > DEPTH || heard.size >= MOST || heard.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        // Its own name is told where it goes, and that of an entry of the same name.
        if (depth === 0 && event === 'rename' && name === basename(folder)) lost = true;
        changed();
        if (event === 'rename' && name !== null)
          inBackground(follow(join(folder, name), depth + 1), `listening to ${folder}`);
      });
      watcher.on('error', () => forget(folder));
      heard.set(folder, watcher);
      // What was made in it before it was listened to is found by looking.
      for await (const entry of await opendir(folder, { bufferSize: AT_ONCE }))
        if (entry.isDirectory() && !entry.name.startsWith('.')) await enter(join(folder, entry.name), depth + 1);
    } catch {
      // Gone, not ours to read, or no watch left: the sweep goes on.
    }
  };
  inBackground(enter(root, 0), `listening to ${root}`);
  return {
    get lost() {
      return lost;
    },
    close() {
      closed = true;
      for (const watcher of heard.values()) watcher.close();
      heard.clear();
    },
  };
}
