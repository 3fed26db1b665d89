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

  it('hold the volume that random points find', () => {
    const varied = vary(shape(5), { facets: 0.15, rounding: 1 }, stream(7, 'vary'), 5);
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
