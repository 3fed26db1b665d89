import type { Warning } from '@contract/errors';
import type { GeometryUsed, Reduction } from '@contract/scan';
import type { Volume } from '@contract/volume';
import type { DetectorCut } from '@core/reduce/detector-cut';
import type { PixelFaults } from '@core/reduce/mask';
import type { Cube } from '@core/reduce/target';
import type { ScanFacts } from '@main/scan/types';
import type { Doubt } from '@vocabulary/doubts';

/** What the geometry calls the voxel of a file's own volume; assumed where the file does not tell its scale. */
export const VOXEL_GIVEN = 'voxel given';

/** A box of a scan's counts. */
export interface DetectorPart extends DetectorCut {
  readonly energyEv: number;
  readonly distanceM: number;
  /** Pitch in metres along rows and columns. */
  readonly pixelM: readonly [number, number];
}

/** What a scan was measured with, completed from its file, preset and answers. */
export interface Setup {
  /** The preset's name. */
  readonly beamline: string;
  readonly detector: string;
  readonly energyEv: number;
  readonly distanceM: number;
  /** Pitch in metres along rows and columns. */
  readonly pixelM: readonly [number, number];
  /** Row and column, in the frames as stored. */
  readonly directBeam: readonly [number, number];
  readonly element: string | undefined;
}

/** What a scan was turned into, and all that was assumed on the way. */
export interface ReducedRecord {
  readonly facts: ScanFacts;
  readonly volume: Volume;
  /** Where asked for: counts of voxels as they were measured, and which were not; in a cube of any size about the volume's middle. */
  readonly unblurred?: Cube;
  /** Where asked for: the counts about the peak in the detector's frames, and what programs that start from them ask for. */
  readonly detector?: DetectorPart;
  readonly reduction: Reduction;
  /** Left out where the file holds a volume that is orthogonal already. */
  readonly setup?: Setup;
  readonly geometry: GeometryUsed;
  readonly hkl: [number, number, number] | null;
  readonly faults: PixelFaults;
  readonly rockingCurve: { motor: string; positions: number[]; counts: number[] };
  readonly warnings: Warning[];
  /** Why no verdict on this volume can be sure. */
  readonly doubts: Doubt[];
  readonly timings: { read: number; reduce: number };
}
