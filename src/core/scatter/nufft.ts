import { plan } from '@core/math/fft3';
import { spreadKernel } from './kernel';
import { createPlainSpreader, GRID, MASK, ROW, WIDTH, type Spreader } from './spread';
import { createSimdSpreader } from './spreadSimd';
import { CENTRE, overWindow, SIDE, type PatternWindow } from './window';

/** Sums atoms into patterns. It keeps its grid (35 MB) from one pattern to the next. */
export interface Scatterer {
  /**
   * A(Q) = sum_j f(|Q|) exp(i Q.r_j) on the voxels of a window (type-1 non-uniform FFT; A. Barnett et al., SIAM J. Sci. Comput. 41
   * (2019) C479). Kinematic, all atoms of one element. Off the direct sum by at most 1e-5 of f times the number of atoms.
   * @param positions 3N coordinates, angstrom, crystal frame
   * @param f form factor by |Q|; 1 when left out
   * @returns 64 x 64 x 64 complex numbers, (re, im) interleaved, C order
   */
  amplitude(positions: Float64Array, window: PatternWindow, f?: (q: number) => number): Float64Array;
}

/** Flags of all rows that hold anything, from those of the atoms' first rows: each is followed by a kernel's width in both directions. */
function rowsTouched(first: Uint8Array): Uint8Array {
  const planes = new Uint8Array(GRID * GRID);
  const rows = new Uint8Array(GRID * GRID);
  for (let n = 0; n < first.length; n++) {
    if (first[n]) for (let i = 0; i < WIDTH; i++) planes[(n + i * GRID) & (GRID * GRID - 1)] = 1;
  }
  for (let n = 0; n < planes.length; n++) {
    if (planes[n]) for (let j = 0; j < WIDTH; j++) rows[(n & ~MASK) | ((n + j) & MASK)] = 1;
  }
  return rows;
}

/** The bin of a forward (exp -i) transform that holds the exp(+i) sum at voxel `i` of the window. */
const bin = (i: number): number => (CENTRE - i) & MASK;

/**
 * Transforms what was spread along its two faster axes, keeping the window's 64 of 128 frequencies, and clears the grid on the way.
 * @param half after two of three transforms: GRID x SIDE x SIDE, voxel axes 2, 0, 1
 * @returns the planes that hold anything
 */
function transformPlanes({ grid, touched }: Spreader, half: Float64Array): number[] {
  const fft = plan(GRID);
  const rows = rowsTouched(touched);
  touched.fill(0);
  const line = new Float64Array(2 * GRID);
  const out = new Float64Array(2 * GRID);
  const slab = new Float64Array(2 * SIDE * GRID);
  const used: number[] = [];
  for (let plane = 0; plane < GRID; plane++) {
    const flags = rows.subarray(plane * GRID, (plane + 1) * GRID);
    if (!flags.includes(1)) continue;
    used.push(plane);
    slab.fill(0);
    for (let y = 0; y < GRID; y++) {
      if (flags[y] === 0) continue;
      const row = grid.subarray(2 * (plane * GRID + y) * ROW, 2 * (plane * GRID + y + 1) * ROW);
      line.set(row.subarray(0, 2 * GRID));
      for (let e = 0; e < 2 * WIDTH; e++) line[e]! += row[2 * GRID + e]!;
      row.fill(0);
      fft.transform(out, line);
      for (let k = 0; k < SIDE; k++) {
        const from = 2 * bin(k);
        const to = 2 * (k * GRID + y);
        slab[to] = out[from]!;
        slab[to + 1] = out[from + 1]!;
      }
    }
    for (let k = 0, to = 2 * plane * SIDE * SIDE; k < SIDE; k++) {
      fft.transform(out, slab.subarray(2 * k * GRID, 2 * (k + 1) * GRID));
      for (let j = 0; j < SIDE; j++) {
        const from = 2 * bin(j);
        half[to++] = out[from]!;
        half[to++] = out[from + 1]!;
      }
    }
  }
  return used;
}

// Lines gathered together, so that each strided read fetches whole cache lines.
const BATCH = 8;

/** The last transform, with the kernel's own transform divided out. */
function transformColumns(
  half: Float64Array,
  planes: readonly number[],
  undo: Float64Array,
  factor: Float64Array | undefined,
): Float64Array {
  const fft = plan(GRID);
  const lines = Array.from({ length: BATCH }, () => new Float64Array(2 * GRID));
  const out = new Float64Array(2 * GRID);
  const result = new Float64Array(2 * SIDE ** 3);
  for (let column = 0; column < SIDE * SIDE; column += BATCH) {
    for (const plane of planes) {
      const from = 2 * (plane * SIDE * SIDE + column);
      for (let l = 0; l < BATCH; l++) {
        lines[l]![2 * plane] = half[from + 2 * l]!;
        lines[l]![2 * plane + 1] = half[from + 2 * l + 1]!;
      }
    }
    for (let l = 0; l < BATCH; l++) {
      fft.transform(out, lines[l]!);
      const row = column + l;
      const columnScale = undo[Math.floor(row / SIDE)]! * undo[row % SIDE]!;
      // Columns are counted axis 0 first, then axis 1, as `half` is; so is the result.
      for (let i = 0, n = row * SIDE; i < SIDE; i++, n++) {
        const scale = columnScale * undo[i]! * (factor ? factor[n]! : 1);
        const from = 2 * bin(i);
        result[2 * n] = out[from]! * scale;
        result[2 * n + 1] = out[from + 1]! * scale;
      }
    }
  }
  return result;
}

/**
 * A scatterer with its own grid.
 * @param spreader the plain one's results differ by rounding, 1e-8 of the peak
 */
export function createScatterer(spreader: Spreader = createSimdSpreader() ?? createPlainSpreader()): Scatterer {
  const half = new Float64Array(2 * GRID * SIDE * SIDE);
  const kernel = spreadKernel(WIDTH);
  const undo = Float64Array.from({ length: SIDE }, (_, i) => 1 / kernel.transform((2 * Math.PI * (i - CENTRE)) / GRID));
  return {
    amplitude(positions, window, f) {
      spreader.spread(positions, window);
      const planes = transformPlanes(spreader, half);
      return transformColumns(half, planes, undo, f ? overWindow(window, f) : undefined);
    },
  };
}
