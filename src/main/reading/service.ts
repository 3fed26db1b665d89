import { BraggwatchError } from '@contract/errors';
import { faultsIn } from '@main/nexus/faults';
import { readVolume } from '@main/nexus/read';
import { writeNexus } from '@main/nexus/write';
import { readSum, writeSum } from '@main/nexus/write-sum';
import { detectorFrame, type FrameWish } from './detector-frame';
import { dataPrint, factsPrint } from '@main/scan/fingerprint';
import { geometryOutlook } from './outlook';
import { createFollowedScans, nextStop } from './followed';
import type { GeometrySources } from './geometry';
import type { ReducedRecord } from '@main/nexus/record';
import { createKeptRecords, type Reduced } from './kept';
import { reduceSource } from './reduce-scan';
import { sumVolumes, type RepeatVolume, type SummedVolume } from './repeats';
import { rockingScan } from './rocking-scan';
import type { ReduceOptions } from './volume';
import type { DetectorFrame } from '@contract/detector-frame';
import type { GeometryOutlook } from '@contract/geometry-outlook';
import type { FormatName, VerdictLine } from '@contract/scan';
import type { KeptSum } from '@contract/repeats';
import type { Volume } from '@contract/volume';
import { layDown } from '@main/files/laid';
import { readerOf } from '@main/scan/readers';
import { recognise, type Recognised } from '@main/scan/recognise';
import type { ScanFacts, ScanRef } from '@main/scan/types';

const records = createKeptRecords();
const followed = createFollowedScans();
/** The sum that was made last, until it is written. */
let lastSum: Volume | undefined;

/** What the scan worker does: everything that touches scan files, so that a crash in native code costs one scan at most. */
export const scanService = {
  /** Every scan of a source, as far as it is written. */
  list: (source: string, format: FormatName): readonly ScanFacts[] => readerOf(format).list(source),

  /** What files are that no reader claims by their names. */
  recognise: (paths: readonly string[]): readonly Recognised[] => paths.map(recognise),

  /** Digest of some of a scan's frames, see `fingerprint`. @param like one that it is to be compared with */
  print(ref: ScanRef, like?: string): string {
    const source = readerOf(ref.format).open(ref);
    try {
      return dataPrint(source, like);
    } finally {
      source.close();
    }
  },

  /**
   * Reads on in a scan that is not whole yet, as far as half a second takes. Of what is read the statistics and the box about the peak are
   * kept until it is reduced as a whole: then only its last frames are left to be read.
   * @returns how many frames were read, and whether there are more by now
   */
  follow(ref: ScanRef, options: ReduceOptions): { readonly frames: number; readonly more: boolean } {
    const source = readerOf(ref.format).open(ref);
    try {
      const { masks, frames, motor } = rockingScan(source, options);
      const pass = followed.passOf(source, masks, motor.positions.slice(0, frames), true);
      if (!pass) return { frames: 0, more: false };
      const from = pass.frames;
      const [rows, cols] = source.facts.frameShape;
      pass.readOn(source, nextStop(pass, frames, rows * cols));
      return { frames: pass.frames - from, more: pass.frames < frames };
    } finally {
      source.close();
    }
  },

  /**
   * Opens, reads and reduces one scan. Its volume stays here, to be written or handed out.
   * @param place where what a network judges is laid down, (64, 64, 64) float32 along the volume's axes, maximum 1
   */
  reduce(ref: ScanRef, options: ReduceOptions, place?: string): Reduced {
    const source = readerOf(ref.format).open(ref);
    try {
      const record = reduceSource(source, options, followed);
      // Nothing more will come of it.
      if (record.facts.whole || record.facts.ended) followed.forget(ref);
      if (place !== undefined) layDown(place, record.volume.intensity);
      return records.keep(record, factsPrint(source.facts));
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

  /** What is known of a scan's geometry. @param peak frame, row and column, where it was found */
  outlook(ref: ScanRef, sources: GeometrySources, peak?: readonly [number, number, number]): GeometryOutlook {
    const source = readerOf(ref.format).open(ref);
    try {
      return geometryOutlook(source.facts, sources, source.orthogonal ? undefined : peak);
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

  /** Lays down what a network judges of a result, as `reduce` does. @throws BraggwatchError disk-full, result-unwritable */
  layDown: (path: string, place: string): void => layDown(place, readVolume(path).intensity),

  /**
   * Sums the volumes of results, see `sumVolumes`. The sum stays here, to be written.
   * @param place where what a network judges is laid down
   */
  sumResults(
    repeats: readonly (Omit<RepeatVolume, 'volume'> & { readonly result: string })[],
    place: string,
  ): Omit<SummedVolume, 'volume'> & Pick<Volume, 'voxel'> {
    const { volume, ...sum } = sumVolumes(
      repeats.map(({ result, ...rest }) => ({ ...rest, volume: readVolume(result) })),
    );
    layDown(place, volume.intensity);
    lastSum = volume;
    return { ...sum, voxel: volume.voxel };
  },

  /** Writes the sum that was made here, as NeXus. @throws BraggwatchError worker-died where another process made it */
  recordSum(path: string, line: VerdictLine, kept: KeptSum): void {
    if (!lastSum) throw new BraggwatchError('worker-died', 'the sum went with the process before');
    writeSum(path, lastSum, line, kept);
    lastSum = undefined;
  },

  /** What the file of a sum says of it; null where no version that is known here wrote it. */
  summed: (path: string): KeptSum | null => readSum(path),

  /** Sums volumes that are handed over, see `sumVolumes`. */
  sumVolumes: (repeats: readonly RepeatVolume[]): SummedVolume => sumVolumes(repeats),
};

export type ScanService = typeof scanService;
