import type { Mat3, Vec3 } from '@core/math/vector';
import type { ScanShape } from './detectorScan';

/** Another particle's peak in the picture: an ellipsoid's, at some distance from the crystal's own. */
export interface Neighbour {
  /** Fractional index of its middle. */
  readonly at: Vec3;
  /** Half axes along x, y, z, angstrom. */
  readonly radii: Vec3;
  /** Its brightest intensity. */
  readonly brightest: number;
}

/** |form factor|^2 of a ball of radius 1 at q (Rayleigh): 1 at 0. */
export function ballIntensity(q: number): number {
  if (q < 0.05) return 1 - (q * q) / 5;
  return ((3 * (Math.sin(q) - q * Math.cos(q))) / q ** 3) ** 2;
}

/**
 * Adds a neighbour's intensity to a scan's, in place; as another particle it does not interfere.
 * @param jacobian dq / d(frame, row, col), 1/angstrom
 */
export function addNeighbour(
  intensity: Float32Array,
  [frames, rows, cols]: ScanShape,
  jacobian: Mat3,
  { at, radii, brightest }: Neighbour,
): Float32Array {
  for (let f = 0, n = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < cols; c++, n++) {
        let square = 0;
        for (let axis = 0; axis < 3; axis++) {
          const row = jacobian[axis]!;
          const q = row[0] * (f - at[0]) + row[1] * (r - at[1]) + row[2] * (c - at[2]);
          square += (q * radii[axis]!) ** 2;
        }
        intensity[n]! += brightest * ballIntensity(Math.sqrt(square));
      }
    }
  }
  return intensity;
}
