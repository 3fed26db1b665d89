import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMask, MASK_DEAD, MASK_GAP } from '@core/reduce/mask';
import { findCoarsePeak } from '@core/reduce/peak';
import type { FrameStatistics } from '@core/reduce/statistics';

const none = new Int32Array(0);
const statisticsOf = (rows: number, cols: number, sum: Float32Array): FrameStatistics => ({
  ...{ rows, cols, frames: 1, frameSums: [0], sum, quiet: sum, uncounted: [none], belowZero: 0 },
});
const shapes = fc.record({
  rows: fc.integer({ min: 8, max: 40 }),
  cols: fc.integer({ min: 8, max: 40 }),
  seed: fc.nat(1e6),
});
/** Whole numbers from 0 on, drawn from a seed. */
const drawn = (length: number, seed: number, most: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (((i + 1) * (seed + 7) * 2654435761) >>> 9) % most);

describe('the summed frames', () => {
  it('law: the coarse peak is the brightest mean of 7 x 7 pixels, masked ones left out', () => {
    fc.assert(
      fc.property(shapes, fc.nat(2), fc.nat(39), fc.nat(39), ({ rows, cols, seed }, masks, row, col) => {
        const sum = drawn(rows * cols, seed, 5);
        const [top, left] = [Math.min(row, rows - 4), Math.min(col, cols - 4)];
        for (let r = top; r < top + 4; r++) sum.fill(3000 + 100 * (r - top), r * cols + left, r * cols + left + 4);
        const mask = drawn(rows * cols, seed + 1, 3 + masks).map((value) => Number(value === 0));
        const meanAbout = (r0: number, c0: number): number => {
          let [total, valid] = [0, 0];
          for (let r = Math.max(0, r0 - 3); r <= Math.min(rows - 1, r0 + 3); r++)
            for (let c = Math.max(0, c0 - 3); c <= Math.min(cols - 1, c0 + 3); c++)
              if (mask[r * cols + c] === 0) [total, valid] = [total + sum[r * cols + c]!, valid + 1];
          return valid < 9 ? -1 : total / valid;
        };
        const found = findCoarsePeak(statisticsOf(rows, cols, sum), Uint8Array.from(mask));
        if (!found) return;
        const most = Math.max(...Array.from(sum, (_, p) => meanAbout(Math.floor(p / cols), p % cols)));
        expect(meanAbout(found.row, found.col)).toBe(most);
      }),
      { numRuns: 100 },
    );
  });

  it('law: a pixel without counts is dead where the median of its neighbours has many, also at the edges and beside gaps', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 2, max: 6 }), ({ rows, cols, seed }, gaps) => {
        const lit = drawn(rows * cols, seed, 3);
        const sum = lit.map((value, p) => (value === 0 ? 0 : 40 + 30 * value + (p % 7)));
        const known = Uint8Array.from(drawn(rows * cols, seed + 1, gaps), (value) => Number(value === 0));
        const medianAbout = (p: number): number => {
          const [row, col] = [Math.floor(p / cols), p % cols];
          for (const reach of [1, 2]) {
            const near = Array.from(sum, (value, n) => ({ value, row: Math.floor(n / cols), col: n % cols, n }))
              .filter((at) => at.n !== p && Math.max(Math.abs(at.row - row), Math.abs(at.col - col)) <= reach)
              .filter(({ n }) => known[n] === 0)
              .map(({ value }) => value)
              .sort((a, b) => a - b);
            if (near.length >= 5 || reach === 2) return near[near.length >> 1] ?? -1;
          }
          return -1;
        };
        const { pixels, bands } = findMask(statisticsOf(rows, cols, sum), known);
        fc.pre(bands.rows.length + bands.cols.length === 0);
        for (let p = 0; p < pixels.length; p++) {
          if (known[p] !== 0) expect(pixels[p]).toBe(MASK_GAP);
          else if (sum[p] === 0) expect(pixels[p] === MASK_DEAD).toBe(medianAbout(p) >= 60);
        }
      }),
      { numRuns: 30 },
    );
  });
});
