import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPeak, roundTicks, tickDecimals, viewWindow } from '@renderer/drawing/slices/axis';

describe('roundTicks', () => {
  it('takes steps of 1, 2 or 5', () => {
    expect(roundTicks(-0.0227, 0.0227, 5).map((tick) => Number(tick.toFixed(3)))).toEqual([
      -0.02, -0.01, 0, 0.01, 0.02,
    ]);
  });

  it('stays inside, ascending, and never gives many more than asked', () => {
    const ends = fc.tuple(
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.double({ min: 1e-6, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 10 }), ([from, width], count) => {
        const ticks = roundTicks(from, from + width, count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(from - width * 1e-6);
          expect(tick).toBeLessThanOrEqual(from + width * (1 + 1e-6));
        }
      }),
    );
  });

  it('gives none for an empty range', () => {
    expect(roundTicks(1, 1, 5)).toEqual([]);
  });
});

it('tickDecimals tells neighbouring ticks apart', () => {
  expect(tickDecimals([0, 0.01, 0.02])).toBe(2);
  expect(tickDecimals([0, 5])).toBe(0);
});

describe('viewWindow', () => {
  it('shows everything at zoom 1', () => {
    expect(viewWindow(64, 1, 3)).toEqual([0, 64]);
  });

  it('stays inside the volume and keeps its width, whatever the centre', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), fc.constantFrom(1, 1.5, 2, 3, 4, 6, 8), (centre, zoom) => {
        const [from, to] = viewWindow(64, zoom, centre);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(64 + 1e-9);
        expect(to - from).toBeCloseTo(64 / zoom, 9);
        expect(centre).toBeGreaterThanOrEqual(from - 1e-9);
        expect(centre + 1).toBeLessThanOrEqual(to + 1e-9);
      }),
    );
  });
});

it('fromPeak measures from the middle index, where the centre of mass lies', () => {
  expect(fromPeak(32, 64, 0.001)).toBe(0);
  expect(fromPeak(0, 64, 0.001)).toBeCloseTo(-0.032, 12);
});
