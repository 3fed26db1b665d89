import { describe, expect, it } from 'vitest';
import { addNeighbour, ballIntensity } from '@core/scatter/neighbour';
import { blurScan, detectorIntensity, type ScanShape } from '@core/scatter/detectorScan';
import { createScatterer } from '@core/scatter/nufft';
import { add, apply, dot, identity, type Mat3, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

describe('the intensity on a detector', () => {
  it("is the atoms' sum at each pixel's own Q, on a skew grid larger than one cube", () => {
    const random = stream(4);
    const positions = Float64Array.from({ length: 300 }, () => random.uniform(-50, 50));
    const g: Vec3 = [1.5, 1.6, -1.4];
    const jacobian: Mat3 = [
      [0.01, 0.002, 0.001],
      [-0.004, 0.012, 0],
      [0.003, -0.001, 0.009],
    ];
    const shape: ScanShape = [9, 70, 80];
    const peak: Vec3 = [4.3, 33.2, 41.7];
    const found = detectorIntensity(createScatterer(), positions, { g, jacobian, peak }, shape, 2);
    for (const [f, r, c] of [
      [0, 0, 0],
      [4, 33, 42],
      [8, 69, 79],
      [3, 65, 10],
      [5, 12, 66],
    ] as const) {
      const q = add(g, apply(jacobian, [f - peak[0], r - peak[1], c - peak[2]]));
      let [re, im] = [0, 0];
      for (let n = 0; n < positions.length; n += 3) {
        const phase = dot(q, [positions[n]!, positions[n + 1]!, positions[n + 2]!]);
        re += Math.cos(phase);
        im += Math.sin(phase);
      }
      const direct = 4 * (re * re + im * im);
      expect(Math.abs(found[(f * 70 + r) * 80 + c]! - direct)).toBeLessThan(1e-3 * (direct + 100));
    }
  });
});

describe('partial coherence', () => {
  it('spreads a point by its standard deviation along each axis and keeps the counts', () => {
    const shape: ScanShape = [21, 41, 31];
    const data = new Float32Array(21 * 41 * 31);
    data[(10 * 41 + 20) * 31 + 15] = 1000;
    blurScan(data, shape, [0, 3, 1.5]);
    let [total, rows, cols] = [0, 0, 0];
    for (let r = 0; r < 41; r++)
      for (let c = 0; c < 31; c++) {
        const value = data[(10 * 41 + r) * 31 + c]!;
        total += value;
        rows += value * (r - 20) ** 2;
        cols += value * (c - 15) ** 2;
      }
    expect(total).toBeCloseTo(1000, 1);
    // Cut at three standard deviations, a Gaussian's variance is 0.97 of the whole one's.
    expect(Math.sqrt(rows / total) / 3).toBeCloseTo(0.99, 1);
    expect(Math.sqrt(cols / total) / 1.5).toBeCloseTo(0.99, 1);
  });
});

describe("a neighbour's peak", () => {
  it('is a ball where its axes are equal: dark first at q R = 4.4934', () => {
    expect(ballIntensity(0)).toBe(1);
    expect(ballIntensity(4.4934)).toBeLessThan(1e-8);
    expect(ballIntensity(0.0501)).toBeCloseTo(ballIntensity(0.0499), 4);
    const data = addNeighbour(new Float32Array(11 * 11 * 11), [11, 11, 11], identity, {
      at: [5, 5, 5],
      radii: [0.5, 0.5, 0.5],
      brightest: 7,
    });
    expect(data[(5 * 11 + 5) * 11 + 5]).toBeCloseTo(7, 6);
    expect(data[(5 * 11 + 8) * 11 + 9]).toBeCloseTo(7 * ballIntensity(2.5), 5);
  });
});
