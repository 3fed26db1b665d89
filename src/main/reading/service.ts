import { faultsIn } from '@main/nexus/faults';
import { readVolume } from '@main/nexus/read';
import { writeNexus } from '@main/nexus/write';
import { detectorFrame, type FrameWish } from './detector-frame';
import { dataPrint } from '@main/scan/fingerprint';
import type { GeometrySources } from './geometry';
import type { ReducedRecord } from '@main/nexus/record';
import { createKeptRecords, type Reduced } from './kept';
import { reduceSource } from './reduce-scan';
import type { ReduceOptions } from './volume';
import type { DetectorFrame, FormatName, VerdictLine, Volume } from '@contract/scan';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts, ScanRef } from '@main/scan/types';

const records = createKeptRecords();

/** What the scan worker does: everything that touches scan files, so that a crash in native code costs one scan at most. */
export const scanService = {
  /** Every scan of a source, as far as it is written. */
  list: (source: string, format: FormatName): readonly ScanFacts[] => readerOf(format).list(source),

  /** Digest of some of a scan's frames, see `fingerprint`. */
  print(ref: ScanRef): string {
    const source = readerOf(ref.format).open(ref);
    try {
      return dataPrint(source);
    } finally {
      source.close();
    }
  },

  /** Opens, reads and reduces one scan. Its volume stays here, to be written or handed out. */
  reduce(ref: ScanRef, options: ReduceOptions): Reduced {
    const source = readerOf(ref.format).open(ref);
    try {
      return records.keep(reduceSource(source, options));
    } finally {
      source.close();
    }
  },

  /**
   * The detector frame nearest to a Q.
   * @param result the scan's, which lists its faulty pixels
   */
  frame(ref: ScanRef, sources: GeometrySources, wish: FrameWish, result?: string): DetectorFrame {
    const source = readerOf(ref.format).open(ref);
    try {
      return detectorFrame(source, sources, wish, result === undefined ? undefined : faultsIn(result));
    } finally {
      source.close();
    }
  },

  /** Writes the result of a scan that was reduced here, as NeXus. */
  record: (path: string, kept: string, line: VerdictLine): void => writeNexus(path, records.of(kept), line),

  /** All of a scan that was reduced here, its volume included. */
  reduced: (kept: string): ReducedRecord => records.of(kept),

  /** The volume of a result. */
  volume: (path: string): Volume => readVolume(path),
};

export type ScanService = typeof scanService;
