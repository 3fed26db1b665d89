import type { Mat3, Vec3 } from '@core/math/vector';
import { transpose } from '@core/math/vector';
import type { Scatterer } from './nufft';
import { SIDE } from './window';

/** Frames, rows and columns of a rocking scan. */
export type ScanShape = readonly [number, number, number];

/** Where a scan's pixels lie: Q = g + jacobian (index - peak), crystal frame, 1/angstrom. */
export interface ScanWindow {
  readonly g: Vec3;
  /** dq / d(frame, row, col), one column each, crystal frame. */
  readonly jacobian: Mat3;
  /** Fractional index at which Q = g. */
  readonly peak: Vec3;
}

/**
 * |A|^2 of atoms at the pixels of a rocking scan: the scatterer's sum on a skew grid, cube by cube.
 * @param positions 3N coordinates, angstrom, crystal frame
 * @param f of the crystal's atoms at g; over a pattern of a crystal of measurable size it is the same everywhere
 * @returns frames x rows x cols, C order
 */
export function detectorIntensity(
  scatterer: Scatterer,
  positions: Float64Array,
  { g, jacobian, peak }: ScanWindow,
  [frames, rows, cols]: ScanShape,
  f: number,
): Float32Array {
  const out = new Float32Array(frames * rows * cols);
  const frame = transpose(jacobian);
  for (let f0 = 0; f0 < frames; f0 += SIDE) {
    for (let r0 = 0; r0 < rows; r0 += SIDE) {
      for (let c0 = 0; c0 < cols; c0 += SIDE) {
        const origin: Vec3 = [peak[0] - f0, peak[1] - r0, peak[2] - c0];
        const amplitude = scatterer.amplitude(positions, { g, frame, dq: 1, origin });
        const [nf, nr, nc] = [frames - f0, rows - r0, cols - c0].map((n) => Math.min(SIDE, n)) as [
          number,
          number,
          number,
        ];
        for (let i = 0; i < nf; i++) {
          for (let j = 0; j < nr; j++) {
            const to = ((f0 + i) * rows + r0 + j) * cols + c0;
            const from = (i * SIDE + j) * SIDE;
            for (let k = 0; k < nc; k++) {
              out[to + k] = f * f * (amplitude[2 * (from + k)]! ** 2 + amplitude[2 * (from + k) + 1]! ** 2);
            }
          }
        }
      }
    }
  }
  return out;
}

/**
 * Blurs a scan's intensity as a partially coherent beam does, in place: a Gaussian along each of its axes.
 * @param sigma pixels along frames, rows, columns
 */
export function blurScan(intensity: Float32Array, shape: ScanShape, sigma: Vec3): Float32Array {
  const strides = [shape[1] * shape[2], shape[2], 1] as const;
  ([0, 1, 2] as const).forEach((axis) => {
    if (sigma[axis] < 0.05) return;
    const reach = Math.max(1, Math.ceil(3 * sigma[axis]));
    const weights = Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / sigma[axis]) ** 2));
    const total = weights.reduce((sum, w, i) => sum + (i === 0 ? w : 2 * w), 0);
    const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => weights[Math.abs(i - reach)]! / total);
    const [length, stride] = [shape[axis], strides[axis]];
    const line = new Float64Array(length + 2 * reach);
    for (let block = 0; block < intensity.length; block += stride * length) {
      for (let start = block; start < block + stride; start++) {
        // Beyond the scan nothing is known; its own edge stands in.
        for (let i = -reach; i < length + reach; i++) {
          line[i + reach] = intensity[start + Math.min(length - 1, Math.max(0, i)) * stride]!;
        }
        for (let i = 0; i < length; i++) {
          let sum = 0;
          for (let w = 0; w < taps.length; w++) sum += taps[w]! * line[i + w]!;
          intensity[start + i * stride] = sum;
        }
      }
    }
  });
  return intensity;
}
