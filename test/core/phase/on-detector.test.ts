import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AffineQ } from '@core/geometry/affine';
import {
  apply,
  determinant,
  dot,
  identity,
  invert,
  normalise,
  scale,
  transpose,
  type Mat3,
  type Vec3,
} from '@core/math/vector';
import { countOf } from '@core/phase/grid';
import { onDetector } from '@core/phase/on-detector';

const SIZE = 64;
const VOXEL = 0.001;
const affineOf = (jacobian: Mat3): AffineQ => {
  const none: Vec3 = [0, 0, 0];
  return { index: none, q: none, steps: none, jacobian, inverse: invert(jacobian)! };
};
/** A ball about a place, voxels from the middle. */
const ball = (centre: Vec3, radius: number): Uint8Array =>
  Uint8Array.from({ length: SIZE ** 3 }, (_, v) => {
    const place = [Math.floor(v / SIZE ** 2), Math.floor(v / SIZE) % SIZE, v % SIZE];
    return Math.hypot(...place.map((x, axis) => x - SIZE / 2 - centre[axis]!)) <= radius ? 1 : 0;
  });

it('is the same set where the detector measures along the axes of the volume, as finely', () => {
  const frame: Mat3 = [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ];
  const body = ball([3, -2, 5], 9);
  const cut = {
    shape: [SIZE, SIZE, SIZE] as Vec3,
    affine: affineOf(transpose(frame).map((row) => scale(row, VOXEL)) as unknown as Mat3),
  };
  expect(onDetector(body, { frame, voxel: VOXEL }, cut)).toEqual(body);
});

it('keeps the volume of a body, and the waves that its place makes in Q, on oblique axes of any steps', () => {
  const component = fc.double({ min: -0.4, max: 0.4, noNaN: true });
  const step = fc.double({ min: 0.6, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(component, component, component), fc.tuple(step, step, step), ([a, b, c], steps) => {
      const jacobian = transpose([
        scale(normalise([1, a, b]), VOXEL * steps[0]),
        scale(normalise([c, 1, a]), VOXEL * steps[1]),
        scale(normalise([b, c, 1]), VOXEL * steps[2]),
      ]);
      const shape: Vec3 = [60, 72, 80];
      const centre: Vec3 = [4, -3, 2];
      const body = ball(centre, 12);
      const found = onDetector(body, { frame: identity, voxel: VOXEL }, { shape, affine: affineOf(jacobian) });
      // A voxel of the detector's object is (2 pi)^3 over what its counts span of Q.
      const volume = (SIZE * VOXEL) ** 3 / (shape[0] * shape[1] * shape[2] * Math.abs(determinant(jacobian)));
      expect(Math.abs((countOf(found) * volume) / countOf(body) - 1)).toBeLessThan(0.06);
      // Its wave turns by the same angle from index to index: J n . r = 2 pi m . n / N.
      const r = scale(centre, (2 * Math.PI) / (SIZE * VOXEL));
      const middle = [0, 0, 0];
      for (let v = 0; v < found.length; v++) {
        if (found[v] === 0) continue;
        middle[0]! += Math.floor(v / (shape[1] * shape[2])) - shape[0] / 2;
        middle[1]! += (Math.floor(v / shape[2]) % shape[1]) - shape[1] / 2;
        middle[2]! += (v % shape[2]) - shape[2] / 2;
      }
      const turns = apply(transpose(jacobian), r);
      turns.forEach((turn, axis) => {
        expect(Math.abs(middle[axis]! / countOf(found) - (turn * shape[axis]!) / (2 * Math.PI))).toBeLessThan(0.3);
      });
      expect(dot(r, r)).toBeGreaterThan(0);
    }),
    { numRuns: 10 },
  );
});
