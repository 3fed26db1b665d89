import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, norm, type Vec3 } from '@core/math/vector';
import { centreOfMass } from '@core/reduce/centre';
import { OVERSAMPLING } from '@core/reduce/settle';
import { correlation } from '../../support/correlation';
import { boxScan, copyOf, edges, reduceBlock, reduced, sinc } from './box-crystal';

const scan = boxScan(1e5, 0.2);
const reference = reduced(scan);
const volume = Math.cbrt(edges[0] * edges[1] * edges[2]);

const formula = (e: Vec3, voxel: number): Float32Array =>
  Float32Array.from({ length: 64 ** 3 }, (_, at) => {
    const index = [Math.floor(at / 4096), Math.floor(at / 64) % 64, at % 64];
    return index.reduce((product, i, axis) => product * sinc(((i - 32) * voxel * e[axis]!) / 2) ** 2, 1);
  });

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);

describe('the reduction of a box-shaped crystal', () => {
  it('centres the centre of mass and scales the maximum to 1', () => {
    for (const c of centreOfMass(reference.intensity)) expect(Math.abs(c - 32)).toBeLessThan(0.05);
    expect(reference.intensity.reduce((max, v) => Math.max(max, v), 0)).toBe(1);
  });

  it('finds the crystal size from the autocorrelation, and samples its fringes as in training', () => {
    expect(reference.sizeAngstrom / volume).toBeGreaterThan(0.85);
    expect(reference.sizeAngstrom / volume).toBeLessThan(1.15);
    expect(reference.oversampling).toBeLessThanOrEqual(OVERSAMPLING.target + 1e-9);
    expect(reference.oversampling).toBeGreaterThanOrEqual(OVERSAMPLING.least - 1e-9);
  });

  it('puts Q along the first axis, the horizontal along the second', () => {
    const { target, intensity } = reference;
    expect(norm(target.frame[0])).toBeCloseTo(1, 12);
    expect(dot(target.frame[0], target.centre) / norm(target.centre)).toBeGreaterThan(1 - 1e-5);
    expect(target.frame[1][2]).toBeCloseTo(0, 12);
    // The formula of the box crystal in its own axes; with its edges in another order it is another crystal.
    expect(correlation(intensity, formula(edges, target.voxel))).toBeGreaterThan(0.985);
    for (const [a, b, c] of [
      [1, 0, 2],
      [0, 2, 1],
      [2, 1, 0],
    ] as const) {
      expect(correlation(intensity, formula([edges[a], edges[b], edges[c]], target.voxel))).toBeLessThan(0.96);
    }
  });

  it('gives the same volume by both methods', () => {
    const grid = reduced(scan, { method: 'grid', frame: 'q' });
    expect(correlation(grid.intensity, reference.intensity)).toBeGreaterThan(0.99);
  });

  it('gives the same volume in the sample frame, but for the axes', () => {
    const sample = reduced(scan, { method: 'linear', frame: 'sample' });
    expect(sample.target.frame).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(sample.sizeAngstrom / reference.sizeAngstrom).toBeCloseTo(1, 1);
  });

  it('reads off the brightest pixel', () => {
    expect(reference.peak.brightest).toMatchObject({ frame: 31, row: 58, col: 66 });
  });
});

describe('hot pixels and gaps', () => {
  const pixels = scan.block.rows * scan.block.cols;

  it('never become features: the volume stays the same to 1 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ p: fc.nat(pixels - 1), value: fc.double({ min: 3, max: 6, noNaN: true }) }), {
          minLength: 5,
          maxLength: 40,
        }),
        (hot) => {
          const block = copyOf(scan.block);
          for (const { p, value } of hot)
            for (let f = 0; f < block.frames; f++) block.counts[f * pixels + p] = 10 ** value;
          expect(largestDifference(reduced({ ...scan, block }).intensity, reference.intensity)).toBeLessThan(0.01);
        },
      ),
      { numRuns: 8, seed: 54 },
    );
  });

  it('never become features right beside the maximum either', () => {
    const block = copyOf(scan.block);
    for (const [row, col] of [
      [56, 66],
      [58, 69],
      [61, 63],
    ] as const) {
      for (let f = 0; f < block.frames; f++) block.counts[f * pixels + row * block.cols + col] = 5e4;
    }
    expect(largestDifference(reduced({ ...scan, block }).intensity, reference.intensity)).toBeLessThan(0.02);
  });

  it('are masked where a gap crosses the fringes', () => {
    const block = copyOf(scan.block);
    const known = new Uint8Array(pixels);
    for (let r = 0; r < block.rows; r++) for (let c = 90; c < 96; c++) known[r * block.cols + c] = 1;
    for (let f = 0; f < block.frames; f++)
      for (let p = 0; p < pixels; p++) if (known[p]) block.counts[f * pixels + p] = 0;
    const out = reduced({ ...scan, block }, { method: 'linear', frame: 'q' }, known);
    expect(largestDifference(out.intensity, reference.intensity)).toBeLessThan(0.02);
    const masked = out.mask.reduce((sum, m) => sum + m, 0) - reference.mask.reduce((sum, m) => sum + m, 0);
    expect(masked).toBeGreaterThan(500);
  });

  it('a single cosmic ray leaves no trace', () => {
    const block = copyOf(scan.block);
    block.counts[20 * pixels + 70 * block.cols + 50] = 3e4;
    expect(largestDifference(reduced({ ...scan, block }).intensity, reference.intensity)).toBeLessThan(0.01);
  });
});

describe('spots that are no Bragg peak', () => {
  const pixels = scan.block.rows * scan.block.cols;
  const known = (row: number, col: number): number => row * scan.block.cols + col;

  it.each([
    ['a cluster', (row: number, col: number) => row >= 14 && row < 17 && col >= 20 && col < 24],
    ['three rows', (row: number) => row >= 14 && row < 17],
    ['five columns at the edge', (_row: number, col: number) => col >= 125],
  ])('%s of hot pixels, brighter than the peak: the volume is as without', (_what, hot) => {
    const block = copyOf(scan.block);
    for (let f = 0; f < block.frames; f++)
      for (let row = 0; row < block.rows; row++)
        for (let col = 0; col < block.cols; col++) if (hot(row, col)) block.counts[f * pixels + known(row, col)] = 3e5;
    expect(largestDifference(reduced({ ...scan, block }).intensity, reference.intensity)).toBeLessThan(0.01);
  });

  it('what glows and is too wide for hot pixels is passed over, and told', () => {
    const block = copyOf(scan.block);
    for (let f = 0; f < block.frames; f++)
      for (let row = 0; row < 40; row++)
        for (let col = 0; col < 40; col++)
          block.counts[f * pixels + known(row, col)]! += 2e5 * Math.exp(-((row - 12) ** 2 + (col - 12) ** 2) / 30);
    const out = reduced({ ...scan, block });
    expect(out.peak.brightest).toMatchObject({ frame: 31, row: 58, col: 66 });
    expect(out.peak.passed.length).toBeGreaterThan(0);
  });

  it('a gap through the maximum is filled, and how much is told', () => {
    const gap = new Uint8Array(pixels);
    for (let row = 0; row < scan.block.rows; row++) gap.fill(1, known(row, 61), known(row, 71));
    const out = reduced(scan, { method: 'linear', frame: 'q' }, gap);
    expect(out.hidden).toBeGreaterThan(0.1);
    expect(reference.hidden).toBeLessThan(0.01);
  });

  it('a peak that is hidden nearly as a whole is refused, and how much of it', () => {
    const stop = new Uint8Array(pixels);
    for (let row = 12; row < 108; row++) stop.fill(1, known(row, 16), known(row, 116));
    expect(reduceBlock(scan, undefined, stop)).toHaveProperty('refused');
  });

  it('roots and normalised values are told from counts', () => {
    const rooted = { ...scan.block, counts: scan.block.counts.map((v) => Math.fround(Math.sqrt(Math.round(v / 50)))) };
    expect(reduceBlock({ ...scan, block: rooted })).toMatchObject({ refused: 'not-counts' });
    // So far that nothing stands out in sums either.
    for (const by of [1e5, 1e7]) {
      const normalised = { ...scan.block, counts: scan.block.counts.map((v) => v / by) };
      expect(reduceBlock({ ...scan, block: normalised })).toMatchObject({ refused: 'not-counts' });
    }
  });
});

describe('what cannot be judged', () => {
  it('no peak', () => {
    const block = { ...scan.block, counts: scan.block.counts.map((_, i) => (i * 2654435761) % 3) };
    expect(reduceBlock({ ...scan, block })).toMatchObject({ refused: 'peak-absent' });
  });

  it('a saturated peak, by the limit or by its plateau', () => {
    expect(reduceBlock(scan, undefined, undefined, 9e4)).toMatchObject({ refused: 'peak-saturated' });
    const block = { ...scan.block, counts: scan.block.counts.map((v) => Math.min(v, 2e4)) };
    expect(reduceBlock({ ...scan, block })).toMatchObject({ refused: 'peak-saturated' });
  });

  it('a peak at the edge of the detector or of the rocking curve', () => {
    const { frames, rows, cols, counts } = scan.block;
    const pixels = rows * cols;
    expect(
      reduceBlock({ ...scan, block: { frames: 32, rows, cols, counts: counts.slice(0, 32 * pixels) } }),
    ).toMatchObject({ refused: 'peak-at-edge' });
    const cut = 60;
    const narrow = new Float32Array(frames * cut * cols);
    for (let f = 0; f < frames; f++) narrow.set(counts.subarray(f * pixels, f * pixels + cut * cols), f * cut * cols);
    expect(reduceBlock({ ...scan, block: { frames, rows: cut, cols, counts: narrow } })).toMatchObject({
      refused: 'peak-at-edge',
    });
  });

  it('a bright spot that does not rock', () => {
    const block = copyOf(scan.block);
    for (let f = 0; f < block.frames; f++) {
      for (let r = 0; r < block.rows; r++) {
        for (let c = 0; c < block.cols; c++) {
          block.counts[(f * block.rows + r) * block.cols + c] = 1000 * Math.exp(-((r - 60) ** 2 + (c - 60) ** 2) / 30);
        }
      }
    }
    expect(reduceBlock({ ...scan, block })).toMatchObject({ refused: 'peak-absent' });
  });
});
