import type { ScanFacts } from '@main/scan/types';
import { PARTIAL_MS } from './rest';

/** An early verdict needs this share of the frames, and so many; the next one comes after a further share. */
const EARLY_SHARE = 0.5;
const EARLY_FRAMES = 16;
const EARLY_STEP = 0.15;
/** From this share of a scan's frames on its verdict would wait for a look that grew out of them. */
const NEARLY_ALL = 0.85;
/** What rests unfinished is judged with less: it may be all that comes. */
const FEWEST_FRAMES = 8;

/** Whether the verdict on the whole scan is so near that an early one would only delay it. */
export const isNearlyThere = ({ framesPresent, framesExpected }: ScanFacts): boolean =>
  framesPresent >= NEARLY_ALL * framesExpected;

export interface EarlyLooks {
  /** Whether an unfinished scan is worth another look. @param rest ms for which nothing has happened to it */
  worth(id: string, facts: ScanFacts, rest: number): boolean;
  forget(id: string): void;
}

/** When a scan that is not whole is judged with the frames it has. */
export function createEarlyLooks(): EarlyLooks {
  const shares = new Map<string, number>();
  /** Frames with which a resting scan was judged. */
  const rested = new Map<string, number>();
  return {
    worth(id, facts, rest) {
      const { framesPresent } = facts;
      if (!facts.motor || framesPresent < FEWEST_FRAMES) return false;
      const share = framesPresent / Math.max(1, facts.framesExpected);
      const grown = share >= (shares.get(id) ?? EARLY_SHARE - EARLY_STEP) + EARLY_STEP && !isNearlyThere(facts);
      const rests = rest >= PARTIAL_MS && rested.get(id) !== framesPresent;
      if (!rests && (!grown || framesPresent < EARLY_FRAMES)) return false;
      shares.set(id, Math.max(share, shares.get(id) ?? 0));
      if (rests) rested.set(id, framesPresent);
      return true;
    },
    forget(id) {
      shares.delete(id);
      rested.delete(id);
    },
  };
}
