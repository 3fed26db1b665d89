import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleNames, scaler, scaleTicks, type Range } from '@renderer/drawing/slices/scale';

const values = fc.double({ min: 0, max: 1, noNaN: true });
const ranges = fc
  .record({
    low: fc.double({ min: 1e-6, max: 1e-2, noNaN: true }),
    above: fc.double({ min: 1.5, max: 1e6, noNaN: true }),
    knee: fc.double({ min: 1e-5, max: 1e-1, noNaN: true }),
  })
  .map(({ low, above, knee }): Range => ({ low, high: Math.min(1, low * above), knee }));
const whole = (low: number): Range => ({ low, high: 1, knee: 1e-3 });

describe('scaler', () => {
  it.each(scaleNames)('%s keeps the order and meets both ends, whatever the limits', (name) => {
    fc.assert(
      fc.property(ranges, values, values, (range, a, b) => {
        const scale = scaler(name, range);
        expect(scale(0)).toBe(0);
        expect(scale(range.low)).toBe(0);
        expect(scale(range.high)).toBeCloseTo(1, 9);
        expect(scale(1)).toBeCloseTo(1, 9);
        expect(scale(Math.min(a, b))).toBeLessThanOrEqual(scale(Math.max(a, b)));
      }),
    );
  });

  it('gives every decade the same length on the logarithmic scale', () => {
    const scale = scaler('log', whole(1e-4));
    expect([1e-4, 1e-3, 1e-2, 1e-1, 1].map((value) => Math.round(scale(value) * 1000) / 1000)).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ]);
  });

  it('is linear about zero and logarithmic above the knee on the symlog scale', () => {
    const scale = scaler('symlog', { low: 0, high: 1, knee: 1e-3 });
    expect(scale(1e-5) / scale(5e-6)).toBeCloseTo(2, 1);
    // Two decades far above the knee differ by less than a hundredth.
    expect(scale(1) - scale(0.1)).toBeCloseTo(scale(0.1) - scale(0.01), 1);
  });

  it('takes negative values, which an interpolation may leave, as nothing', () => {
    for (const name of scaleNames) expect(scaler(name, whole(1e-3))(-0.2)).toBe(0);
  });
});

describe('scaleTicks', () => {
  it('labels whole decades above the floor', () => {
    expect(scaleTicks('log', whole(1e-3))).toEqual([1e-3, 1e-2, 1e-1, 1]);
    expect(scaleTicks('log', whole(3e-3))).toEqual([1e-2, 1e-1, 1]);
  });

  it('labels what lies between decades where the limits are narrow', () => {
    expect(scaleTicks('log', { low: 0.01, high: 0.1, knee: 1e-3 })).toEqual([0.01, 0.02, 0.05, 0.1]);
    expect(scaleTicks('log', { low: 0.11, high: 0.19, knee: 1e-3 }).length).toBeGreaterThanOrEqual(3);
  });

  it('never leaves the colour bar, in order, without repeats', () => {
    fc.assert(
      fc.property(fc.constantFrom(...scaleNames), ranges, (name, range) => {
        const ticks = scaleTicks(name, range);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(range.low * (1 - 1e-9));
          expect(tick).toBeLessThanOrEqual(range.high * (1 + 1e-9));
        }
        const at = ticks.map(scaler(name, range));
        expect([...at].sort((a, b) => a - b)).toEqual(at);
        expect(new Set(ticks).size).toBe(ticks.length);
      }),
    );
  });
});
