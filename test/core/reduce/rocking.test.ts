import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { isEven, rockingAxis } from '@core/reduce/rocking';
import type { ReductionOptions, ReducedScan } from '@core/reduce/reduce';
import { boxScan, copyOf, reduced, rockedAt } from './box-crystal';
import { correlation } from '../../support/correlation';

const COUNTS = 1e5;
const even = Array.from({ length: 61 }, (_, i) => 17.6 + 0.008 * (i - 30));
const whole = boxScan(COUNTS, 0.2);
const reference = reduced(whole);
const linear: ReductionOptions = { method: 'linear', frame: 'q' };

/** The box crystal measured at these angles, in this order. */
const measuredAt = (eta: readonly number[], options = linear): ReducedScan =>
  reduced(boxScan(COUNTS, 0.2, rockedAt(eta)), options, undefined, 1e9, rockedAt(eta));

const seeded = { seed: 54, numRuns: 6 };
/** Four ways of going. */
const ways = { seed: 54, numRuns: 12 };

describe('frames at any recorded angle', () => {
  it('give the same volume where a fifth of them was dropped', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { minLength: 12, maxLength: 12 }), (dropped) => {
        // The maximum itself stays: without it there is another brightest frame, whose neighbours are the same.
        const out = measuredAt(even.filter((_, i) => !dropped.includes(i)));
        expect(correlation(out.intensity, reference.intensity)).toBeGreaterThan(0.98);
      }),
      seeded,
    );
  });

  it('give the same volume with any jitter of the motor, in any direction, up and down again, and in no order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { minLength: 61, maxLength: 61 }),
        fc.constantFrom('up', 'down', 'both', 'none'),
        fc.array(fc.nat(1e6), { minLength: 61, maxLength: 61 }),
        (jitter, way, shuffle) => {
          const eta = even.map((at, i) => at + 0.008 * jitter[i]!);
          const folded = [...eta.filter((_, i) => i % 2 === 0), ...eta.filter((_, i) => i % 2 === 1).reverse()];
          const shuffled = eta.map((at, i) => ({ at, by: shuffle[i]! })).sort((a, b) => a.by - b.by);
          const orders = { up: eta, down: eta.toReversed(), both: folded, none: shuffled.map(({ at }) => at) };
          const out = measuredAt(orders[way]);
          expect(correlation(out.intensity, reference.intensity)).toBeGreaterThan(0.98);
        },
      ),
      ways,
    );
  });

  it.each([
    [
      'the motor stood still for five points',
      [...even.slice(0, 33), ...Array<number>(5).fill(even[33]!), ...even.slice(33)],
    ],
    ['steps grow from the middle outwards', even.map((at) => 17.6 + (at - 17.6) * (0.6 + 1.7 * Math.abs(at - 17.6)))],
    ['every point was measured twice', even.flatMap((at) => [at, at])],
  ])('agree between both methods: %s', (_what, eta) => {
    const out = measuredAt(eta);
    expect(correlation(out.intensity, measuredAt(eta, { method: 'grid', frame: 'q' }).intensity)).toBeGreaterThan(0.99);
    expect(correlation(out.intensity, reference.intensity)).toBeGreaterThan(0.98);
  });

  it('are taken as they are where their steps are even', () => {
    const out = reduced(whole, linear, undefined, 1e9, rockedAt(even));
    expect(out.axis).toBeUndefined();
    expect(out.intensity).toEqual(reference.intensity);
    expect(
      isEven(
        even.map((at, i) => (i === 20 ? at + 0.001 : at)),
        new Set(),
      ),
    ).toBe(false);
  });

  it('carry a function that is linear in the angle to even angles exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 20, maxLength: 60 }), (angles) => {
        const axis = rockingAxis(angles, new Set(), 0);
        fc.pre(axis !== undefined);
        axis.frames.forEach(({ sources, bridge }, e) => {
          if (bridge) return;
          const at = axis.start + e * axis.step;
          const value = sources.reduce((sum, { frame, weight }) => sum + weight * angles[frame]!, 0);
          const total = sources.reduce((sum, { weight }) => sum + weight, 0);
          expect(total).toBeCloseTo(1, 6);
          // At the two ends, and at a lone point, there is one side only.
          if (sources.length > 1) expect(Math.abs(value - at)).toBeLessThan(0.11 * axis.step);
        });
      }),
      { seed: 54, numRuns: 50 },
    );
  });
});

describe('frames that are worth nothing', () => {
  const pixels = whole.block.rows * whole.block.cols;

  it.each([
    ['one beside the maximum', [32]],
    ['the maximum itself', [31]],
    ['three on the flank', [33, 34, 35]],
  ])('that are dark are found, left out and bridged: %s', (_what, dark) => {
    const block = copyOf(whole.block);
    for (const f of dark) block.counts.fill(0, f * pixels, (f + 1) * pixels);
    const out = reduced({ ...whole, block }, linear, undefined, 1e9, rockedAt(even));
    expect(out.dark).toEqual(dark);
    expect(correlation(out.intensity, reference.intensity)).toBeGreaterThan(0.95);
  });

  it('are none where the curve has minima between its fringes', () => {
    expect(reduced(whole, linear, undefined, 1e9, rockedAt(even)).dark).toEqual([]);
  });
});

describe("a frame's own mask", () => {
  const { rows, cols, frames } = whole.block;
  const pixels = rows * cols;

  it('leaves the volume as it is outside itself, and stays unmeasured in it', () => {
    const patch = fc.record({ frame: fc.nat(frames - 6), row: fc.nat(rows - 12), col: fc.nat(cols - 12) });
    fc.assert(
      fc.property(patch, ({ frame, row, col }) => {
        const mask = new Uint8Array(frames * pixels);
        const block = copyOf(whole.block);
        for (let f = frame; f < frame + 5; f++) {
          for (let r = row; r < row + 12; r++) {
            const at = f * pixels + r * cols + col;
            mask.fill(1, at, at + 12);
            block.counts.fill(4e5, at, at + 12);
          }
        }
        // Right in the maximum it hides the peak itself: that is another test's.
        fc.pre(Math.hypot(row + 6 - 58, col + 6 - 66) > 22 || Math.abs(frame + 2 - 31) > 8);
        const masks = splitMask(mask, pixels, frames)!;
        const out = reduced({ ...whole, block }, linear, undefined, 1e9, rockedAt(even), masks);
        expect(correlation(out.intensity, reference.intensity)).toBeGreaterThan(0.999);
        for (let i = 0; i < out.mask.length; i++) if (reference.mask[i] === 1) expect(out.mask[i]).toBe(1);
      }),
      seeded,
    );
  });

  it('is taken apart into what all frames share, whole frames and the rest', () => {
    const mask = new Uint8Array(4 * 6);
    for (let f = 0; f < 4; f++) mask[f * 6 + 2] = 1;
    mask[1 * 6 + 5] = 1;
    mask.fill(1, 18, 24);
    const masks = splitMask(mask, 6, 4)!;
    expect(Array.from(masks.common)).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...masks.whole]).toEqual([3]);
    expect([...masks.own]).toEqual([[1, Int32Array.of(5)]]);
    expect(splitMask(mask, 6, 5)).toBeUndefined();
    expect(splitMask(mask.subarray(0, 6), 6, 4)!.common).toEqual(Uint8Array.of(0, 0, 1, 0, 0, 0));
  });
});
