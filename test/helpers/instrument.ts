/**
 * Diffractometers as the literature describes them, apart from the program's presets and its own geometry: vectors and rotations of
 * this file only. Axes are named in the CXI frame (z downstream, y up, x outboard).
 */
export type Vector = readonly [number, number, number];
/** `x-`: a clockwise turn about +x. A vector where a file gives one. */
export type AxisName = string | Vector;

export interface Circle {
  readonly motor: string;
  readonly axis: AxisName;
  /** What the motor reads at the peak, degrees. */
  readonly deg: number;
  /** What it reads where the circle stands at zero. */
  readonly zero?: number;
}

/** A beamline at a Bragg peak. Circles from the outermost on. */
export interface Instrument {
  readonly sample: readonly Circle[];
  readonly detector: readonly Circle[];
  /** Directions of growing row and column with all detector circles at zero. */
  readonly rows: AxisName;
  readonly cols: AxisName;
  /** Motor of the sample circle that the scan turns; `energy`, where the photon energy is scanned. */
  readonly rocks: string;
  /** Motor of the detector circle, or `distance`, that brings the peak's pixel to the reflection. */
  readonly aims: string;
  readonly energyEv: number;
  readonly distanceM: number;
  readonly pixelM: readonly [number, number];
  readonly shape: readonly [number, number];
  /** Pixel that the direct beam hits with all detector circles at zero. */
  readonly beam: readonly [number, number];
  /** Frame, row and column of the reflection. */
  readonly peak: Vector;
  readonly frames: number;
  /** -1 for a scan towards smaller readings. */
  readonly way?: 1 | -1;
}

const HC_EV_ANGSTROM = 12398.41984;
const BEAM: Vector = [0, 0, 1];

export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const times = (a: Vector, s: number): Vector => [a[0] * s, a[1] * s, a[2] * s];
export const minus = (a: Vector, b: Vector): Vector => plus(a, times(b, -1));
export const inner = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const outer = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a: Vector): number => Math.sqrt(inner(a, a));
export const unit = (a: Vector): Vector => times(a, 1 / length(a));

export function axisVector(axis: AxisName): Vector {
  if (typeof axis !== 'string') return axis;
  const sign = axis.endsWith('-') ? -1 : 1;
  return [axis.startsWith('x') ? sign : 0, axis.startsWith('y') ? sign : 0, axis.startsWith('z') ? sign : 0];
}

/** Turns a vector by Rodrigues' formula. */
function turn(v: Vector, axis: AxisName, deg: number): Vector {
  const n = unit(axisVector(axis));
  const angle = (deg * Math.PI) / 180;
  const along = times(n, inner(n, v) * (1 - Math.cos(angle)));
  return plus(plus(times(v, Math.cos(angle)), times(outer(n, v), Math.sin(angle))), along);
}

/** What the motors read; one number per motor, `energy` in eV among them. */
export type Readings = Readonly<Record<string, number>>;

const angleOf = ({ motor, deg, zero = 0 }: Circle, readings: Readings): number => (readings[motor] ?? deg) - zero;

/** Scattering vector of a pixel in the sample's frame, CXI axes, 1/angstrom. */
export function transferOf(instrument: Instrument, readings: Readings, row: number, col: number): Vector {
  const { sample, detector, rows, cols, beam, pixelM, distanceM, energyEv } = instrument;
  const along = times(axisVector(rows), (row - beam[0]) * pixelM[0]);
  const across = times(axisVector(cols), (col - beam[1]) * pixelM[1]);
  const still = unit(plus(times(BEAM, readings['distance'] ?? distanceM), plus(along, across)));
  // The innermost circle turns first, the outermost last; into the sample's frame the other way round.
  const out = detector.reduceRight((v, circle) => turn(v, circle.axis, angleOf(circle, readings)), still);
  const k = (2 * Math.PI * (readings['energy'] ?? energyEv)) / HC_EV_ANGSTROM;
  const laboratory = times(minus(out, BEAM), k);
  return sample.reduce((v, circle) => turn(v, circle.axis, -angleOf(circle, readings)), laboratory);
}
