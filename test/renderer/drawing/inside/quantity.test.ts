import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barTicks, levelOf, scaleOf } from '@renderer/drawing/inside/quantity';

const real = fc.double({ min: -30, max: 30, noNaN: true });

describe('the scale of a phase', () => {
  const scale = scaleOf('phase', []);

  it('knows no turns: a value and the same a turn on have one colour', () => {
    fc.assert(
      fc.property(real, fc.integer({ min: -4, max: 4 }), (value, turns) => {
        const apart = Math.abs(levelOf(value, scale) - levelOf(value + 2 * Math.PI * turns, scale));
        // A value on the very edge of two colours may fall to either.
        expect(Math.min(apart, 256 - apart)).toBeLessThanOrEqual(1);
      }),
    );
    expect(levelOf(0, scale)).toBe(128);
    expect(levelOf(Math.PI, scale)).toBe(0);
    expect(levelOf(-Math.PI / 2, scale)).toBe(64);
  });

  it('is labelled in parts of pi', () => {
    expect(barTicks(scale).map(({ label }) => label)).toEqual(['−π', '−π/2', '0', 'π/2', 'π']);
  });
});

describe('the scale of a strain', () => {
  it('is as wide either way, a round number, and of all fields beside each other', () => {
    const one = Float32Array.from({ length: 400 }, (_, n) => (n === 7 ? 50 : n / 10_000));
    const other = Float32Array.of(-0.0871, NaN, 0.02);
    const { cyclic, most } = scaleOf('strain', [other, one]);
    expect(cyclic).toBe(false);
    // The one voxel of 50 per cent does not take the colours of all others.
    expect(most).toBeGreaterThanOrEqual(0.0399);
    expect(most).toBeLessThan(0.1);
    expect(Number(most.toPrecision(2))).toBe(most);
    expect(scaleOf('strain', [new Float32Array(9).fill(NaN)]).most).toBeGreaterThan(0);
  });

  it('never falls, has nothing in the middle, and leaves out nothing', () => {
    const scale = { cyclic: false, most: 0.2 };
    fc.assert(
      fc.property(real, real, (a, b) => {
        expect(levelOf(Math.max(a, b), scale)).toBeGreaterThanOrEqual(levelOf(Math.min(a, b), scale));
      }),
    );
    expect([-1, -0.2, 0, 0.2, 1].map((value) => levelOf(value, scale))).toEqual([0, 0, 128, 255, 255]);
    expect(barTicks(scale)).toContainEqual({ t: 0.5, label: '0.0' });
  });
});
