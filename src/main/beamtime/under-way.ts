import type { ScanFacts } from '@main/scan/types';
import { isNearlyThere } from './early';
import { scanId } from './identity';
import type { Settler } from './settle';
import type { Step } from './steps';

/** Scans that are not whole yet: their frames are read as they land, and some of them are looked at early. */
export interface UnderWay {
  /** Reads its frames from now on as they land. */
  follow(facts: ScanFacts): void;
  /** Has it looked at early. */
  look(facts: ScanFacts): void;
  /** It waits to be judged. */
  forget(id: string): void;
  /** No early looks any more. */
  clear(): void;
  /** Early looks that wait. */
  readonly size: number;
  /** What is to be done now, or in how many milliseconds there will be something; undefined where nothing is. */
  next(now: number): Step | number | undefined;
}

/** A detector writes many frames a second, and file systems that tell nothing of it are looked at every two. */
const FOLLOW_MS = 250;
/** Early looks take no more than a fifth of the time: of large detectors each takes seconds, in which no frame is read. */
const RESTS = 4;

export function createUnderWay(
  settler: Pick<Settler, 'lookEarly' | 'follow'>,
  /** Whether it waits to be judged: nothing more is to be done early then. */
  waits: (id: string) => boolean,
): UnderWay {
  /** `late`: others were to be read on in before it. */
  const early = new Map<string, { readonly facts: ScanFacts; readonly late: boolean }>();
  const followed = new Map<string, { readonly facts: ScanFacts; readonly due: number }>();

  /** Left alone until they are judged: they took the process down, and others wait for it. */
  const left = new Set<string>();
  let nextLookAt = 0;
  const lookEarly = async (id: string, facts: ScanFacts): Promise<void> => {
    early.delete(id);
    if (waits(id)) return;
    const begun = Date.now();
    await settler.lookEarly(facts).catch(() => undefined);
    nextLookAt = Date.now() + RESTS * (Date.now() - begun);
  };
  const readOn = async (id: string, facts: ScanFacts): Promise<void> => {
    followed.delete(id);
    if (waits(id)) return;
    const read = await settler.follow(facts);
    if (!read) return void left.add(id);
    // Until it stands still: then the next sweep that finds more frames says so.
    if (read.frames > 0 && !followed.has(id))
      followed.set(id, { facts, due: Date.now() + (read.more ? 0 : FOLLOW_MS) });
  };

  return {
    follow(facts) {
      const id = scanId(facts.ref);
      if (!left.has(id)) followed.set(id, { facts, due: 0 });
      const look = early.get(id);
      // One that had to wait: its verdict would wait for it.
      if (look?.late && isNearlyThere(facts)) early.delete(id);
    },
    look(facts) {
      const id = scanId(facts.ref);
      // The newest look wins: while one waits, further ones would only tell what it will tell anyway.
      if (!early.has(id)) early.set(id, { facts, late: Date.now() < nextLookAt });
    },
    forget(id) {
      early.delete(id);
      followed.delete(id);
      left.delete(id);
    },
    clear: () => early.clear(),
    get size() {
      return early.size;
    },
    next(now) {
      const [look] = early;
      if (look && nextLookAt <= now) return { id: look[0], run: () => lookEarly(look[0], look[1].facts) };
      const [first] = [...followed].sort(([, a], [, b]) => a.due - b.due);
      if (first && first[1].due <= now) return { id: first[0], run: () => readOn(first[0], first[1].facts) };
      const waiting = [...(look ? [nextLookAt] : []), ...(first ? [first[1].due] : [])];
      return waiting.length > 0 ? Math.min(...waiting) - now : undefined;
    },
  };
}
