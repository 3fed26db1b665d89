import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import { depthOf, extentOf, smoothed, vortexLines } from '@core/phase/lines';

const SIZE = 32;
const RADIUS = 11;
const MIDDLE: Vec3 = [SIZE / 2, SIZE / 2, SIZE / 2];
const placeOf = (v: number): Vec3 => [Math.floor(v / SIZE ** 2), Math.floor(v / SIZE) % SIZE, v % SIZE];
const ball = Uint8Array.from({ length: SIZE ** 3 }, (_, v) => (norm(subtract(placeOf(v), MIDDLE)) < RADIUS ? 1 : 0));

/** Two unit vectors that make a right-handed set with a third. */
function across(direction: Vec3): [Vec3, Vec3] {
  const helper: Vec3 = Math.abs(direction[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const first = normalise(cross(helper, direction));
  return [first, cross(direction, first)];
}

/** A ball whose phase grows by `winding` turns about a straight line, over a smooth phase of its own. */
function ballWithLine(direction: Vec3, through: Vec3, winding: number, bend: number) {
  const [first, second] = across(direction);
  const re = new Float32Array(SIZE ** 3);
  const im = new Float32Array(SIZE ** 3);
  for (let v = 0; v < re.length; v++) {
    const place = subtract(placeOf(v), through);
    const from = subtract(placeOf(v), MIDDLE);
    const phase = winding * Math.atan2(dot(place, second), dot(place, first)) + bend * (dot(from, from) / RADIUS ** 2);
    re[v] = Math.cos(phase);
    im[v] = Math.sin(phase);
  }
  return { re, im };
}

const unit = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 6.28, noNaN: true }))
  .map(([z, a]): Vec3 => [z, Math.sqrt(1 - z * z) * Math.cos(a), Math.sqrt(1 - z * z) * Math.sin(a)]);
const offset = fc.double({ min: -4, max: 4, noNaN: true });
const bend = fc.double({ min: -2, max: 2, noNaN: true });

it('finds a line within a voxel, with its length, direction and the sign of its winding', () => {
  fc.assert(
    fc.property(unit, offset, offset, bend, fc.constantFrom(1, -1), (direction, a, b, curve, sign) => {
      const [first, second] = across(direction);
      const through: Vec3 = [0, 1, 2].map((n) => MIDDLE[n]! + a * first[n]! + b * second[n]!) as unknown as Vec3;
      const { re, im } = ballWithLine(direction, through, sign, curve);
      const [line, ...others] = vortexLines(re, im, ball, SIZE);
      expect(line).toBeDefined();
      expect(line!.closed).toBe(false);
      for (const point of line!.points) {
        const from = subtract(point, through);
        expect(norm(subtract(from, scale(direction, dot(from, direction))))).toBeLessThan(1);
      }
      // Nothing but pieces at the surface beside it.
      const chord = 2 * Math.sqrt(RADIUS ** 2 - a ** 2 - b ** 2);
      const { length, direction: found } = extentOf(line!);
      expect(length).toBeGreaterThan(chord - 4);
      expect(dot(found, direction) * sign).toBeGreaterThan(0.99);
      for (const other of others) expect(extentOf(other).length).toBeLessThan(3);
    }),
    { numRuns: 60 },
  );
});

it('finds none in a crystal that is only bent', () => {
  const { re, im } = ballWithLine([1, 0, 0], MIDDLE, 0, 6);
  expect(vortexLines(re, im, ball, SIZE)).toEqual([]);
});

it('runs the other way in the twin, the complex conjugate', () => {
  const { re, im } = ballWithLine([0, 0, 1], MIDDLE, 1, 0);
  const [line] = vortexLines(re, im, ball, SIZE);
  const [twin] = vortexLines(
    re,
    im.map((x) => -x),
    ball,
    SIZE,
  );
  expect(extentOf(line!).direction[2]).toBeCloseTo(1, 6);
  expect(extentOf(twin!).direction[2]).toBeCloseTo(-1, 6);
});

it('draws a line without the steps of the grid, from end to end, and says how deep below the surface it runs', () => {
  fc.assert(
    fc.property(unit, offset, offset, (direction, a, b) => {
      const [first, second] = across(direction);
      const through: Vec3 = [0, 1, 2].map((n) => MIDDLE[n]! + a * first[n]! + b * second[n]!) as unknown as Vec3;
      const { re, im } = ballWithLine(direction, through, 1, 0);
      const [line] = vortexLines(re, im, ball, SIZE);
      const points = smoothed(line!);
      expect(points).toHaveLength(line!.points.length);
      expect([points[0], points.at(-1)]).toEqual([line!.points[0], line!.points.at(-1)]);
      const off = (point: Vec3): number => {
        const from = subtract(point, through);
        return norm(subtract(from, scale(direction, dot(from, direction))));
      };
      const mean = (all: readonly Vec3[]): number => all.reduce((sum, point) => sum + off(point), 0) / all.length;
      expect(mean(points)).toBeLessThanOrEqual(mean(line!.points) + 1e-9);
      // Its deepest point is the one nearest to the middle.
      expect(Math.abs(depthOf(points, ball, SIZE) - (RADIUS - Math.hypot(a, b)))).toBeLessThan(1.5);
    }),
    { numRuns: 20 },
  );
});

it('smooths a ring all the way round', () => {
  const points = Array.from({ length: 40 }, (_, n): Vec3 => [10 + (n % 2), n, 0]);
  const ring = smoothed({ points, closed: true });
  for (const [x] of ring) expect(Math.abs(x - 10.5)).toBeLessThan(0.1);
  expect(smoothed({ points: [[1, 2, 3]], closed: true })).toEqual([[1, 2, 3]]);
});
