import type { BeamList } from '@core/reduce/exposure';
import type { Vec3 } from '@core/math/vector';
import type { FormatName } from '@contract/scan';
import type { Warning } from '@contract/errors';
import type { GeometryFile, MaskRectangle } from '@contract/geometry';
import type { Counts } from '@main/files/counts';
import type { DefectClass } from '@vocabulary/classes';
import type { FoundVolume } from './orthogonal/volume';

/** Where a scan is: the file or folder it was found in, and its number in it. */
export interface ScanRef {
  readonly format: FormatName;
  /** Absolute path: the HDF5 master, the folder of TIFFs, the npz. */
  readonly source: string;
  readonly number: number;
}

/** A circle as a file itself describes it: the motor, and the axis it turns about counter-clockwise. */
export interface RecordedCircle {
  readonly motor: string;
  /** CXI frame (z along the beam), any length. */
  readonly vector: Vec3;
}

/** A whole diffractometer as a file describes it (NXtransformations), circles from the outermost on; vectors in the CXI frame. */
export interface RecordedGeometry {
  readonly sample: readonly RecordedCircle[];
  readonly detector: readonly RecordedCircle[];
  /** Directions of growing row and column with all detector circles at zero. */
  readonly directions: readonly [Vec3, Vec3];
}

/**
 * What the file itself records about a scan. Everything optional is missing from the file;
 * `main/reading/geometry` completes it from the preset and the user's answers, with a warning each.
 */
export interface ScanFacts {
  readonly ref: ScanRef;
  /** Short name for the queue, e.g. `S0054` or `sample_0001 #3`. */
  readonly name: string;
  readonly title: string;
  /** Motor that was scanned; undefined when the command is no one-motor scan. */
  readonly motor?: string;
  /** Frames the scan will have; 0 while unknown. */
  readonly framesExpected: number;
  /** Frames that can be read now and hold something. */
  readonly framesPresent: number;
  /** Frames behind those that are allocated and hold nothing: not written yet, or never exposed. Nobody can tell which. */
  readonly framesEmpty?: number;
  /** By the format's own end marker, and all frames readable. */
  readonly whole: boolean;
  /** The format's end marker is there. `ended` and not `whole`: frames are missing or the table disagrees. */
  readonly ended?: boolean;
  /** A motor was scanned and has ended without an area detector, as far as the file tells yet. */
  readonly frameless?: boolean;
  /** Nothing in the file tells the end of this scan: it has ended once the file rests. */
  readonly unmarked?: boolean;
  /** When the scan began, as its file says. */
  readonly startedAt?: string;
  /** The other files that it is made of, those that are still to come included; of many, some. */
  readonly beside?: readonly string[];
  /** Files that it shares with other scans, which change without it, such as SPEC's. */
  readonly shared?: readonly string[];
  /** Its frames' files may be filled in place, so that the end marker says nothing of the last one: it has to rest. */
  readonly inPlace?: boolean;
  /** Frame files that the scan names and that are not there. */
  readonly missing?: readonly string[];
  /** Rows and columns of a frame; [0, 0] before the first one. */
  readonly frameShape: readonly [number, number];
  /** Motor positions as recorded, motor's own units and sign: one number, or one per frame present. */
  readonly positions: Readonly<Record<string, number | Float64Array>>;
  /** Units of positions, where the file tells them. */
  readonly units?: Readonly<Record<string, string>>;
  /** The sample's name, where the file or its place tells it. */
  readonly sample?: string;
  /** What the file calls the beamline or its instrument. */
  readonly instrument?: string;
  /** Counts from which on the detector's own record says that a pixel is no longer linear. */
  readonly saturation?: number;
  readonly energyEv?: number;
  readonly distanceM?: number;
  readonly pixelM?: readonly [number, number];
  /** [row, column], in the coordinates of the frames as stored. */
  readonly directBeam?: readonly [number, number];
  readonly detectorName?: string;
  /** Circles and detector as the file's own vectors say: no preset's are used. */
  readonly transformations?: RecordedGeometry;
  /** First row and column on the detector of what the frames hold. */
  readonly roiStart?: readonly [number, number];
  /** Monitor counts per frame, and the counter's name. */
  readonly monitor?: { readonly name: string; readonly counts: Float64Array };
  /** What else tells how the frames were exposed, where it changes: counting time, attenuators. */
  readonly beam?: readonly BeamList[];
  readonly gaps?: readonly MaskRectangle[];
  readonly hkl?: readonly [number, number, number];
  readonly element?: string;
  /** A geometry file beside the scan; it takes precedence over what the scan's own file says. */
  readonly geometry?: GeometryFile;
  /** What the demo put in; absent in measured data. */
  readonly truth?: DefectClass;
  readonly warnings: readonly Warning[];
}

/** A scan opened for reading. Synchronous, as h5wasm is; it lives in the scan worker only. */
export interface ScanSource {
  readonly facts: ScanFacts;
  /**
   * Frames [from, to) as the detector counted them, as one array of (to - from) x rows x cols.
   * @param into may be filled and returned instead of a new array: 100 MB of fresh memory a scan take time
   * @throws BraggwatchError frames-missing, frame-size-mismatch, scan-truncated
   */
  read(from: number, to: number, into?: Counts): Counts;
  /**
   * Rows [top, bottom) of one frame as float32, valid until the next call, where a part of a frame costs less than the whole;
   * undefined where it does not, or where this frame has to be read as a whole.
   */
  readRows?(frame: number, top: number, bottom: number): Float32Array | undefined;
  /**
   * Digest of a frame as it is stored, far cheaper than reading it: as long as it is the same, so are the counts. Undefined where a frame
   * cannot be told from another one so cheaply.
   */
  print?(frame: number): string | undefined;
  /** What the file itself says does not count (1 = masked): rows x cols, or frames x rows x cols. */
  readonly mask?: Uint8Array;
  /** Shape of a mask that the file has and that does not fit its frames. */
  readonly unfitMask?: readonly number[];
  /** Shape of a mask whose axes stood in another order than the frames', and were turned. */
  readonly turnedMask?: readonly number[];
  /** Largest value of the integers that the frames are stored as: a sentinel or saturation, never a count. */
  readonly typeMaximum?: number;
  /**
   * White-field factor of each pixel, rows x cols, where the format has one. `read` leaves it to the caller: peak,
   * saturation and hot pixels are judged on raw counts, and only the volume is made of corrected ones.
   */
  readonly flat?: Float32Array;
  /** The file holds a volume on an orthogonal grid instead of detector frames. */
  readonly orthogonal?: FoundVolume;
  close(): void;
}

/** One file format; which paths are its sources stands in `scan/formats`. Opening is lazy: facts only, no frames. */
export interface ScanReader {
  readonly format: FormatName;
  /**
   * Every scan in the source, in order, rocking or not.
   * @throws BraggwatchError scan-unreadable, scan-truncated, scan-empty
   */
  list(source: string): readonly ScanFacts[];
  /** @throws BraggwatchError scan-not-found and those of `list` */
  open(ref: ScanRef): ScanSource;
}
