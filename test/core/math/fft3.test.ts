import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fft3, ifft3, type Shape3 } from '@core/math/fft3';

/** The definition, term by term. */
function directSum(data: Float64Array, [a, b, c]: Shape3): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < a * b * c; i++) {
    const k = [Math.floor(i / (b * c)), Math.floor(i / c) % b, i % c] as const;
    for (let j = 0; j < a * b * c; j++) {
      const n = [Math.floor(j / (b * c)), Math.floor(j / c) % b, j % c] as const;
      const angle = -2 * Math.PI * ((k[0] * n[0]) / a + (k[1] * n[1]) / b + (k[2] * n[2]) / c);
      const re = data[2 * j]!;
      const im = data[2 * j + 1]!;
      out[2 * i]! += re * Math.cos(angle) - im * Math.sin(angle);
      out[2 * i + 1]! += re * Math.sin(angle) + im * Math.cos(angle);
    }
  }
  return out;
}

const grid = fc
  .tuple(fc.constantFrom(2, 4, 8), fc.constantFrom(2, 4, 8), fc.constantFrom(2, 4, 8))
  .chain(([a, b, c]) =>
    fc.tuple(
      fc.constant([a, b, c] as Shape3),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 * a * b * c, maxLength: 2 * a * b * c }),
    ),
  );

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

describe('fft3', () => {
  it('is the direct sum, on boxes of unequal sides', () => {
    fc.assert(
      fc.property(grid, ([shape, values]) => {
        const data = Float64Array.from(values);
        const expected = directSum(data, shape);
        expect(distance(fft3(data, shape), expected)).toBeLessThan(1e-10);
      }),
      { numRuns: 25 },
    );
  });

  it('is undone by ifft3 on a 32 x 64 x 16 box', () => {
    const shape: Shape3 = [32, 64, 16];
    const data = Float64Array.from({ length: 2 * 32 * 64 * 16 }, (_, i) => Math.sin(i * i));
    const back = ifft3(fft3(data.slice(), shape), shape);
    expect(distance(back, data)).toBeLessThan(1e-12);
  });

  it('puts a plane wave into its own bin', () => {
    const data = new Float64Array(2 * 16 ** 3);
    for (let i = 0; i < 16 ** 3; i++) {
      const angle = (2 * Math.PI * (3 * (i >> 8) + 5 * ((i >> 4) & 15) + 14 * (i & 15))) / 16;
      data[2 * i] = Math.cos(angle);
      data[2 * i + 1] = Math.sin(angle);
    }
    fft3(data, [16, 16, 16]);
    const bin = (3 * 16 + 5) * 16 + 14;
    expect(data[2 * bin]).toBeCloseTo(16 ** 3, 8);
    data[2 * bin] = 0;
    expect(data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThan(1e-8);
  });

  it('refuses lengths it cannot do', () => {
    expect(() => fft3(new Float64Array(2 * 27), [3, 3, 3])).toThrow(RangeError);
    expect(() => fft3(new Float64Array(10), [2, 2, 2])).toThrow(RangeError);
  });
});
