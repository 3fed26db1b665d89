import { inBackground } from '@main/process/report';
import { isFolder } from '@main/files/stat';
import { listenTo, type Events } from './events';

export interface Watcher {
  /** Asks for a sweep soon, e.g. because an answer made waiting scans judgeable. */
  nudge(): void;
  close(): void;
}

/** Events within this time are one: a detector writes in bursts. */
const SETTLE_MS = 150;
/** inotify is blind on NFS and GPFS, so the sweep alone must find everything. */
const SWEEP_MS = 2000;

/**
 * Calls `sweep` whenever something may have changed below a folder: soon after an event, and every two seconds anyway.
 * Events are hints, the sweep is the truth. Sweeps never overlap.
 * @param sweepMs time to the next sweep where no event comes; tests take others
 */
export function watchFolder(folder: string, sweep: () => Promise<void>, sweepMs = SWEEP_MS): Watcher {
  let events: Events | undefined;
  let timer: NodeJS.Timeout | undefined;
  let due = Infinity;
  let running = false;
  let closed = false;

  const plan = (delay: number): void => {
    const at = Date.now() + delay;
    if (closed || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => inBackground(run(), `looking through ${folder}`), delay);
  };
  const run = async (): Promise<void> => {
    due = Infinity;
    if (running) return plan(SETTLE_MS);
    running = true;
    listen();
    try {
      await sweep();
    } finally {
      running = false;
      plan(sweepMs);
    }
  };
  /** The folder may appear, vanish and come back (a share that is mounted late), or another take its place; events are taken while it is there. */
  const listen = (): void => {
    const there = isFolder(folder);
    if (!there || events?.lost) {
      events?.close();
      events = undefined;
    }
    if (there) events ??= listenTo(folder, () => plan(SETTLE_MS));
  };
  plan(0);
  return {
    nudge: () => plan(0),
    close: () => {
      closed = true;
      clearTimeout(timer);
      events?.close();
    },
  };
}
