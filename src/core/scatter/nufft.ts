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
  /** After two of three transforms: GRID x SIDE x SIDE, voxel axes 2, 0, 1. */
  readonly half: Float64Array;
}

/**
 * Spreads every atom's phase factor over the grid points about it, and marks the rows it touched.
 * The grid's axes are the window's in reverse, so that the last transform writes along the result's fastest axis.
 */
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
  const [slow, middle] = [new Float64Array(width), new Float64Array(width)];
  // As long as the widest kernel: narrower ones leave zeros at the end.
  const fast = new Float64Array(MAX_WIDTH);
  for (let n = 0; n < positions.length; n += 3) {
    const x = positions[n]!;
    const y = positions[n + 1]!;
    const z = positions[n + 2]!;
    const a = a0 * x + a1 * y + a2 * z;
    const b = b0 * x + b1 * y + b2 * z;
    const c = c0 * x + c1 * y + c2 * z;
    const phase = g0 * x + g1 * y + g2 * z + sx * a + sy * b + sz * c;
    const re = Math.cos(phase);
    const im = Math.sin(phase);
    const first = kernel.weights(c * toGrid, slow);
    const second = kernel.weights(b * toGrid, middle);
    const third = kernel.weights(a * toGrid, fast) & MASK;
    // Written out, because the engine does not unroll it and a pattern spends most of its time here: 1.6 times as fast as a loop.
    const re0 = fast[0]! * re;
    const im0 = fast[0]! * im;
    const re1 = fast[1]! * re;
    const im1 = fast[1]! * im;
    const re2 = fast[2]! * re;
    const im2 = fast[2]! * im;
    const re3 = fast[3]! * re;
    const im3 = fast[3]! * im;
    const re4 = fast[4]! * re;
    const im4 = fast[4]! * im;
    const re5 = fast[5]! * re;
    const im5 = fast[5]! * im;
    const re6 = fast[6]! * re;
    const im6 = fast[6]! * im;
    for (let i = 0; i < width; i++) {
      const plane = ((first + i) & MASK) * GRID;
      const weightSlow = slow[i]!;
      for (let j = 0; j < width; j++) {
        const row = plane + ((second + j) & MASK);
        const weight = weightSlow * middle[j]!;
        touched[row] = 1;
        const at = row * ROW + 2 * third;
        grid[at]! += weight * re0;
        grid[at + 1]! += weight * im0;
        grid[at + 2]! += weight * re1;
        grid[at + 3]! += weight * im1;
        grid[at + 4]! += weight * re2;
        grid[at + 5]! += weight * im2;
        grid[at + 6]! += weight * re3;
        grid[at + 7]! += weight * im3;
        grid[at + 8]! += weight * re4;
        grid[at + 9]! += weight * im4;
        grid[at + 10]! += weight * re5;
        grid[at + 11]! += weight * im5;
        grid[at + 12]! += weight * re6;
        grid[at + 13]! += weight * im6;
      }
    }
  }
}

/** The bin of a forward (exp -i) transform that holds the exp(+i) sum at voxel `i` of the window. */
const bin = (i: number): number => (CENTRE - i) & MASK;

/**
 * Transforms what was spread along its two faster axes, keeping the window's 64 of 128 frequencies, and clears the grid on the way.
 * @returns the planes that hold anything
 */
function transformPlanes({ grid, touched, half }: Workspace): number[] {
  const fft = plan(GRID);
  const line = new Float64Array(2 * GRID);
  const out = new Float64Array(2 * GRID);
  const slab = new Float64Array(2 * SIDE * GRID);
  const used: number[] = [];
  for (let plane = 0; plane < GRID; plane++) {
    const flags = touched.subarray(plane * GRID, (plane + 1) * GRID);
    if (!flags.includes(1)) continue;
    used.push(plane);
    slab.fill(0);
    for (let y = 0; y < GRID; y++) {
      if (flags[y] === 0) continue;
      const row = grid.subarray((plane * GRID + y) * ROW, (plane * GRID + y + 1) * ROW);
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
    flags.fill(0);
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

/** A scatterer with its own grid. */
export function createScatterer(width: SpreadWidth = 7): Scatterer {
  const work: Workspace = {
    grid: new Float64Array(GRID * GRID * ROW),
    touched: new Uint8Array(GRID * GRID),
    half: new Float64Array(2 * GRID * SIDE * SIDE),
  };
  const kernel = spreadKernel(width);
  const undo = Float64Array.from({ length: SIDE }, (_, i) => 1 / kernel.transform((2 * Math.PI * (i - CENTRE)) / GRID));
  return {
    amplitude(positions, window, f) {
      spread(positions, window, width, work);
      const planes = transformPlanes(work);
      return transformColumns(work.half, planes, undo, f ? overWindow(window, f) : undefined);
    },
  };
}
