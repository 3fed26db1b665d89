import type { OcclusionMap } from '@contract/occlusion';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barLabels,
  dropAt,
  dropColour,
  paintOcclusion,
  prepareOcclusion,
} from '@renderer/drawing/slices/occlusion-map';
import { planes } from '@renderer/drawing/slices/plane';

type Place = readonly [number, number, number];

/** A map of any function of the centres, every one computed but where said otherwise. */
function mapOf(value: (place: Place) => number, computed: (place: Place) => boolean = () => true): OcclusionMap {
  const axis = Array.from({ length: 9 }, (_, n) => 8 * n);
  const places = axis.flatMap((i) => axis.flatMap((j) => axis.map((k): Place => [i, j, k])));
  const drop = Float32Array.from(places, value);
  // As the decoder hands bytes out: at an offset that no float view could lie on.
  const bytes = new Uint8Array(drop.byteLength + 1);
  bytes.set(new Uint8Array(drop.buffer), 1);
  return {
    class: 'screw',
    probability: 0.9,
    model: 'x',
    radius: 13,
    axis,
    drop: bytes.subarray(1),
    measured: Uint8Array.from(places, (place) => (computed(place) ? 1 : 0)),
    pass: 'coarse',
    done: 729,
    total: 729,
  };
}

describe('a map between its centres', () => {
  it('is linear, and knows where it was computed', () => {
    const plane = ([i, j, k]: Place): number => 0.01 * i - 0.004 * j + 0.002 * k;
    const occlusion = prepareOcclusion(mapOf(plane, ([i]) => i !== 40));
    const index = fc.integer({ min: 0, max: 63 });
    fc.assert(
      fc.property(fc.tuple(index, index, index), (voxel) => {
        const { drop, computed } = dropAt(occlusion, voxel);
        expect(drop).toBeCloseTo(plane(voxel), 5);
        expect(computed).toBe(voxel[0] <= 32 || voxel[0] >= 48);
      }),
    );
  });

  it('refuses bytes that do not fill its grid', () => {
    const map = mapOf(() => 0);
    expect(() => prepareOcclusion({ ...map, drop: map.drop.subarray(4) })).toThrow(RangeError);
    expect(() => prepareOcclusion({ ...map, measured: map.measured.subarray(1) })).toThrow(RangeError);
  });

  it('spans its colours over the largest change either way, but never over mere noise', () => {
    expect(prepareOcclusion(mapOf(([i]) => (i === 32 ? -0.6 : 0.2))).most).toBeCloseTo(0.6, 6);
    expect(prepareOcclusion(mapOf(([i]) => (i === 32 ? -0.6 : 0.2))).range).toEqual([
      expect.closeTo(-0.6),
      expect.closeTo(0.2),
    ]);
    expect(prepareOcclusion(mapOf(() => 1e-4)).most).toBe(0.02);
  });
});

describe('its colours', () => {
  it('are clear where nothing changes, the denser the more does, and another one for a rise', () => {
    expect(dropColour(0)[3]).toBe(0);
    const opacities = [0.1, 0.3, 0.6, 1, 2].map((part) => dropColour(part)[3]);
    expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
    expect(opacities.at(-1)).toBe(255);
    expect(dropColour(-0.5)[3]).toBe(dropColour(0.5)[3]);
    expect(dropColour(-0.5).slice(0, 3)).not.toEqual(dropColour(0.5).slice(0, 3));
  });

  it.each(planes)('lie where the voxels lie on the cut across $normal', (plane) => {
    // One spot, off the centre along all three axes.
    const spot: Place = [16, 40, 48];
    const occlusion = prepareOcclusion(mapOf((place) => (place.every((x, axis) => x === spot[axis]) ? 0.5 : 0)));
    const out = new Uint8ClampedArray(64 * 64 * 4);
    paintOcclusion(occlusion, [64, 64, 64], plane, spot[plane.normal], out);
    const opacity = (pixel: number): number => out[4 * pixel + 3]!;
    const brightest = Array.from({ length: 64 * 64 }, (_, n) => n).reduce((a, b) => (opacity(b) > opacity(a) ? b : a));
    expect([brightest % 64, 63 - Math.floor(brightest / 64)]).toEqual([spot[plane.right], spot[plane.up]]);
    paintOcclusion(occlusion, [64, 64, 64], plane, (spot[plane.normal] + 32) % 64, out);
    expect(out.some((value, n) => n % 4 === 3 && value > 0)).toBe(false);
  });
});

describe('the labels of its colour bar', () => {
  const bar = (low: number, high: number): readonly (readonly [number, string])[] =>
    barLabels(prepareOcclusion(mapOf(([i]) => (i === 32 ? low : high))), 0.1).map(({ t, label }) => [t, label]);

  it('name both ends and 0 where there is room for it', () => {
    expect(bar(-0.2, 0.6)).toEqual([
      [0, '−20.0'],
      [expect.closeTo(0.25), '0'],
      [1, '60.0'],
    ]);
    expect(bar(0.1, 0.6)).toEqual([
      [0, '0'],
      [1, '60.0'],
    ]);
    // 0 would stand on the low end's label.
    expect(bar(-0.02, 0.6).map(([, label]) => label)).toEqual(['−2.0', '60.0']);
  });
});
