import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledFrames } from '@main/scan/filled';

const frame = (value: number): Float64Array => Float64Array.of(0, value, 0);

describe('frames that hold something', () => {
  it('are counted up to the last one, by few looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 }), (written, empty) => {
        let looks = 0;
        const read = (k: number): Float64Array => {
          looks++;
          return frame(k < written ? k + 1 : 0);
        };
        expect(filledFrames(read, written + empty)).toBe(written);
        expect(looks).toBeLessThanOrEqual(empty === 0 ? 1 : 8 * Math.ceil(Math.log2(empty + 2)) + 8);
      }),
    );
  });

  it('are counted past a single dark one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.nat(),
        (written, empty, at) => {
          const dark = at % (written - 1);
          const read = (k: number): Float64Array => frame(k < written && k !== dark ? 1 : 0);
          expect(filledFrames(read, written + empty)).toBe(written);
        },
      ),
    );
  });

  it('are none where nothing is written, and fill values are nothing', () => {
    expect(filledFrames(() => frame(0), 64)).toBe(0);
    expect(filledFrames((k) => frame(k < 9 ? 1 : NaN).map((value) => (k < 9 ? value : NaN)), 64)).toBe(9);
    expect(filledFrames(() => frame(1), 0)).toBe(0);
  });
});
