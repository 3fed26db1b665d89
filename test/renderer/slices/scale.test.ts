import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoFloor, scaleNames, scaler, scaleTicks } from '../../../src/renderer/slices/scale';

const floors = fc.double({ min: 1e-6, max: 1e-2, noNaN: true });
const values = fc.double({ min: 0, max: 1, noNaN: true });

describe('scaler', () => {
  it.each(scaleNames)('%s keeps the order and both ends, at any floor', (name) => {
    fc.assert(
      fc.property(floors, values, values, (floor, a, b) => {
        const scale = scaler(name, floor);
        expect(scale(0)).toBe(0);
        expect(scale(1)).toBe(1);
        expect(scale(Math.min(a, b))).toBeLessThanOrEqual(scale(Math.max(a, b)));
      }),
    );
  });

  it('gives every decade the same length on the logarithmic scale', () => {
    const scale = scaler('log', 1e-4);
    expect([1e-4, 1e-3, 1e-2, 1e-1, 1].map((value) => Math.round(scale(value) * 1000) / 1000)).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ]);
  });

  it('takes negative values, which an interpolation may leave, as nothing', () => {
    for (const name of scaleNames) expect(scaler(name, 1e-3)(-0.2)).toBe(0);
  });
});

describe('autoFloor', () => {
  it('lies at the low percentile of the positive voxels, whatever share is zero', () => {
    const intensity = new Float32Array(4000);
    for (let n = 0; n < 1000; n++) intensity[n * 4] = 1e-5 * (n + 1);
    expect(autoFloor(intensity)).toBeGreaterThan(1.9e-3);
    expect(autoFloor(intensity)).toBeLessThan(2.1e-3);
  });

  it('stays within two and six decades', () => {
    expect(autoFloor(new Float32Array(100).fill(1e-12))).toBe(1e-6);
    expect(autoFloor(new Float32Array(100).fill(1))).toBe(1e-2);
    expect(autoFloor(new Float32Array(100))).toBe(1e-2);
  });
});

describe('scaleTicks', () => {
  it('labels whole decades above the floor', () => {
    expect(scaleTicks('log', 1e-3)).toEqual([1e-3, 1e-2, 1e-1, 1]);
    expect(scaleTicks('log', 3e-3)).toEqual([1e-2, 1e-1, 1]);
  });

  it('never leaves the colour bar, in order, without repeats', () => {
    fc.assert(
      fc.property(fc.constantFrom(...scaleNames), floors, (name, floor) => {
        const at = scaleTicks(name, floor).map(scaler(name, floor));
        expect(at.at(-1)).toBe(1);
        expect([...at].sort((a, b) => a - b)).toEqual(at);
        expect(new Set(scaleTicks(name, floor)).size).toBe(at.length);
      }),
    );
  });
});
