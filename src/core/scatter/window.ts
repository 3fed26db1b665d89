import { apply, type Mat3, type Vec3 } from '@core/math/vector';

/** Voxels along each axis of a pattern, and the index its Bragg peak belongs at (the paper's 64^3). */
export const SIDE = 64;
export const CENTRE = 32;

/** A cube of reciprocal space: voxel (i, j, k) lies at Q = g + frame^T ((i, j, k) - origin) dq. */
export interface PatternWindow {
  /** Reflection, crystal frame, 1/angstrom, with the 2 pi. */
  readonly g: Vec3;
  /** Rows: the cube's axes as unit vectors in the crystal frame. */
  readonly frame: Mat3;
  /** Voxel edge, 1/angstrom. */
  readonly dq: number;
  /** Index, not necessarily whole, at which Q = g; 32 along each axis when left out. */
  readonly origin?: Vec3;
}

/**
 * A function of |Q| on every voxel, e.g. the form factor. It is smooth, so it is tabulated over the window's range of |Q|^2.
 * @returns SIDE^3 values, C order
 */
export function overWindow(window: PatternWindow, f: (q: number) => number): Float64Array {
  const centre = apply(window.frame, window.g);
  const origin = window.origin ?? [CENTRE, CENTRE, CENTRE];
  const squares = centre.map((c, a) =>
    Float64Array.from({ length: SIDE }, (_, i) => (c + (i - origin[a]!) * window.dq) ** 2),
  );
  const low = squares.reduce((sum, s) => sum + Math.min(...s), 0);
  const high = squares.reduce((sum, s) => sum + Math.max(...s), 0);
  // Wide windows of small crystals span half a form factor: linear interpolation between so many is then good to 1e-6.
  const cells = 2048;
  const step = (high - low) / cells || 1;
  const table = Float64Array.from({ length: cells + 2 }, (_, i) => f(Math.sqrt(low + i * step)));
  const out = new Float64Array(SIDE ** 3);
  const [x, y, z] = squares as [Float64Array, Float64Array, Float64Array];
  for (let i = 0, n = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      const plane = x[i]! + y[j]! - low;
      for (let k = 0; k < SIDE; k++, n++) {
        // Rounding may put the lowest voxel a trifle below the table.
        const at = Math.max(0, (plane + z[k]!) / step);
        const cell = Math.floor(at);
        out[n] = table[cell]! + (at - cell) * (table[cell + 1]! - table[cell]!);
      }
    }
  }
  return out;
}

/** |A|^2 of interleaved amplitudes. */
export function intensity(
  amplitude: Float64Array,
  out: Float64Array = new Float64Array(amplitude.length / 2),
): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = amplitude[2 * i]! ** 2 + amplitude[2 * i + 1]! ** 2;
  return out;
}
