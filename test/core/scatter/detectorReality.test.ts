import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { blur, expose, type Exposure } from '@core/scatter/detectorReality';

const SIDE = 64;
const at = (i: number, j: number, k: number): number => (i * SIDE + j) * SIDE + k;
const ideal: Exposure = { counts: 1000, background: 0, coherence: 0, range: 2, rocking: 0 };

/** A smooth peak in the middle, in arbitrary units. */
function peak(): Float64Array {
  const out = new Float64Array(SIDE ** 3);
  for (let n = 0; n < out.length; n++) {
    const r2 = ((n >> 12) - 32) ** 2 + (((n >> 6) & 63) - 32) ** 2 + ((n & 63) - 32) ** 2;
    out[n] = 7e9 * Math.exp(-r2 / 18);
  }
  return out;
}

const total = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

describe('blur', () => {
  it('turns a point into a Gaussian of the width asked for, and loses nothing', () => {
    const data = new Float64Array(SIDE ** 3);
    data[at(30, 31, 32)] = 1;
    blur(data, 1.3);
    expect(total(data)).toBeCloseTo(1, 12);
    for (const stride of [SIDE * SIDE, SIDE, 1]) {
      let spread = 0;
      for (let d = -10; d <= 10; d++) spread += d * d * (data[at(30, 31, 32) + d * stride]! / data[at(30, 31, 32)]!);
      let norm = 0;
      for (let d = -10; d <= 10; d++) norm += data[at(30, 31, 32) + d * stride]! / data[at(30, 31, 32)]!;
      // Cut at three deviations, the variance is 3 % short.
      expect(Math.sqrt(spread / norm) / 1.3).toBeCloseTo(1, 1);
    }
  });
  it('keeps a flat intensity flat, up to the cube edges', () => {
    const data = blur(new Float64Array(SIDE ** 3).fill(2), 2);
    expect(data.every((x) => Math.abs(x - 2) < 1e-12)).toBe(true);
  });
  it('does nothing for a fully coherent beam', () => {
    expect(blur(peak(), 0)).toEqual(peak());
  });
});

describe('expose', () => {
  it('gives the peak its counts and every voxel whole counts with the Poisson variance', () => {
    const { counts, signal } = expose(peak(), ideal, stream(1));
    expect(Math.abs(counts[at(32, 32, 32)]! - 1000)).toBeLessThan(5 * Math.sqrt(1000));
    expect(counts.every((c) => Number.isInteger(c) && c >= 0)).toBe(true);
    expect(signal).toBe(1);
    const expected = peak().map((x) => (x / 7e9) * 1000);
    let [chi, cells] = [0, 0];
    expected.forEach((mean, n) => {
      if (mean < 5) return;
      chi += (counts[n]! - mean) ** 2 / mean;
      cells++;
    });
    expect(Math.abs(chi / cells - 1)).toBeLessThan(5 * Math.sqrt(2 / cells));
  });

  it('adds its background everywhere, and says what share the crystal gave', () => {
    const { counts, signal } = expose(peak(), { ...ideal, background: 0.3 }, stream(2));
    const crystal = total(peak()) / 7e6;
    expect(signal).toBeCloseTo(crystal / (crystal + 0.3 * SIDE ** 3), 6);
    let corner = 0;
    for (let i = 0; i < 16; i++)
      for (let j = 0; j < 16; j++) for (let k = 0; k < 16; k++) corner += counts[at(i, j, k)]!;
    expect(Math.abs(corner / 4096 - 0.3)).toBeLessThan(5 * Math.sqrt(0.3 / 4096));
  });

  it('sees nothing beyond the rocking range, across Q', () => {
    const { counts } = expose(peak(), { ...ideal, background: 5, range: 0.5, rocking: 0 }, stream(3));
    for (let j = 0; j < SIDE; j++) {
      let plane = 0;
      for (let i = 0; i < SIDE; i++) plane += total(counts.subarray(at(i, j, 0), at(i, j, SIDE)));
      if (Math.abs(j - 32) > 16) expect(plane).toBe(0);
      else expect(plane).toBeGreaterThan(4 * SIDE * SIDE);
    }
  });

  it('repeats itself for the same dice', () => {
    expect(expose(peak(), ideal, stream(4, 'x')).counts).toEqual(expose(peak(), ideal, stream(4, 'x')).counts);
  });
});
