import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { winterbottom } from '@core/crystal/shape';
import { vary } from '@core/crystal/variation';
import { stream } from '@core/random/stream';

const shape = (interfaceIndex: number): ReturnType<typeof winterbottom> =>
  winterbottom({ element: 'Au', lateral: 100, interfaceIndex, height: 0.7 });

describe('shapes as they grow', () => {
  it('stay as they are without variation', () => {
    const sharp = shape(3);
    expect(vary(sharp, { facets: 0, rounding: 0 }, stream(1, 'vary'), 3)).toBe(sharp);
  });

  it('keep the interface where it was, and stay inside the moved facets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.integer(), (interfaceIndex, seed) => {
        const sharp = shape(interfaceIndex);
        const varied = vary(sharp, { facets: 0.1, rounding: 0.6 }, stream(seed, 'vary'), interfaceIndex);
        expect(varied.facets[interfaceIndex]).toEqual(sharp.facets[interfaceIndex]);
        sharp.facets.forEach((facet, i) => {
          expect(Math.abs(varied.facets[i]!.distance / facet.distance - 1)).toBeLessThanOrEqual(0.1 + 1e-12);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('lose volume when their edges are rounded, the more the rounder, but never the ball that touches the nearest facets', () => {
    const sharp = shape(0);
    const volumes = [0.25, 0.5, 1].map(
      (rounding) => vary(sharp, { facets: 0, rounding }, stream(1, 'vary'), 0).volume / sharp.volume,
    );
    expect(volumes[0]).toBeLessThan(1);
    expect(volumes[1]).toBeLessThan(volumes[0]!);
    expect(volumes[2]).toBeLessThan(volumes[1]!);
    const radius = Math.min(...sharp.facets.filter((_, i) => i !== 0).map((f) => f.distance));
    const rounded = vary(sharp, { facets: 0, rounding: 1 }, stream(1, 'vary'), 0);
    for (const { distance } of rounded.facets.slice(sharp.facets.length))
      expect(distance).toBeGreaterThanOrEqual(radius);
  });

  it('are drawn out without turning a facet, as an ellipsoid of the same volume is', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const sharp = shape(0);
        const drawn = vary(sharp, { facets: 0, rounding: 0, stretch: 0.6 }, stream(seed, 'vary'), 0);
        expect(drawn.facets.map((f) => f.normal)).toEqual(sharp.facets.map((f) => f.normal));
        const ratios = drawn.facets.map((f, i) => f.distance / sharp.facets[i]!.distance);
        // Along the axis at most 1.6^(2/3), across it at least 1.6^(-1/3) where drawn out; the inverse where pressed.
        for (const ratio of ratios) {
          expect(ratio).toBeLessThanOrEqual(1.6 ** (2 / 3) + 1e-12);
          expect(ratio).toBeGreaterThanOrEqual(1.6 ** (-2 / 3) - 1e-12);
        }
        expect(new Set(ratios.map((r) => r.toFixed(6))).size).toBeGreaterThan(1);
      }),
      { numRuns: 20 },
    );
  });

  it('lose to cuts no more than half of the way to their centre, and keep the half that is deeper', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const sharp = shape(2);
        const cut = vary(sharp, { facets: 0, rounding: 0, cuts: 5 }, stream(seed, 'vary'), 2);
        expect(cut.facets.length).toBe(sharp.facets.length + 5);
        expect(cut.volume).toBeLessThanOrEqual(sharp.volume + 1e-6);
        for (const v of sharp.vertices) {
          const inner = v.map((x, a) => sharp.centroid[a]! + 0.499 * (x - sharp.centroid[a]!));
          expect(cut.signedDistance(inner[0]!, inner[1]!, inner[2]!)).toBeLessThanOrEqual(1e-9);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('draw nothing for what is not asked for: older sets keep their crystals', () => {
    const before = vary(shape(1), { facets: 0.1, rounding: 0.5 }, stream(5, 'vary'), 1);
    const now = vary(shape(1), { facets: 0.1, rounding: 0.5, stretch: 0, cuts: 0 }, stream(5, 'vary'), 1);
    expect(now.facets).toEqual(before.facets);
  });

  it('hold the volume that random points find', () => {
    const varied = vary(shape(5), { facets: 0.15, rounding: 1, stretch: 0.5, cuts: 3 }, stream(7, 'vary'), 5);
    const random = stream(8, 'volume');
    const box = varied.max.map((m, a) => m - varied.min[a]!);
    let inside = 0;
    const n = 100_000;
    for (let i = 0; i < n; i++) {
      const [x, y, z] = box.map((w, a) => varied.min[a]! + w * random.uniform());
      if (varied.contains(x!, y!, z!)) inside++;
    }
    expect(inside / n).toBeCloseTo(varied.volume / (box[0]! * box[1]! * box[2]!), 2);
  });
});
