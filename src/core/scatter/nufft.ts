import { plan } from '@core/math/fft3';
import type { Vec3 } from '@core/math/vector';
import { spreadKernel } from './kernel';
import { CENTRE, overWindow, SIDE, type PatternWindow } from './window';

// Twice as fine as needed, and a power of two for the transform.
const GRID = 128;
const MASK = GRID - 1;
/** Grid points that each atom touches: 7 is good to 1e-5 of the peak for any atoms, 5 to 1e-3 at half the time. */
export type SpreadWidth = 5 | 6 | 7;
const MAX_WIDTH = 7;
// Rows are longer by a kernel's width, so that the innermost loop never wraps; the overhang is folded back afterwards.
const ROW = 2 * (GRID + MAX_WIDTH);

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

interface Workspace {
  readonly grid: Float64Array;
  /** One flag for each row of the grid that holds anything. */
  readonly touched: Uint8Array;
  /** After two of three transforms: SIDE x SIDE x GRID. */
  readonly half: Float64Array;
}

/** Spreads every atom's phase factor over the grid points about it, and marks the rows it touched. */
function spread(
  positions: Float64Array,
  window: PatternWindow,
  width: SpreadWidth,
  { grid, touched }: Workspace,
): void {
  const { g, frame, dq } = window;
  const origin: Vec3 = window.origin ?? [CENTRE, CENTRE, CENTRE];
  const [[a0, a1, a2], [b0, b1, b2], [c0, c1, c2]] = frame;
  const [g0, g1, g2] = g;
  const [sx, sy, sz] = [(CENTRE - origin[0]) * dq, (CENTRE - origin[1]) * dq, (CENTRE - origin[2]) * dq];
  const toGrid = (dq * GRID) / (2 * Math.PI);
  const kernel = spreadKernel(width);
  const [wx, wy, wz] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const column = new Float64Array(2 * width);
  for (let n = 0; n < positions.length; n += 3) {
    const [x, y, z] = [positions[n]!, positions[n + 1]!, positions[n + 2]!];
    const [a, b, c] = [a0 * x + a1 * y + a2 * z, b0 * x + b1 * y + b2 * z, c0 * x + c1 * y + c2 * z];
    const phase = g0 * x + g1 * y + g2 * z + sx * a + sy * b + sz * c;
    const re = Math.cos(phase);
    const im = Math.sin(phase);
    const ia = kernel.weights(a * toGrid, wx);
    const ib = kernel.weights(b * toGrid, wy);
    const ic = kernel.weights(c * toGrid, wz) & MASK;
    for (let w = 0; w < width; w++) {
      column[2 * w] = wz[w]! * re;
      column[2 * w + 1] = wz[w]! * im;
    }
    for (let i = 0; i < width; i++) {
      const plane = ((ia + i) & MASK) * GRID;
      const weightX = wx[i]!;
      for (let j = 0; j < width; j++) {
        const row = plane + ((ib + j) & MASK);
        const weight = weightX * wy[j]!;
        touched[row] = 1;
        const start = row * ROW + 2 * ic;
        for (let e = 0; e < 2 * width; e++) grid[start + e]! += weight * column[e]!;
      }
    }
  }
}

/** The bin of a forward (exp -i) transform that holds the exp(+i) sum at voxel `i` of the window. */
const bin = (i: number): number => (CENTRE - i) & MASK;

/** Transforms what was spread along its last two axes, keeping the window's 64 of 128 frequencies, and clears the grid on the way. */
function transformPlanes({ grid, touched, half }: Workspace): void {
  const fft = plan(GRID);
  const line = new Float64Array(2 * GRID);
  const out = new Float64Array(2 * GRID);
  const slab = new Float64Array(2 * SIDE * GRID);
  half.fill(0);
  for (let x = 0; x < GRID; x++) {
    let used = false;
    slab.fill(0);
    for (let y = 0; y < GRID; y++) {
      if (touched[x * GRID + y] === 0) continue;
      touched[x * GRID + y] = 0;
      used = true;
      const row = grid.subarray((x * GRID + y) * ROW, (x * GRID + y + 1) * ROW);
      line.set(row.subarray(0, 2 * GRID));
      for (let e = 0; e < 2 * MAX_WIDTH; e++) line[e]! += row[2 * GRID + e]!;
      row.fill(0);
      fft.transform(out, line);
      for (let k = 0; k < SIDE; k++) {
        const from = 2 * bin(k);
        const to = 2 * (k * GRID + y);
        slab[to] = out[from]!;
        slab[to + 1] = out[from + 1]!;
      }
    }
    if (!used) continue;
    for (let k = 0; k < SIDE; k++) {
      fft.transform(out, slab.subarray(2 * k * GRID, 2 * (k + 1) * GRID));
      for (let j = 0; j < SIDE; j++) {
        const from = 2 * bin(j);
        const to = 2 * ((j * SIDE + k) * GRID + x);
        half[to] = out[from]!;
        half[to + 1] = out[from + 1]!;
      }
    }
  }
}

/** The last transform, with the kernel's own transform divided out. */
function transformColumns({ half }: Workspace, undo: Float64Array, factor: Float64Array | undefined): Float64Array {
  const fft = plan(GRID);
  const out = new Float64Array(2 * GRID);
  const result = new Float64Array(2 * SIDE ** 3);
  for (let row = 0; row < SIDE * SIDE; row++) {
    fft.transform(out, half.subarray(2 * row * GRID, 2 * (row + 1) * GRID));
    const rowScale = undo[Math.floor(row / SIDE)]! * undo[row % SIDE]!;
    for (let i = 0; i < SIDE; i++) {
      const n = i * SIDE * SIDE + row;
      const scale = rowScale * undo[i]! * (factor ? factor[n]! : 1);
      const from = 2 * bin(i);
      result[2 * n] = out[from]! * scale;
      result[2 * n + 1] = out[from + 1]! * scale;
    }
  }
  return result;
}

/** A scatterer with its own grid. */
export function createScatterer(width: SpreadWidth = 7): Scatterer {
  const work: Workspace = {
    grid: new Float64Array(GRID * GRID * ROW),
    touched: new Uint8Array(GRID * GRID),
    half: new Float64Array(2 * SIDE * SIDE * GRID),
  };
  const kernel = spreadKernel(width);
  const undo = Float64Array.from({ length: SIDE }, (_, i) => 1 / kernel.transform((2 * Math.PI * (i - CENTRE)) / GRID));
  return {
    amplitude(positions, window, f) {
      spread(positions, window, width, work);
      transformPlanes(work);
      return transformColumns(work, undo, f ? overWindow(window, f) : undefined);
    },
  };
}
