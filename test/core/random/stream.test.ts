import { describe, expect, it } from 'vitest';
import { logFactorial } from '@core/random/poisson';
import { stream } from '@core/random/stream';

function moments(draw: () => number, n: number): { mean: number; variance: number; third: number } {
  const values = Float64Array.from({ length: n }, draw);
  const mean = values.reduce((s, x) => s + x, 0) / n;
  const variance = values.reduce((s, x) => s + (x - mean) ** 2, 0) / n;
  return { mean, variance, third: values.reduce((s, x) => s + (x - mean) ** 3, 0) / n };
}

describe('stream', () => {
  it('repeats itself, and differs for every seed and path', () => {
    const first = (...args: Parameters<typeof stream>): number => stream(...args).uniform();
    expect(first(1, 'a', 2)).toBe(first(1, 'a', 2));
    const all = [
      first(1),
      first(2),
      first(1, 'a'),
      first(1, 'a', 2),
      first(1, 'a2'),
      first(1, 'ab', 'c'),
      first(1, 'a', 'bc'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('gives uncorrelated first numbers to neighbouring paths', () => {
    const n = 20_000;
    const x = Float64Array.from({ length: n + 1 }, (_, i) => stream(7, 'crystal', i).uniform() - 0.5);
    let neighbour = 0;
    for (let i = 0; i < n; i++) neighbour += x[i]! * x[i + 1]! * 12;
    // Standard error of a correlation is 1/sqrt(n) = 0.007.
    expect(Math.abs(neighbour / n)).toBeLessThan(0.03);
  });

  it('draws normal deviates', () => {
    const r = stream(3, 'normal');
    const { mean, variance, third } = moments(() => r.normal(), 200_000);
    expect(mean).toBeCloseTo(0, 1.5);
    expect(variance).toBeCloseTo(1, 1.5);
    expect(third).toBeCloseTo(0, 1);
  });

  it.each([0.01, 0.7, 5, 9.9, 10.1, 60, 5e3, 1e6])('draws Poisson deviates of mean %d', (lambda) => {
    const n = 200_000;
    const r = stream(11, 'poisson', lambda);
    const { mean, variance, third } = moments(() => r.poisson(lambda), n);
    // Five standard errors each: var(mean) = l/n, var(variance) = (l + 2 l^2)/n, third moment about sqrt(15 l^3 + 25 l^2 + l)/sqrt(n).
    expect(Math.abs(mean - lambda)).toBeLessThan(5 * Math.sqrt(lambda / n));
    expect(Math.abs(variance - lambda)).toBeLessThan(5 * Math.sqrt((lambda + 2 * lambda ** 2) / n));
    expect(Math.abs(third - lambda)).toBeLessThan(5 * Math.sqrt((15 * lambda ** 3 + 25 * lambda ** 2 + lambda) / n));
  });

  it('gives Poisson frequencies, by chi-square, on either side of the change of method', () => {
    for (const lambda of [8, 12]) {
      const n = 100_000;
      const r = stream(5, 'chi', lambda);
      const counts = new Float64Array(30);
      for (let i = 0; i < n; i++) counts[Math.min(29, r.poisson(lambda))]! += 1;
      let chi = 0;
      for (let k = 2; k < 22; k++) {
        const expected = n * Math.exp(k * Math.log(lambda) - lambda - logFactorial(k));
        chi += (counts[k]! - expected) ** 2 / expected;
      }
      // 20 cells: 45 is exceeded once in a thousand.
      expect(chi).toBeLessThan(45);
    }
  });

  it('gives no counts for no intensity', () => {
    expect(stream(1).poisson(0)).toBe(0);
    expect(stream(1).poisson(Number.NaN)).toBe(0);
  });

  it('draws every integer, unit vectors without a preferred direction, and permutations', () => {
    const r = stream(9, 'mixed');
    const hits = new Float64Array(5);
    const sum = [0, 0, 0];
    for (let i = 0; i < 20_000; i++) {
      hits[r.integer(5)]! += 1;
      const v = r.unitVector();
      expect(Math.hypot(...v)).toBeCloseTo(1, 12);
      v.forEach((x, a) => (sum[a]! += x / 20_000));
    }
    for (const h of hits) expect(Math.abs(h - 4000)).toBeLessThan(300);
    for (const s of sum) expect(Math.abs(s)).toBeLessThan(0.03);
    const items = [1, 2, 3, 4, 5, 6];
    const mixed = r.shuffle(items);
    expect([...mixed].sort()).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('logFactorial', () => {
  it('is the sum of logarithms', () => {
    let sum = 0;
    for (let k = 1; k <= 300; k++) {
      sum += Math.log(k);
      expect(logFactorial(k)).toBeCloseTo(sum, 10);
    }
  });
});
