import type { Vec3 } from '@core/math/vector';
import { spreadKernel } from './kernel';
import { CENTRE, type PatternWindow } from './window';

/** Points along each axis of the grid: twice as many as voxels, and a power of two for the transform. */
export const GRID = 128;
export const MASK = GRID - 1;
/** Grid points that each atom touches: 7 is good to 1e-5 of the peak for any atoms. */
export const WIDTH = 7;
/** Complex points from one row to the next: a row is longer by a kernel, which never has to wrap then; what hangs over is folded back. */
export const ROW = GRID + WIDTH;

/** A grid on which atoms are spread. Its axes are the window's in reverse, so that the last transform writes along the fastest axis. */
export interface Spreader {
  /** GRID x GRID x ROW complex numbers, (re, im) each. */
  readonly grid: Float64Array;
  /** GRID x GRID flags: some atom's first row is this one. */
  readonly touched: Uint8Array;
  /** Adds every atom's phase factor to the grid points about it. */
  spread(positions: Float64Array, window: PatternWindow): void;
}

/** Numbers that {@link place} writes for each atom: its place along the grid's three axes in grid steps, and its phase factor. */
export const PLACE = 5;

/**
 * Where on the grid atoms lie, and with which phase factor exp(i Q.r) of the window's middle voxel.
 * @param from first of the atoms, and how many
 * @param out slow, middle, fast, re, im of each
 */
export function place(
  positions: Float64Array,
  { g, frame, dq, origin = [CENTRE, CENTRE, CENTRE] }: PatternWindow,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const [[a0, a1, a2], [b0, b1, b2], [c0, c1, c2]] = frame;
  const [sx, sy, sz] = origin.map((o) => (CENTRE - o) * dq) as unknown as Vec3;
  const toGrid = (dq * GRID) / (2 * Math.PI);
  for (let n = 3 * from, p = 0; n < 3 * (from + count); n += 3, p += PLACE) {
    const x = positions[n]!;
    const y = positions[n + 1]!;
    const z = positions[n + 2]!;
    const a = a0 * x + a1 * y + a2 * z;
    const b = b0 * x + b1 * y + b2 * z;
    const c = c0 * x + c1 * y + c2 * z;
    const phase = g[0] * x + g[1] * y + g[2] * z + sx * a + sy * b + sz * c;
    out[p] = c * toGrid;
    out[p + 1] = b * toGrid;
    out[p + 2] = a * toGrid;
    out[p + 3] = Math.cos(phase);
    out[p + 4] = Math.sin(phase);
  }
}

/** The plain spreader, in double precision: the reference of the fast one, and its stand-in where WebAssembly is not allowed. */
export function createPlainSpreader(): Spreader {
  const grid = new Float64Array(2 * GRID * GRID * ROW);
  const touched = new Uint8Array(GRID * GRID);
  const kernel = spreadKernel(WIDTH);
  const [slow, middle, fast] = [new Float64Array(WIDTH), new Float64Array(WIDTH), new Float64Array(WIDTH)];
  const atom = new Float64Array(PLACE);
  return {
    grid,
    touched,
    spread(positions, window) {
      for (let n = 0; n < positions.length / 3; n++) {
        place(positions, window, n, 1, atom);
        const first = kernel.weights(atom[0]!, slow);
        const second = kernel.weights(atom[1]!, middle);
        const third = kernel.weights(atom[2]!, fast) & MASK;
        touched[(first & MASK) * GRID + (second & MASK)] = 1;
        for (let i = 0; i < WIDTH; i++) {
          for (let j = 0; j < WIDTH; j++) {
            const at = 2 * ((((first + i) & MASK) * GRID + ((second + j) & MASK)) * ROW + third);
            const re = slow[i]! * middle[j]! * atom[3]!;
            const im = slow[i]! * middle[j]! * atom[4]!;
            for (let k = 0; k < WIDTH; k++) {
              grid[at + 2 * k]! += re * fast[k]!;
              grid[at + 2 * k + 1]! += im * fast[k]!;
            }
          }
        }
      }
    },
  };
}
