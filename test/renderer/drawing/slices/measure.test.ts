import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileAlong, sumsWithin, type Spot } from '@renderer/drawing/slices/measure';
import { planes, type Plane } from '@renderer/drawing/slices/plane';
import { cutOf, shadowOf } from '@renderer/drawing/slices/sheet';
import { prepareVolume } from '@renderer/drawing/slices/volume';
import { wireVolume } from './wire-volume';

const shape = [7, 9, 11] as const;
// Whole numbers, all different, so that sums are exact and no voxel can be taken for another.
const counts = (i: number, j: number, k: number): number => (i * 9 + j) * 11 + k;
const unseen = (i: number, j: number, k: number): boolean => (3 * i + 5 * j + 7 * k) % 4 === 0;
const volume = prepareVolume(wireVolume(shape, counts, unseen));

const anyPlane = fc.constantFrom(...planes);
const spotOn = (plane: Plane): fc.Arbitrary<Spot> =>
  fc.tuple(fc.nat(shape[plane.right] - 1), fc.nat(shape[plane.up] - 1));
/** Two places on a cut at any depth. */
const anyPair = anyPlane.chain((plane) =>
  fc.record({
    plane: fc.constant(plane),
    depth: fc.nat(shape[plane.normal] - 1),
    from: spotOn(plane),
    to: spotOn(plane),
  }),
);
/** A voxel looked up in the volume by its own indices, as it was written there. */
const told = (plane: Plane, depth: number, [right, up]: Spot): number | null => {
  const voxel: [number, number, number] = [depth, depth, depth];
  voxel[plane.right] = right;
  voxel[plane.up] = up;
  return unseen(...voxel) ? null : counts(...voxel);
};

describe('profileAlong', () => {
  it('is the row of voxels where the line runs along an axis, either way', () => {
    fc.assert(
      fc.property(anyPair, fc.boolean(), ({ plane, depth, from, to }, upwards) => {
        const end: Spot = upwards ? [from[0], to[1]] : [to[0], from[1]];
        const along = upwards ? 1 : 0;
        const by = Math.sign(end[along] - from[along]);
        const row = Array.from({ length: Math.abs(end[along] - from[along]) + 1 }, (_, n) => {
          const at: Spot = upwards ? [from[0], from[1] + n * by] : [from[0] + n * by, from[1]];
          return { at, distance: n, value: told(plane, depth, at) };
        });
        expect(profileAlong(cutOf(volume, plane, depth), from, end)).toEqual(row);
      }),
    );
  });

  it('takes the nearest voxel at each step of any line, and tells what was measured there', () => {
    fc.assert(
      fc.property(anyPair, ({ plane, depth, from, to }) => {
        const points = profileAlong(cutOf(volume, plane, depth), from, to);
        const [across, up] = [to[0] - from[0], to[1] - from[1]];
        const steps = Math.max(Math.abs(across), Math.abs(up));
        expect(points).toHaveLength(steps + 1);
        expect([points[0]!.at, points.at(-1)!.at]).toEqual([from, to]);
        points.forEach(({ at, distance, value }, n) => {
          const t = n / Math.max(1, steps);
          expect(Math.abs(at[0] - (from[0] + t * across))).toBeLessThanOrEqual(0.5 + 1e-9);
          expect(Math.abs(at[1] - (from[1] + t * up))).toBeLessThanOrEqual(0.5 + 1e-9);
          expect(distance).toBeCloseTo(t * Math.sqrt(across ** 2 + up ** 2), 9);
          expect(value).toBe(told(plane, depth, at));
        });
        expect(new Set(points.map(({ at }) => at.join())).size).toBe(points.length);
      }),
    );
  });

  it('passes the same voxels backwards', () => {
    fc.assert(
      fc.property(anyPair, ({ plane, depth, from, to }) => {
        const sheet = cutOf(volume, plane, depth);
        const there = profileAlong(sheet, from, to).map(({ at }) => at);
        expect(
          profileAlong(sheet, to, from)
            .map(({ at }) => at)
            .reverse(),
        ).toEqual(there);
      }),
    );
  });

  it('reads a projection as it is drawn', () => {
    const plane = planes[1];
    const points = profileAlong(shadowOf(shape, volume.shadows('maximum'), plane), [0, 2], [10, 2]);
    const brightest = points.map(({ at }) =>
      Math.max(...Array.from({ length: shape[plane.normal] }, (_, depth) => told(plane, depth, at) ?? 0)),
    );
    const top = Math.max(...volume.intensity.filter((_, n) => volume.mask[n] === 0));
    points.forEach(({ value }, n) => expect(value).toBeCloseTo(brightest[n]! / top, 5));
  });
});

describe('sumsWithin', () => {
  it('says what a direct sum over the volume says, whichever corners were given', () => {
    fc.assert(
      fc.property(anyPair, ({ plane, depth, from, to }) => {
        const found: { readonly at: Spot; readonly value: number | null }[] = [];
        for (let up = 0; up < shape[plane.up]; up++)
          for (let right = 0; right < shape[plane.right]; right++)
            if ((right - from[0]) * (right - to[0]) <= 0 && (up - from[1]) * (up - to[1]) <= 0)
              found.push({ at: [right, up], value: told(plane, depth, [right, up]) });
        const seen = found.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
        const sum = seen.reduce((all, { value }) => all + value, 0);
        const sums = sumsWithin(cutOf(volume, plane, depth), from, to);
        expect(sums).toMatchObject({ sum, measured: seen.length, unmeasured: found.length - seen.length });
        expect(sums.mean).toBe(seen.length > 0 ? sum / seen.length : null);
        expect(sums.maximum).toEqual(seen.toSorted((a, b) => b.value - a.value)[0] ?? null);
        expect(sumsWithin(cutOf(volume, plane, depth), [to[0], from[1]], [from[0], to[1]])).toEqual(sums);
      }),
    );
  });

  it('sums two halves to the whole', () => {
    fc.assert(
      fc.property(anyPair, fc.double({ min: 0, max: 1, noNaN: true }), ({ plane, depth, from, to }, part) => {
        const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
        fc.pre(left < right);
        const cut = Math.min(right - 1, left + Math.floor(part * (right - left)));
        const sheet = cutOf(volume, plane, depth);
        const whole = sumsWithin(sheet, from, to);
        const halves = [
          sumsWithin(sheet, [left, from[1]], [cut, to[1]]),
          sumsWithin(sheet, [cut + 1, from[1]], [right, to[1]]),
        ] as const;
        for (const of of ['sum', 'measured', 'unmeasured'] as const)
          expect(halves[0][of] + halves[1][of]).toBe(whole[of]);
        const tops = halves.map(({ maximum }) => maximum?.value ?? -Infinity);
        expect(Math.max(...tops)).toBe(whole.maximum?.value ?? -Infinity);
      }),
    );
  });

  it('names the first of equally bright voxels, from below and from the left', () => {
    const even = prepareVolume(wireVolume([4, 4, 4], () => 1));
    expect(sumsWithin(cutOf(even, planes[0], 1), [3, 3], [1, 2]).maximum).toEqual({ at: [1, 2], value: 1 });
  });

  it('has no mean and no maximum where nothing was measured, which is not zero', () => {
    const dark = prepareVolume(
      wireVolume(
        [4, 4, 4],
        () => 0,
        () => true,
      ),
    );
    const nothing = { sum: 0, mean: null, maximum: null, measured: 0, unmeasured: 16 };
    expect(sumsWithin(cutOf(dark, planes[0], 1), [0, 0], [3, 3])).toEqual(nothing);
  });
});
