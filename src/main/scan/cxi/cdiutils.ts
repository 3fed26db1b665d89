import type { Hdf5File } from '@main/hdf5/file';
import { moves } from '../moving';
import { inEv } from '../motor';
import type { ScanFacts } from '../types';

const IMAGE = 'entry_1/cropped_detector_data';
const ANGLES = 'entry_1/geometry_1/angles';

/** cdiutils' names of angles, in this order: sample out of the plane and in it, detector out of it and in it. */
const angles = [
  'sample_outofplane_angle',
  'sample_inplane_angle',
  'detector_outofplane_angle',
  'detector_inplane_angle',
] as const;

/** And the motors that these stand for, by the name that cdiutils gives the beamline's geometry. */
const motors: Readonly<Record<string, readonly [string, string, string, string]>> = {
  id01: ['eta', 'phi', 'delta', 'nu'],
  p10: ['om', 'phi', 'del', 'gam'],
  sixs: ['mu', 'omega', 'gamma', 'delta'],
  cristal: ['mgomega', 'mgphi', 'delta', 'gamma'],
  nanomax: ['gontheta', 'gonphi', 'delta', 'gamma'],
};

/** Where a preprocessed file of cdiutils keeps the frames that it cut out; undefined in any other file. */
export const cdiutilsFrames = (file: Hdf5File): string | undefined =>
  file.kind(ANGLES) === 'group' && file.info(`${IMAGE}/data`)?.shape.length === 3 ? `${IMAGE}/data` : undefined;

/** Where its mask is: of the frames' size, or of all frames. */
export const cdiutilsMask = [`${IMAGE}/mask`, 'entry_1/detector_1/mask'] as const;

/** What such a file records of the scan; the direct beam in the coordinates of the frames as they were cut. */
export function cdiutilsFacts(file: Hdf5File): Partial<ScanFacts> & Pick<ScanFacts, 'positions'> {
  const instrument = file.text('entry_1/geometry_1/name')?.trim();
  const names = motors[instrument?.toLowerCase() ?? ''];
  const positions: Record<string, number | Float64Array> = {};
  angles.forEach((angle, i) => {
    const values = file.numbers(`${ANGLES}/${angle}`);
    const name = names?.[i] ?? angle;
    if (values?.length === 1) positions[name] = values[0]!;
    else if (values && values.length > 1) positions[name] = values;
  });
  const motor = Object.keys(positions).find((name) => {
    const list = positions[name];
    return typeof list === 'object' && moves(list);
  });
  const calibration = (name: string): number | undefined => file.number(`entry_1/detector_1/calibration/${name}`);
  const [row, col] = [calibration('cch1'), calibration('cch2')];
  const [rows, cols] = [calibration('pwidth1'), calibration('pwidth2')];
  const distance = calibration('distance');
  const roi = file.numbers('entry_1/result_1/roi');
  // First and last of every axis; the frames' own axis may be left out.
  const start = roi && roi.length >= 4 ? ([roi.at(-4)!, roi.at(-2)!] as const) : undefined;
  const energy = file.number('entry_1/source_1/energy');
  const detector = file.text('entry_1/detector_1/description')?.trim();
  const sample = file.text('entry_1/sample_1/sample_name')?.trim();
  return {
    positions,
    ...(instrument && { instrument }),
    ...(motor !== undefined && { motor }),
    ...(energy !== undefined && energy > 0 && { energyEv: inEv(energy) }),
    ...(distance !== undefined && distance > 0 && { distanceM: distance }),
    ...(rows !== undefined && cols !== undefined && { pixelM: [rows, cols] as const }),
    ...(row !== undefined &&
      col !== undefined && { directBeam: [row - (start?.[0] ?? 0), col - (start?.[1] ?? 0)] as const }),
    ...(start && { roiStart: start }),
    ...(detector && { detectorName: detector }),
    ...(sample && { sample }),
  };
}
