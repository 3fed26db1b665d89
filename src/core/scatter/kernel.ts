/**
 * Spreading kernel of the non-uniform FFTs: the exponential of a semicircle, phi(x) = exp(beta (sqrt(1 - (2x/w)^2) - 1)) for |x| < w/2,
 * w in grid steps (A. Barnett, J. Magland and L. af Klinteberg, SIAM J. Sci. Comput. 41 (2019) C479).
 * On a grid twice as fine as needed its error falls tenfold with each step of width.
 */
export interface SpreadKernel {
  /** Grid points that each place touches. */
  readonly width: number;
  /**
   * Weights of the `width` grid points from ceil(x - width/2) on, for a place at `x` in grid steps.
   * @returns index of the first of them
   */
  weights(x: number, out: Float64Array): number;
  /** Weights of a place that lies `step` / {@link KERNEL_STEPS} before its first grid point's farthest, `step` from 0 to KERNEL_STEPS. */
  entry(step: number, out: Float64Array): void;
  /** Fourier transform at `k` radian per grid step: the integral of phi(x) cos(kx). */
  transform(k: number): number;
}

/** Steps of the table between two grid points; linear interpolation between them is then good to about 1e-7 of the kernel's height. */
export const KERNEL_STEPS = 1024;
const QUADRATURE = 2000;

const kernels = new Map<number, SpreadKernel>();

function create(width: number): SpreadKernel {
  const half = width / 2;
  const beta = 2.3 * width;
  const phi = (x: number): number => {
    const inside = 1 - (x / half) ** 2;
    return inside > 0 ? Math.exp(beta * (Math.sqrt(inside) - 1)) : 0;
  };
  // Row s holds the weights of a place that lies s/KERNEL_STEPS before its first grid point's half-width limit.
  const table = new Float64Array((KERNEL_STEPS + 1) * width);
  for (let s = 0; s <= KERNEL_STEPS; s++)
    for (let j = 0; j < width; j++) table[s * width + j] = phi(s / KERNEL_STEPS + j - half);
  return {
    width,
    weights(x, out) {
      const first = Math.ceil(x - half);
      const at = (first - x + half) * KERNEL_STEPS;
      const row = Math.min(Math.floor(at), KERNEL_STEPS - 1);
      const part = at - row;
      for (let j = 0, t = row * width; j < width; j++, t++) {
        const low = table[t]!;
        out[j] = low + part * (table[t + width]! - low);
      }
      return first;
    },
    entry(step, out) {
      out.set(table.subarray(step * width, (step + 1) * width));
    },
    transform(k) {
      // Trapezium rule with x = half sin(t): the integrand and its slope vanish at both ends.
      let sum = 0;
      for (let i = 0; i < QUADRATURE; i++) {
        const t = ((i + 0.5) / QUADRATURE - 0.5) * Math.PI;
        const x = half * Math.sin(t);
        sum += phi(x) * Math.cos(k * x) * Math.cos(t);
      }
      return (sum * half * Math.PI) / QUADRATURE;
    },
  };
}

/**
 * The kernel of a width, made once.
 * @param width grid points, 4 to 12; error about 10^(1 - width) on a grid twice as fine as needed
 */
export function spreadKernel(width: number): SpreadKernel {
  const found = kernels.get(width) ?? create(width);
  kernels.set(width, found);
  return found;
}
