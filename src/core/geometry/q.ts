import { direction, stack, type AnyAxis } from './circles';
import { apply, norm, normalise, scale, transpose, type Mat3, type Vec3 } from '../math/vector';

/** h c in eV angstrom, the value xrayutilities uses. */
export const HC_EV_ANGSTROM = 12398.419843320025;
const DEGREE = Math.PI / 180;

/** Everything that maps (frame, row, column) to the scattering vector. */
export interface ScanGeometry {
  /** Outermost first. */
  readonly sampleCircles: readonly AnyAxis[];
  /** Degrees, circle by circle; each array has one entry per frame, or one entry for all. */
  readonly sampleAngles: readonly (readonly number[] | Float64Array)[];
  readonly detectorCircles: readonly AnyAxis[];
  /** Degrees; a circle that turned during the scan has one angle per frame. */
  readonly detectorAngles: readonly (number | readonly number[] | Float64Array)[];
  /** Directions of growing row and column index with all detector circles at zero. */
  readonly detectorDirections: readonly [AnyAxis, AnyAxis];
  readonly energyEv: number;
  /** One photon energy per frame, where it is what the scan moves; `energyEv` then is the middle one's. */
  readonly energiesEv?: readonly number[] | Float64Array;
  readonly distanceM: number;
  /** Pitch in metres along rows and columns. */
  readonly pixelM: readonly [number, number];
  /** Pixel (row, column), in the frames' own indices, hit by the direct beam with all detector circles at zero. */
  readonly directBeam: readonly [number, number];
}

const beam: Vec3 = [1, 0, 0];

/** The scattering vector of any pixel of a scan, sample frame, 1/angstrom with the 2 pi. */
export interface QMap {
  /** 2 pi / wavelength at a frame, 1/angstrom. */
  k(frame: number): number;
  /** Q at fractional indices. */
  at(frame: number, row: number, col: number): Vec3;
  /** Rotation that takes laboratory vectors into the sample frame at a frame. */
  toSample(frame: number): Mat3;
  /** Whether the detector turned during the scan; then each frame has its own transfers. */
  readonly detectorTurns: boolean;
  /** Unit wave vector of a pixel in the laboratory frame, minus the incident one: (k_f - k_i) / k. */
  transfer(row: number, col: number, frame?: number): Vec3;
}

/** Value at a fractional index of a list that may hold one entry for all frames. */
function valueAt(angles: number | readonly number[] | Float64Array, frame: number): number {
  if (typeof angles === 'number') return angles;
  if (angles.length === 1) return angles[0]!;
  const low = Math.min(Math.max(Math.floor(frame), 0), angles.length - 2);
  return angles[low]! + (frame - low) * (angles[low + 1]! - angles[low]!);
}

/**
 * Q of each pixel as `Ang2Q.area` of xrayutilities defines it (FORMATS section 0):
 * q = K R_s^-1 (R_d v - r_i), v the unit vector to the pixel with all detector circles at zero.
 */
export function createQMap(geometry: ScanGeometry): QMap {
  const k = (frame: number): number =>
    (2 * Math.PI * valueAt(geometry.energiesEv ?? geometry.energyEv, frame)) / HC_EV_ANGSTROM;
  const detectorAt = (frame: number): Mat3 =>
    stack(
      geometry.detectorCircles,
      geometry.detectorAngles.map((a) => valueAt(a, frame) * DEGREE),
    );
  const detectorTurns = geometry.detectorAngles.some((a) => typeof a !== 'number' && a.length > 1);
  const still = detectorAt(0);
  const [rowDirection, colDirection] = geometry.detectorDirections;
  const rowStep = scale(direction(rowDirection), geometry.pixelM[0]);
  const colStep = scale(direction(colDirection), geometry.pixelM[1]);

  const transfer = (row: number, col: number, frame = 0): Vec3 => {
    const r = row - geometry.directBeam[0];
    const c = col - geometry.directBeam[1];
    const v = normalise([
      geometry.distanceM * beam[0] + r * rowStep[0] + c * colStep[0],
      geometry.distanceM * beam[1] + r * rowStep[1] + c * colStep[1],
      geometry.distanceM * beam[2] + r * rowStep[2] + c * colStep[2],
    ]);
    const out = apply(detectorTurns ? detectorAt(frame) : still, v);
    return [out[0] - beam[0], out[1] - beam[1], out[2] - beam[2]];
  };
  const toSample = (frame: number): Mat3 =>
    transpose(
      stack(
        geometry.sampleCircles,
        geometry.sampleAngles.map((a) => valueAt(a, frame) * DEGREE),
      ),
    );
  return {
    k,
    detectorTurns,
    transfer,
    toSample,
    at: (frame, row, col) => scale(apply(toSample(frame), transfer(row, col, frame)), k(frame)),
  };
}

/** Lattice spacing of a scattering vector, angstrom. */
export const spacing = (q: Vec3): number => (2 * Math.PI) / norm(q);
