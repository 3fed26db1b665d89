import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBands } from '@core/reduce/bands';
import { findMask, MASK_GAP } from '@core/reduce/mask';
import { foldFrames } from '@core/reduce/statistics';

const [ROWS, COLS] = [24, 30];

const band = (size: number): fc.Arbitrary<readonly [number, number]> =>
  fc
    .tuple(fc.integer({ min: 1, max: size - 4 }), fc.integer({ min: 2, max: 9 }))
    .map(([first, width]) => [first, Math.min(first + width, size - 1)] as const);

/** Counts as a background gives them, none in the bands. */
function image(
  rows: readonly (readonly [number, number])[],
  cols: readonly (readonly [number, number])[],
): Float32Array {
  const dark = (bands: readonly (readonly [number, number])[], at: number): boolean =>
    bands.some(([first, last]) => at >= first && at < last);
  return Float32Array.from({ length: ROWS * COLS }, (_, p) =>
    dark(rows, Math.floor(p / COLS)) || dark(cols, p % COLS) ? 0 : 5 + (p % 7),
  );
}

it('finds a gap across the frames wherever it lies, and masks it', () => {
  fc.assert(
    fc.property(fc.option(band(ROWS)), fc.option(band(COLS)), (row, col) => {
      const [rows, cols] = [row ? [row] : [], col ? [col] : []];
      const counts = image(rows, cols);
      expect(findBands(counts, new Uint8Array(ROWS * COLS), ROWS, COLS)).toEqual({ rows, cols });
      const fold = foldFrames(ROWS, COLS);
      fold.add(counts.slice());
      const mask = findMask(fold.statistics());
      expect(Array.from(mask.pixels)).toEqual(Array.from(counts, (value) => (value === 0 ? MASK_GAP : 0)));
    }),
  );
});

it('takes nothing for a gap that may be dark by itself', () => {
  const none = { rows: [], cols: [] };
  const plain = new Uint8Array(ROWS * COLS);
  // One line: fringes of a crystal with straight edges. At the frame's edge: the pattern ends there.
  expect(findBands(image([[7, 8]], []), plain, ROWS, COLS)).toEqual(none);
  expect(
    findBands(
      image(
        [
          [0, 4],
          [20, ROWS],
        ],
        [],
      ),
      plain,
      ROWS,
      COLS,
    ),
  ).toEqual(none);
  // Beside few counts, and with a single one in it.
  expect(
    findBands(
      image([[7, 12]], []).map((value) => value / 100),
      plain,
      ROWS,
      COLS,
    ),
  ).toEqual(none);
  const broken = image([[7, 12]], []);
  broken[9 * COLS + 3] = 1;
  expect(findBands(broken, plain, ROWS, COLS)).toEqual(none);
});

it('goes on where a part of the gap is masked, and says nothing of what is masked as a whole', () => {
  const counts = image([[7, 13]], []);
  const masked = (first: number, last: number): Uint8Array =>
    new Uint8Array(ROWS * COLS).fill(1, first * COLS, last * COLS);
  expect(findBands(counts, masked(8, 12), ROWS, COLS).rows).toEqual([[7, 13]]);
  expect(findBands(counts, masked(7, 13), ROWS, COLS).rows).toEqual([]);
});
