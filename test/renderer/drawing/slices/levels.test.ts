import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelsOf, scaleLevels, type Levels } from '@renderer/drawing/slices/levels';
import { scaleNames, scaler, type Range } from '@renderer/drawing/slices/scale';
import { paintSheet } from '@renderer/drawing/slices/sheet';

const count = 256;
/** Each level its own number, so that a picture tells the levels. */
const numbers = Uint32Array.from({ length: count }, (_, level) => level);
const masked = 1000;

function painted(values: Float32Array, levels: Levels, mask = new Uint8Array(values.length)): number[] {
  const columns = values.length;
  const out = new Uint32Array(columns);
  const sheet = { values, mask, start: 0, upStride: columns, rightStride: 1, rows: 1, columns };
  paintSheet(sheet, levels, numbers, Uint32Array.of(masked, masked), out);
  return [...out];
}
const computed = (values: Float32Array, position: (value: number) => number): number[] =>
  [...values].map((value) => Math.round(position(value) * (count - 1)));

const range = fc
  .tuple(fc.double({ min: 1e-6, max: 0.5, noNaN: true }), fc.double({ min: 1.5, max: 1e4, noNaN: true }))
  .map(([low, times]): Range => ({ low, high: low * times, knee: low * Math.sqrt(times) }));

describe('levelsOf', () => {
  it.each(scaleNames)('gives the colours that computing each value gives, %s', (scale) => {
    fc.assert(
      fc.property(
        range,
        fc.float32Array({ minLength: 1, maxLength: 200, noNaN: true, min: -1, max: 2 }),
        (span, values) => {
          expect(painted(values, scaleLevels(scale, span, count))).toEqual(computed(values, scaler(scale, span)));
        },
      ),
    );
  });

  it.each(scaleNames)('is exact all along the bar, %s', (scale) => {
    const span = { low: 1e-5, high: 0.7, knee: 1e-3 };
    const values = Float32Array.from({ length: 20_000 }, (_, n) => 0.9 * 1.0008 ** -n);
    expect(painted(values, scaleLevels(scale, span, count))).toEqual(computed(values, scaler(scale, span)));
  });

  it('puts what is beyond the bar at its ends, and hatches what was not measured', () => {
    const levels = levelsOf(scaler('log', { low: 1e-3, high: 1, knee: 1e-2 }), count);
    const values = Float32Array.of(-1, -0, 0, 1e-30, 1e-3, 1, 2, Infinity, 0.5);
    expect(painted(values, levels, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1))).toEqual([
      0,
      0,
      0,
      0,
      0,
      255,
      255,
      255,
      masked,
    ]);
  });
});
