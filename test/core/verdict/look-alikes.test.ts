import { describe, expect, it } from 'vitest';
import { distanceBetween } from '@core/verdict/gaussian';
import { nearest, thumbnail } from '@core/verdict/look-alikes';

describe('the nearest of many vectors', () => {
  it('is that in standard deviations, not in numbers', () => {
    // Variances 1 and 100, uncorrelated: ten along the second is as far as one along the first.
    const precision = [1, 0, 0, 0.01];
    expect(distanceBetween(precision, [0, 0], [1, 0])).toBeCloseTo(1, 12);
    expect(distanceBetween(precision, [0, 0], [0, 10])).toBeCloseTo(1, 12);
    const many = Float32Array.of(3, 0, 0, 10, 0, 5);
    expect(nearest(precision, many, [0, 0], 2)).toEqual([
      { index: 2, distance: expect.closeTo(0.5, 9) },
      { index: 1, distance: expect.closeTo(1, 9) },
    ]);
  });

  it('knows correlated components', () => {
    // Covariance [[2, 1], [1, 2]], whose inverse is [[2, -1], [-1, 2]] / 3.
    const precision = [2 / 3, -1 / 3, -1 / 3, 2 / 3];
    expect(distanceBetween(precision, [1, 1], [0, 0]) ** 2).toBeCloseTo(2 / 3, 12);
    expect(distanceBetween(precision, [1, -1], [0, 0]) ** 2).toBeCloseTo(2, 12);
  });

  it('is all there is where fewer are there than asked for', () => {
    expect(nearest([1], Float32Array.of(4, 2), [1], 5).map(({ index }) => index)).toEqual([1, 0]);
  });
});

describe('a thumbnail', () => {
  const EDGE = 32;
  const volume = new Float32Array(64 ** 3);
  const set = (i: number, j: number, k: number, value: number): void => void (volume[(i * 64 + j) * 64 + k] = value);
  set(32, 32, 32, 1);
  set(33, 32, 32, 1e-2);
  set(32, 35, 32, 1e-4);
  set(32, 32, 20, 1e-1);
  const pixels = thumbnail(volume, EDGE);
  const at = (cut: number, row: number, column: number): number =>
    pixels[(cut * EDGE + row - 16) * EDGE + column - 16]!;

  it('shows the three cuts through the centre, in the order of their axes', () => {
    expect(pixels).toHaveLength(3 * EDGE ** 2);
    expect([at(0, 32, 32), at(1, 32, 32), at(2, 32, 32)]).toEqual([255, 255, 255]);
    // One voxel along axis 0 is a row further in the cuts across axes 1 and 2, and out of the cut across axis 0.
    expect([at(1, 33, 32), at(2, 33, 32)].map((grey) => Math.abs(grey - 127.5) < 4)).toEqual([true, true]);
    expect(pixels.subarray(0, EDGE ** 2).filter((grey) => grey > 0)).toHaveLength(2);
  });

  it('is black from four decades below the maximum on, and where nothing was counted', () => {
    expect(at(0, 35, 32)).toBe(0);
    expect(at(0, 40, 40)).toBe(0);
    expect(Math.abs(at(0, 32, 20) - 191) < 4).toBe(true);
  });
});
