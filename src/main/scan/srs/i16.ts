import type { Vec3 } from '@core/math/vector';
import type { RecordedGeometry } from '../types';

/**
 * Diamond I16's diffractometer as its own NeXus files describe it (scans 538039, 1040323, 1049598), in the CXI frame: its virtual
 * Eulerian circles, and the Pilatus on its arm, which does not stand across the beam. The `.dat` files name the motors alone.
 */
const sample: RecordedGeometry['sample'] = [
  { motor: 'mu', vector: [0, 1, 0] },
  { motor: 'eta', vector: [-1, 0, 0] },
  { motor: 'chi', vector: [0, 0, 1] },
  { motor: 'phi', vector: [-1, 0, 0] },
];
const detector: RecordedGeometry['detector'] = [
  { motor: 'gam', vector: [0, 1, 0] },
  { motor: 'delta', vector: [-1, 0, 0] },
  { motor: 'delta_axis_offset', vector: [1, 0, 0] },
];

/** Of its Pilatus detectors, metres. */
export const PILATUS_PIXEL = 172e-6;
/** Directions of growing row and column, by the detector's name. */
const directions: readonly (readonly [RegExp, readonly [Vec3, Vec3]])[] = [
  [
    /^pil(atus)?3_?100k$/i,
    [
      [-1, 0.0004, 0.003],
      [-0.0018, 0.7064, -0.7078],
    ],
  ],
  [
    /^pil(atus)?_?100k$/i,
    [
      [-0.9999, 0.009, -0.0102],
      [0.0136, 0.7161, -0.6979],
    ],
  ],
];

/** The geometry of a scan with I16's motors and one of its detectors; undefined where these are others. */
export function i16Geometry(motors: readonly string[], name: string): RecordedGeometry | undefined {
  const isThere = ({ motor }: { readonly motor: string }): boolean => motors.includes(motor);
  const known = directions.find(([pattern]) => pattern.test(name))?.[1];
  const arm = detector.filter((circle) => circle.motor !== 'delta_axis_offset' || isThere(circle));
  return known && [...sample, ...arm].every(isThere) ? { sample, detector: arm, directions: known } : undefined;
}
