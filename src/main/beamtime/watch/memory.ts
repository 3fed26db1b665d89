import { statSync } from 'node:fs';
import { STEP } from './listing';
import type { FolderLook } from './look';

/**
 * A folder that had the same times for so long before it was read has not changed since, where it still has them: clocks of file systems
 * tick every two seconds at the coarsest, so a change in the tick of the reading would not show. Their own times are compared for being
 * the same only; what is measured by our clock is for how long.
 */
const RESTED_MS = 2500;
/** None is believed for longer: not every file server tells of every change in its folders' times. */
const ANEW_MS = 20_000;
/** A tree with fewer entries is read as fast as it is remembered. */
const LARGE = 5000;

type Looking = (folder: string) => Generator<void, FolderLook | undefined>;

/** Remembers from one walk to the next what lies in the folders of a large tree that have not changed, and what the walk found. */
export interface FolderMemory<Walked> {
  /** What lies in a folder: as it is remembered, or as it is read now. */
  look(folder: string, read: Looking): Generator<void, FolderLook | undefined>;
  /** What the last walk found, where that is still so in each of its folders. */
  still(): Generator<void, Walked | undefined>;
  /**
   * A walk has come to its end: folders that it has not met are forgotten.
   * @param found what depends on nothing but what lies in its folders
   */
  walked(found: Walked | undefined): void;
}

interface Remembered {
  readonly stamp: string;
  /** Since when the folder has been seen with this stamp, and when it was read. */
  readonly since: number;
  readonly read: number;
  readonly look: FolderLook;
}

/** @param now a clock that nobody moves, ms */
export function createFolderMemory<Walked>(now: () => number = () => performance.now()): FolderMemory<Walked> {
  let before = new Map<string, Remembered>();
  let met = new Map<string, Remembered>();
  let last: Walked | undefined;
  let isLarge = false;
  /** A folder of this walk could not be read just now: what the walk finds lacks it. */
  let isLacking = false;
  /** Whether what lies in a folder is known, from its stamp. */
  const isKnown = ({ stamp, since, read }: Remembered, now: string | undefined, at: number): boolean =>
    isLarge && stamp === now && read - since >= RESTED_MS && at - read < ANEW_MS;
  return {
    *look(folder, read) {
      const at = now();
      const stamp = stampOf(folder);
      const known = before.get(folder);
      if (known && isKnown(known, stamp, at)) {
        met.set(folder, known);
        return known.look;
      }
      const look = yield* read(folder);
      const since = known?.stamp === stamp ? known?.since : undefined;
      if (look && stamp !== undefined) met.set(folder, { stamp, since: since ?? at, read: at, look });
      else isLacking = true;
      return look;
    },
    *still() {
      if (!last) return undefined;
      let asked = 0;
      for (const [folder, known] of before) {
        if (++asked % STEP === 0) yield;
        if (!isKnown(known, stampOf(folder), now())) return undefined;
      }
      return last;
    },
    walked(found) {
      last = isLacking ? undefined : found;
      isLacking = false;
      isLarge = [...met.values()].reduce((sum, { look }) => sum + look.entries, 0) > LARGE;
      before = met;
      met = new Map();
    },
  };
}

/** Which folder it is, and its times. */
function stampOf(folder: string): string | undefined {
  try {
    const { dev, ino, mtimeNs, ctimeNs } = statSync(folder, { bigint: true });
    return [dev, ino, mtimeNs, ctimeNs].join(':');
  } catch {
    return undefined;
  }
}
