import type { DisplacementField } from '@core/crystal/displacement';
import type { CrystalShape } from '@core/crystal/shape';
import { ifft3 } from '@core/math/fft3';
import type { Vec3 } from '@core/math/vector';
import { spreadKernel } from './kernel';

export interface ContinuumOptions {
  /** Angstrom, crystal frame. */
  readonly shape: CrystalShape;
  /** Displacement from the perfect lattice; none when left out. */
  readonly displacement?: DisplacementField;
  /** Reflection in the crystal frame, 1/angstrom, with the 2 pi. */
  readonly g: Vec3;
  /** Samples along each axis of the box that the crystal fills: a power of two. 64 reaches 32 fringes of that box, 128 reaches 64. */
  readonly points?: number;
}

/** A crystal as a complex density rho(r) exp(i G.u(r)), ready to scatter about its Bragg peak. */
export interface ContinuumCrystal {
  /** Largest |component| of q - G it answers for, 1/angstrom; beyond it the amplitude is given as 0. */
  readonly reach: number;
  /** Cubic angstrom. */
  readonly volume: number;
  /**
   * A(q) = integral of rho exp(i G.u) exp(i (q - G).r) dV over the crystal's volume: 1 at the peak of a perfect crystal.
   * Phases count from the centre of the crystal's box.
   * @param dq q - G of N places, 3N numbers, crystal frame, 1/angstrom
   * @param out 2N numbers, (re, im) each; made when left out
   */
  amplitude(dq: Float64Array, out?: Float64Array): Float64Array;
}

// Error about 1e-5 of the peak on a grid twice as fine as needed.
const WIDTH = 6;
// The half voxel that the soft surface reaches out, on either side, with room.
const MARGIN = 2;

/** The density on its grid, deconvolved, in the corner order that the transform wants; `points` is half the padded grid's side. */
function sampleDensity(
  options: ContinuumOptions,
  points: number,
  step: number,
  centre: Vec3,
): { grid: Float64Array; total: number } {
  const { shape, displacement, g } = options;
  const side = 2 * points;
  const kernel = spreadKernel(WIDTH);
  const undo = Float64Array.from(
    { length: points },
    (_, j) => 1 / kernel.transform((Math.PI * (j - points / 2)) / points),
  );
  const grid = new Float64Array(2 * side ** 3);
  const u = new Float64Array(3);
  const at = (a: number, index: number): number => centre[a]! + (index - points / 2) * step;
  let total = 0;
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < points; j++) {
      const row = (((i + side - points / 2) % side) * side + ((j + side - points / 2) % side)) * side;
      for (let k = 0; k < points; k++) {
        const [x, y, z] = [at(0, i), at(1, j), at(2, k)];
        // A surface one voxel soft: without it the facets' steps would scatter like a rough crystal.
        const filled = Math.min(1, Math.max(0, 0.5 - shape.signedDistance(x, y, z) / step));
        if (filled === 0) continue;
        u.fill(0);
        displacement?.(x, y, z, u);
        const phase = g[0] * u[0]! + g[1] * u[1]! + g[2] * u[2]!;
        const weight = filled * undo[i]! * undo[j]! * undo[k]!;
        const place = 2 * (row + ((k + side - points / 2) % side));
        grid[place] = weight * Math.cos(phase);
        grid[place + 1] = weight * Math.sin(phase);
        total += filled;
      }
    }
  }
  return { grid, total };
}

/**
 * Scattering of a continuous crystal at any places about a Bragg peak: a padded FFT of its density, and interpolation by the same
 * kernel that the density was divided by (type-2 non-uniform FFT). Kinematic; the lattice's own q.u beyond G.u is left out.
 * Error against the sum over the grid's samples at most 1e-4 of the peak.
 * @throws RangeError when `points` is no power of two or above 128
 */
export function createContinuumCrystal(options: ContinuumOptions): ContinuumCrystal {
  const { shape, points = 64 } = options;
  if (!(points >= 8 && points <= 128))
    throw new RangeError('A continuum crystal is sampled on 8 to 128 points along each axis');
  const size = Math.max(...shape.max.map((high, a) => high - shape.min[a]!));
  const centre = shape.max.map((high, a) => (high + shape.min[a]!) / 2) as [number, number, number];
  const step = size / (points - MARGIN);
  const side = 2 * points;
  const { grid, total } = sampleDensity(options, points, step, centre);
  ifft3(grid, [side, side, side]);
  // Single precision halves what stays in memory and is 1e-7 of the peak.
  const spectrum = new Float32Array(grid.length);
  for (let i = 0; i < grid.length; i++) spectrum[i] = (grid[i]! * side ** 3) / total;
  const kernel = spreadKernel(WIDTH);
  const [wx, wy, wz] = [new Float64Array(WIDTH), new Float64Array(WIDTH), new Float64Array(WIDTH)];
  const toGrid = (step * side) / (2 * Math.PI);
  const reach = Math.PI / step;
  const mask = side - 1;
  return {
    reach,
    volume: shape.volume,
    amplitude(dq, out = new Float64Array((2 * dq.length) / 3)) {
      for (let n = 0, m = 0; n < dq.length; n += 3, m += 2) {
        out[m] = 0;
        out[m + 1] = 0;
        if (Math.max(Math.abs(dq[n]!), Math.abs(dq[n + 1]!), Math.abs(dq[n + 2]!)) > reach) continue;
        const x = kernel.weights(dq[n]! * toGrid, wx);
        const y = kernel.weights(dq[n + 1]! * toGrid, wy);
        const z = kernel.weights(dq[n + 2]! * toGrid, wz);
        let re = 0;
        let im = 0;
        for (let a = 0; a < WIDTH; a++) {
          const plane = ((x + a) & mask) * side;
          for (let b = 0; b < WIDTH; b++) {
            const row = (plane + ((y + b) & mask)) * side;
            const weight = wx[a]! * wy[b]!;
            let rowRe = 0;
            let rowIm = 0;
            for (let c = 0; c < WIDTH; c++) {
              const place = row + ((z + c) & mask);
              rowRe += wz[c]! * spectrum[2 * place]!;
              rowIm += wz[c]! * spectrum[2 * place + 1]!;
            }
            re += weight * rowRe;
            im += weight * rowIm;
          }
        }
        out[m] = re;
        out[m + 1] = im;
      }
      return out;
    },
  };
}
