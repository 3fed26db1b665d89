import { availableParallelism } from 'node:os';
import { BraggwatchError } from '@contract/errors';
import { SIZE } from '@core/reduce/target';
import type { InsideOpinion } from '@contract/inside';
import type { FormatName, VerdictLine } from '@contract/scan';
import { reduceSource } from '@main/reading/reduce-scan';
import type { ReduceOptions } from '@main/reading/volume';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts, ScanRef } from '@main/scan/types';
import { writeCxi, type CxiFacts } from './cxi';
import { readCxi } from './cxi-read';
import { inputOf } from './input';
import { addToNexus } from './into-nexus';
import { opinionOf, SEED } from './look';
import { beginLooking, type Looking, type Progress } from './looking';
import { pictureOf, type Picture } from './picture';
import { createStarter, type Starter } from './threads';

/** After a step: also what the picture says. */
export interface Step extends Progress {
  readonly opinion: InsideOpinion | null;
}

/**
 * What the inside worker does: one crystal at a time, from its scan's files to a picture of what is within. It computes while it is asked
 * for a step and rests between two, so that whoever asks decides when.
 * @param threads how many starts at a time
 */
export function createInsideService(threads: number = availableParallelism()) {
  let starter: Starter | undefined;
  let looking: (Looking & { readonly key: number }) | undefined;
  let begun = 0;
  const stop = (): void => {
    looking?.stop();
    looking = undefined;
  };
  /** What the starts so far say; nothing where another was begun meanwhile. */
  const found = (key: number) => {
    const inside = looking?.key === key ? looking.inside() : undefined;
    return looking && inside && { inside, input: looking.input };
  };

  return {
    /** Every scan of a source, as far as it is written. */
    list: (source: string, format: FormatName): readonly ScanFacts[] => readerOf(format).list(source),

    /**
     * Reads and reduces a scan, and begins to look into it; what was under way is given up.
     * @returns by which it is asked for from then on
     */
    begin(ref: ScanRef, options: ReduceOptions, starts: number): number {
      stop();
      const source = readerOf(ref.format).open(ref);
      try {
        const input = inputOf(reduceSource(source, { ...options, unblurred: SIZE }));
        const key = ++begun;
        looking = { ...beginLooking(input, (starter ??= createStarter(threads)), starts, SEED), key };
        return key;
      } finally {
        source.close();
      }
    },

    /** Computes for so long at most, ms; null where it was given up. */
    async step(key: number, ms: number): Promise<Step | null> {
      if (looking?.key !== key) return null;
      const progress = await looking.step(ms);
      const now = found(key);
      return { ...progress, opinion: now ? opinionOf(now.inside, now.input) : null };
    },

    /** What is known so far; null before the first start is done. */
    picture(key: number): Picture | null {
      const now = found(key);
      return now ? pictureOf(now.inside, now.input) : null;
    },

    /** Writes what was found, as CXI. @returns what it says @throws BraggwatchError disk-full, job-cancelled where it was given up */
    keep(key: number, path: string, facts: Omit<CxiFacts, 'seed'>): InsideOpinion {
      const now = found(key);
      if (!now) throw new BraggwatchError('job-cancelled', facts.scan);
      writeCxi(path, now.inside, now.input, { ...facts, seed: SEED });
      return opinionOf(now.inside, now.input);
    },

    /** Puts what was kept into the scan's NeXus result, with its verdict as it is now. @throws BraggwatchError disk-full, path-missing, scan-unreadable */
    amend: (nexus: string, path: string, line: VerdictLine): void => addToNexus(nexus, readCxi(path).picture, line),

    /** Gives up what is under way. */
    stop,

    /** What was kept. @throws BraggwatchError path-missing, scan-unreadable */
    kept: (path: string): Picture => readCxi(path).picture,
  };
}

export type InsideService = ReturnType<typeof createInsideService>;
