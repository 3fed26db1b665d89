import { inBackground } from '@main/process/report';

/** Sources that take long to list, or for ever: looked at by a process of their own, so that nobody waits for them. */
export interface SlowSources {
  has(path: string): boolean;
  /** It took longer than a source may. */
  add(path: string): void;
  /**
   * Has it looked at in its turn, one such source after the other, and by no sweep twice at the same time.
   * @param look resolves once that is done, whatever came of it
   */
  take(path: string, look: () => Promise<void>): void;
  /** Whether one is looked at for the first time: nobody knows yet what is in it. */
  resting(): boolean;
  forget(): void;
}

/** Listed faster than this, a source is slow no more. */
const BRISK_MS = 2000;
/** Between two looks at a source it rests so many times as long as the last one took. */
const SHARE = 4;

export function createSlowSources(now: () => number): SlowSources {
  /** By path, from when on it may be looked at again. */
  const slow = new Map<string, number>();
  const waiting = new Set<string>();
  const seen = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  const run = async (path: string, look: () => Promise<void>): Promise<void> => {
    const begun = now();
    try {
      await look();
    } finally {
      const took = now() - begun;
      waiting.delete(path);
      seen.add(path);
      if (took < BRISK_MS) slow.delete(path);
      else if (slow.has(path)) slow.set(path, now() + SHARE * took);
    }
  };

  return {
    has: (path) => slow.has(path),
    add: (path) => void slow.set(path, slow.get(path) ?? now()),
    take(path, look) {
      if (waiting.has(path) || now() < (slow.get(path) ?? 0)) return;
      waiting.add(path);
      const turn = last.then(() => run(path, look));
      last = turn.catch(() => undefined);
      inBackground(turn, `looking at ${path}`);
    },
    resting: () => [...waiting].some((path) => !seen.has(path)),
    forget() {
      slow.clear();
      seen.clear();
    },
  };
}
