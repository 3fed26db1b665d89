import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoFloor, limitNames, rangeOf, sampleOf } from '@renderer/drawing/slices/limits';
import { scaleNames } from '@renderer/drawing/slices/scale';

const measured = (length: number): Uint8Array => new Uint8Array(length);

describe('sampleOf', () => {
  it('takes positive values that were measured, ascending', () => {
    const values = Float32Array.from([0.5, 0, 0.25, -1, 1, 0.125]);
    expect([...sampleOf(values, Uint8Array.from([0, 0, 0, 0, 1, 0]))]).toEqual([0.125, 0.25, 0.5]);
  });

  it('finds the percentiles of a large volume from a part of it', () => {
    const values = Float32Array.from({ length: 300_000 }, (_, n) => ((n * 7919) % 300_000) / 300_000);
    const sample = sampleOf(values, measured(values.length));
    expect(sample.length).toBeLessThan(40_000);
    expect(sample[Math.round(sample.length * 0.99)]).toBeCloseTo(0.99, 2);
  });
});

describe('autoFloor', () => {
  it('lies at the low percentile of the positive voxels, whatever share is zero', () => {
    const intensity = new Float32Array(4000);
    for (let n = 0; n < 1000; n++) intensity[n * 4] = 1e-5 * (n + 1);
    const floor = autoFloor(sampleOf(intensity, measured(4000)));
    expect(floor).toBeGreaterThan(1.9e-3);
    expect(floor).toBeLessThan(2.1e-3);
  });

  it('stays within two and six decades', () => {
    const floorOf = (value: number): number => autoFloor(sampleOf(new Float32Array(100).fill(value), measured(100)));
    expect(floorOf(1e-12)).toBe(1e-6);
    expect(floorOf(1)).toBe(1e-2);
    expect(floorOf(0)).toBe(1e-2);
  });
});

describe('rangeOf', () => {
  const sample = Float32Array.from({ length: 1001 }, (_, n) => (n + 1) / 1001);

  it('ends where the percentiles say', () => {
    const { low, high } = rangeOf('p5', { low: 0, high: 1 }, 'linear', sample);
    expect(low).toBeCloseTo(0.05, 2);
    expect(high).toBeCloseTo(0.95, 2);
  });

  it('begins at zero where zero can be drawn, and takes ends set by hand', () => {
    expect(rangeOf('auto', { low: 0, high: 1 }, 'sqrt', sample)).toMatchObject({ low: 0, high: 1 });
    expect(rangeOf('manual', { low: 0.002, high: 0.3 }, 'log', sample)).toMatchObject({ low: 0.002, high: 0.3 });
  });

  it('can always be drawn, whatever the volume and the ends', () => {
    const anything = fc.integer({ min: 0, max: 2_000_000 }).map((n) => n / 1e6);
    fc.assert(
      fc.property(
        fc.constantFrom(...limitNames),
        fc.constantFrom(...scaleNames),
        fc.record({ low: anything, high: anything }),
        fc.array(fc.float({ min: Math.fround(1e-30), max: 1, noNaN: true }), { maxLength: 30 }),
        (name, scale, ends, some) => {
          const { low, high, knee } = rangeOf(name, ends, scale, Float32Array.from(some).sort());
          expect(low).toBeLessThan(high);
          expect(low).toBeGreaterThanOrEqual(0);
          if (scale === 'log') expect(low).toBeGreaterThan(0);
          expect(knee).toBeGreaterThan(0);
        },
      ),
    );
  });
});
