import { dirname } from 'node:path';
import { join } from 'node:path/posix';
import type { Hdf5File } from '@main/hdf5/file';
import { beamLists } from '../beam';
import { inEv } from '../motor';
import { moves } from '../moving';
import { metresIn } from '../nexus/chain';
import type { ScanFacts } from '../types';
import type { ScanGroup } from './group';

/** Counters that stand for the incoming beam at ID01, best first. */
const monitors = ['imon', 'mon', 'mon1', 'exp1'];
/** Degrees in what an angle's units say; they are degrees where nothing does. */
const degrees: readonly (readonly [RegExp, number])[] = [
  [/^rad/i, 180 / Math.PI],
  [/^m(illi)?rad/i, 0.18 / Math.PI],
  [/^m(illi)?deg/i, 1e-3],
];

const HC_KEV_ANGSTROM = 12.398419843320025;
const METRE_IN_ANGSTROM = 1e10;

/** Motor positions as recorded: scalars, and one array per motor that moved. */
export type Positions = Readonly<Record<string, number | Float64Array>>;

/**
 * Values of a scanned motor, as far as the scan has come. A running scan has them in its measurement before
 * its positioners; the end of a buffer that is not filled yet holds NaN. One in between was not read.
 */
export function scannedPositions(group: ScanGroup, motor: string): Float64Array {
  const { file, path } = group;
  const places = [
    `measurement/${motor}`,
    `instrument/${motor}/value`,
    `instrument/${motor}/data`,
    `instrument/positioners/${motor}`,
  ];
  const lists = places.map((place) => numbersAt(file, join(path, place)) ?? new Float64Array(0));
  const own = lists.reduce((best, list) => (list.length > best.length ? list : best));
  const longest = own.length > 1 ? own : (encoderOf(group, motor, own[0]) ?? own);
  // One that could not be read keeps its place: there is a frame of it.
  return longest.slice(0, longest.findLastIndex((value) => Number.isFinite(value)) + 1);
}

/** What counters of a motor's encoder are called besides the motor: `eta_enc`, `eta_encoder`, `enc_eta`, `eta_position`. */
const encoder = /^(?:enc(?:oder)?_)|_(?:enc(?:oder)?|pos(?:ition)?|cen(?:ter|tre)?|meas(?:ured)?)$/i;
/** Degrees or units that an encoder's list may lie beside the motor's own number, in lengths of the list. */
const BESIDE = 1;

/**
 * The angles that an encoder read, of a motor that moved and has but one number of its own, where the scan began or ended. Raw ones, in
 * the encoder's own units, lie elsewhere and are none.
 */
function encoderOf({ file, path }: ScanGroup, motor: string, own: number | undefined): Float64Array | undefined {
  const folder = join(path, 'measurement');
  const names = file
    .keys(folder)
    .filter((name) => encoder.test(name) && name.replace(encoder, '').toLowerCase() === motor.toLowerCase());
  return names
    .map((name) => numbersAt(file, join(folder, name)))
    .find((list) => {
      if (!list || !moves(list)) return false;
      const [low, high] = [Math.min(...list.filter(Number.isFinite)), Math.max(...list.filter(Number.isFinite))];
      const room = BESIDE * (high - low);
      return own === undefined || (own >= low - room && own <= high + room);
    });
}

/** Numbers of a motor, in degrees where their units are those of another angle. */
function numbersAt(file: ScanGroup['file'], place: string): Float64Array | undefined {
  const values = file.numbers(place);
  const units = values && file.attribute(place, 'units');
  const factor = degrees.find(([unit]) => unit.test(units ?? ''))?.[1];
  return factor === undefined ? values : values?.map((value) => factor * value);
}

/**
 * The counts of the monitor as far as there are frames. One that has a count for each point is taken, and they are all handed on of one
 * that has fewer or more, which belong to other points.
 */
export function readMonitor({ file, path }: ScanGroup, frames: number, points: number): ScanFacts['monitor'] {
  const found = monitors.flatMap((name) => {
    const counts = file.numbers(join(path, 'measurement', name));
    return counts && counts.length > 0 ? [{ name, counts }] : [];
  });
  // A counter may be one point ahead of the motor.
  const fits = found.find(({ counts }) => counts.length >= frames && counts.length <= points + 1);
  return fits ? { ...fits, counts: fits.counts.slice(0, frames) } : found[0];
}

/** What else tells how the frames were exposed. */
export function readBeam({ file, path }: ScanGroup, frames: number): Pick<ScanFacts, 'beam'> {
  const folder = join(path, 'measurement');
  const isCounter = (name: string): boolean => file.info(join(folder, name))?.shape.length === 1;
  return beamLists(
    file.keys(folder),
    (name) => (isCounter(name) ? file.numbers(join(folder, name)) : undefined),
    frames,
  );
}

/** The positioners that have a list of positions of their own. */
export function movedPositioners({ file, path }: ScanGroup): [string, Float64Array][] {
  const folder = join(path, 'instrument/positioners');
  return file.keys(folder).flatMap((motor): [string, Float64Array][] => {
    const place = join(folder, motor);
    const values = (file.info(place)?.shape[0] ?? 0) > 1 ? numbersAt(file, place) : undefined;
    return values ? [[motor, values]] : [];
  });
}

/** Every positioner of the scan; what only `positioners_start` has was not moved. */
export function readPositions({ file, path }: ScanGroup, frames: number): Record<string, number | Float64Array> {
  const positions: Record<string, number | Float64Array> = {};
  for (const group of ['positioners', 'positioners_start']) {
    const folder = join(path, 'instrument', group);
    for (const motor of file.keys(folder).filter((name) => !(name in positions))) {
      const values = numbersAt(file, join(folder, motor));
      if (values?.length === 1) positions[motor] = values[0]!;
      else if (values && values.length > 1) positions[motor] = values.slice(0, frames);
    }
  }
  return positions;
}

/** A motor's unit is the same in all scans of a master: asked once for each file that is opened, not a hundred thousand times. */
const known = new WeakMap<Hdf5File, Map<string, string>>();

/** Units of the positioners that stand still, where they are written down. */
export function readUnits({ file, path }: ScanGroup, positions: Positions): Record<string, string> {
  const own = known.get(file) ?? new Map<string, string>();
  known.set(file, own);
  const units: Record<string, string> = {};
  for (const [motor, value] of Object.entries(positions)) {
    if (typeof value !== 'number') continue;
    const place = join(path, 'instrument/positioners', motor);
    const unit = own.get(motor) ?? file.attribute(place, 'units');
    if (!unit) continue;
    own.set(motor, unit);
    units[motor] = unit;
  }
  return units;
}

/**
 * The sample's name. BLISS keeps data sets in RAW_DATA/<sample>/<sample>_<dataset>/, whatever name the scan itself was given
 * (FORMATS section 2).
 */
export function readSample({ file, path }: ScanGroup): string | undefined {
  const [sample = '', dataset = ''] = dirname(file.path).split(/[\\/]/).slice(-2);
  if (sample !== '' && dataset.startsWith(`${sample}_`)) return sample;
  return file.text(join(path, 'sample/name')) || undefined;
}

/** Photon energy in eV: the monochromator's motor (keV), its NXmonochromator, then what the detector was told. */
export function readEnergy(
  { file, path }: ScanGroup,
  positions: Positions,
  detector: string | undefined,
): number | undefined {
  const single = (value: number | Float64Array | undefined): number | undefined =>
    typeof value === 'number' ? value : value?.[0];
  const wavelength =
    file.number(join(path, 'instrument/monochromator/WaveLength')) ??
    file.number(join(path, 'instrument/calibration/wavelength'));
  const candidates = [
    single(positions['mononrj'] ?? positions['nrj'] ?? positions['energy']),
    wavelength && HC_KEV_ANGSTROM / (wavelength < 1e-6 ? wavelength * METRE_IN_ANGSTROM : wavelength),
    file.number(join(path, 'instrument/monochromator/Energy')),
    detector && file.number(join(detector, 'beam_energy')),
  ];
  const found = candidates.find(
    (value): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value),
  );
  // keV at the beamline, eV where NeXus was followed.
  return found === undefined ? undefined : inEv(found);
}

/** What a length can be, metres; and what some periods recorded it in, by how many of it are a metre and from which length on it was so. */
interface Lengths {
  readonly range: readonly [number, number];
  readonly smaller: number;
  readonly from: number;
}

/** Ninety of nobody knows what are no nine centimetres in millimetres: rather asked for than guessed. */
const DISTANCE: Lengths = { range: [0.02, 20], smaller: 1000, from: 0.15 };
const PIXEL: Lengths = { range: [1e-6, 1e-3], smaller: 1e6, from: 1e-6 };

/** A length in metres by its own units, else in one of those that fit; some periods recorded it with the wrong sign. */
function lengthOf(file: Hdf5File, path: string, { range: [low, high], smaller, from }: Lengths): number | undefined {
  const size = Math.abs(file.number(path) ?? 0);
  const unit = metresIn(file.attribute(path, 'units'));
  if (unit !== undefined && size * unit >= low && size * unit <= high) return size * unit;
  if (size >= low && size <= high) return size;
  return size / smaller >= from && size / smaller <= high ? size / smaller : undefined;
}

const isRecorded = (row: number, col: number): boolean =>
  Number.isFinite(row) && Number.isFinite(col) && (row !== 0 || col !== 0);

/** What the detector's group records; zeros and NaN mean that nobody filled it in. */
export function readDetectorFacts(
  { file }: ScanGroup,
  detector: string,
): Pick<ScanFacts, 'distanceM' | 'pixelM' | 'directBeam' | 'saturation'> {
  const number = (name: string): number | undefined => file.number(join(detector, name));
  const distanceM = lengthOf(file, join(detector, 'distance'), DISTANCE);
  const rows = lengthOf(file, join(detector, 'y_pixel_size'), PIXEL);
  const cols = lengthOf(file, join(detector, 'x_pixel_size'), PIXEL);
  const row = number('beam_center_y') ?? number('center_chan_dim0');
  const col = number('beam_center_x') ?? number('center_chan_dim1');
  const saturation = number('saturation_value');
  return {
    ...(distanceM !== undefined && { distanceM }),
    ...(rows !== undefined && cols !== undefined && { pixelM: [rows, cols] as const }),
    ...(row !== undefined && col !== undefined && isRecorded(row, col) && { directBeam: [row, col] as const }),
    ...(saturation !== undefined && saturation > 0 && { saturation }),
  };
}
