import { dirname, join } from 'node:path';
import type { Dataset, File, Group } from 'h5wasm/node';
import { editFile } from '@main/nexus/edit';
import { addColumn, addGroup, addValue, extend } from '@main/nexus/tree';
import type { DefectClass } from '@vocabulary/classes';

/** What BLISS records about a scan before its first point. */
export interface BlissScan {
  readonly sample: string;
  readonly dataset: string;
  readonly number: number;
  /** Motor that is scanned, and its position at each point, degrees. */
  readonly motor: string;
  readonly positions: Float64Array;
  /** Positions of the motors that stand still, degrees. */
  readonly motors: Readonly<Record<string, number>>;
  /** Positions of the piezo stage under the sample, micrometres. */
  readonly stage?: Readonly<Record<string, number>>;
  readonly energyEv: number;
  readonly distanceM: number;
  /** Pixel [row, column] of the direct beam. */
  readonly directBeam: readonly [number, number];
  readonly pixelM: readonly [number, number];
  readonly detector: string;
  /** Rows and columns of a frame. */
  readonly shape: readonly [number, number];
  readonly countTimeS: number;
  readonly startedAt: Date;
  /** What was put in; real data have no such field. */
  readonly truth?: DefectClass;
}

/** A scan being written. Between two calls no file is open, so that readers see whole blocks. */
export interface BlissWriter {
  /** The dataset's master file. */
  readonly master: string;
  /** Appends whole frames (n x rows x cols) with their monitor counts (n). */
  append(frames: Int32Array, monitor: Float64Array): void;
  /** Writes `end_time`, by which readers know the scan is whole. */
  finish(): void;
}

const BSHUF = 32008;
const BSHUF_LZ4 = 2;
const LIMA_DATA = '/entry_0000/measurement/data';

/** Folder of a dataset inside the folder of raw data. */
export const datasetFolder = (folder: string, scan: Pick<BlissScan, 'sample' | 'dataset'>): string =>
  join(folder, scan.sample, `${scan.sample}_${scan.dataset}`);

/** Master file of a dataset. */
export const masterPath = (folder: string, scan: Pick<BlissScan, 'sample' | 'dataset'>): string =>
  join(datasetFolder(folder, scan), `${scan.sample}_${scan.dataset}.h5`);

/** Lima's file of a scan, relative to the master. */
export const limaPath = (scan: Pick<BlissScan, 'number' | 'detector'>): string =>
  `scan${String(scan.number).padStart(4, '0')}/${scan.detector}_0000.h5`;

function writeHeader(master: Group, scan: BlissScan): void {
  const points = scan.positions.length;
  const first = scan.positions[0] ?? 0;
  const last = scan.positions[points - 1] ?? 0;
  const entry = addGroup(master, `${scan.number}.1`, 'NXentry');
  const command = ['ascan', scan.motor, first, last, points - 1, scan.countTimeS].join(' ');
  addValue(entry, 'title', command);
  addValue(entry, 'start_time', scan.startedAt.toISOString());
  const sample = addGroup(entry, 'sample', 'NXsample');
  addValue(sample, 'name', `${scan.sample}_${scan.dataset}`);
  if (scan.truth) addValue(sample, 'simulated_defect', scan.truth);

  const instrument = addGroup(entry, 'instrument', 'NXinstrument');
  addValue(instrument, 'name', 'ESRF-ID01');
  const positioners = addGroup(instrument, 'positioners', 'NXcollection');
  const start = addGroup(instrument, 'positioners_start', 'NXcollection');
  for (const [motor, position] of Object.entries(scan.motors)) {
    addValue(positioners, motor, position, 'deg');
    addValue(start, motor, position, 'deg');
  }
  for (const [motor, position] of Object.entries(scan.stage ?? {})) {
    addValue(positioners, motor, position, 'um');
    addValue(start, motor, position, 'um');
  }
  addColumn(positioners, scan.motor, 'deg');
  addValue(start, scan.motor, first, 'deg');
  const monochromator = addGroup(instrument, 'monochromator', 'NXmonochromator');
  addValue(monochromator, 'Energy', scan.energyEv / 1000, 'keV');

  const detector = addGroup(instrument, scan.detector, 'NXdetector');
  addValue(detector, 'distance', scan.distanceM, 'm');
  addValue(detector, 'beam_center_x', scan.directBeam[1], 'pixel');
  addValue(detector, 'beam_center_y', scan.directBeam[0], 'pixel');
  addValue(detector, 'x_pixel_size', scan.pixelM[1], 'm');
  addValue(detector, 'y_pixel_size', scan.pixelM[0], 'm');
  addValue(detector, 'dim_i', scan.shape[1]);
  addValue(detector, 'dim_j', scan.shape[0]);
  detector.create_external_link(limaPath(scan), LIMA_DATA, 'data');

  const measurement = addGroup(entry, 'measurement', 'NXcollection');
  addColumn(measurement, scan.motor, 'deg');
  addColumn(measurement, 'imon');
  measurement.create_soft_link(`/${scan.number}.1/instrument/${scan.detector}/data`, scan.detector);
}

function writeLimaHeader(file: Group, scan: BlissScan): void {
  const entry = addGroup(file, 'entry_0000', 'NXentry');
  const detector = addGroup(addGroup(entry, 'ESRF-ID01', 'NXinstrument'), scan.detector, 'NXdetector');
  const [rows, cols] = scan.shape;
  detector.create_dataset({
    name: 'data',
    data: new Int32Array(0),
    dtype: '<i4',
    shape: [0, rows, cols],
    maxshape: [null, rows, cols],
    chunks: [1, rows, cols],
    compression: BSHUF,
    compression_opts: [0, BSHUF_LZ4],
  });
  addGroup(entry, 'measurement', 'NXcollection').create_soft_link(
    `/entry_0000/ESRF-ID01/${scan.detector}/data`,
    'data',
  );
}

/**
 * Starts a scan in the layout of ESRF ID01's BLISS (FORMATS section 2): a master with an external link to Lima's file, which
 * appears with the first frames. A master that is there gets the scan as one more entry.
 * @param folder the RAW_DATA folder
 */
export function createBlissScan(folder: string, scan: BlissScan): BlissWriter {
  const master = masterPath(folder, scan);
  const lima = join(dirname(master), limaPath(scan));
  const at = (file: File, name: string): Dataset => file.get(`${scan.number}.1/${name}`) as Dataset;

  editFile(master, (file) => writeHeader(file, scan));
  let written = 0;
  return {
    master,
    append(frames, monitor) {
      const positions = scan.positions.slice(written, written + monitor.length);
      // Frames first: the table never promises a frame that is not on disk.
      editFile(lima, (file) => {
        if (written === 0) writeLimaHeader(file, scan);
        extend(file.get(LIMA_DATA) as Dataset, frames);
      });
      editFile(master, (file) => {
        for (const name of [`instrument/positioners/${scan.motor}`, `measurement/${scan.motor}`]) {
          extend(at(file, name), positions);
        }
        extend(at(file, 'measurement/imon'), monitor);
      });
      written += monitor.length;
    },
    finish() {
      const endedAt = new Date(scan.startedAt.getTime() + written * scan.countTimeS * 1000);
      editFile(master, (file) => {
        const entry = file.get(`${scan.number}.1`) as Group;
        addValue(entry, 'end_reason', 'SUCCESS');
        addValue(entry, 'end_time', endedAt.toISOString());
      });
    },
  };
}
