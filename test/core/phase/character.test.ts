import fc from 'fast-check';
import { expect, it } from 'vitest';
import { burgersVectors, glidePlanes, lineDirection, visibility } from '@core/crystal/slip';
import { dot, normalise, scale, type Vec3 } from '@core/math/vector';
import { characterOf } from '@core/phase/character';

const angle = (a: Vec3, b: Vec3): number =>
  (180 / Math.PI) * Math.acos(Math.min(1, Math.abs(dot(normalise(a), normalise(b)))));

it('tells screw from edge at {111} and {200} by angles that a table of the lattice has', () => {
  // Screws along <110>: 35.26 and 45 degrees; edges along <112>: 61.87 and 65.91 degrees (cosines by hand).
  expect(characterOf([1, 1, 1], 35.3, 1)).toBe('screw');
  expect(characterOf([1, -1, 1], 61.9, 1)).toBe('edge');
  expect(characterOf([2, 0, 0], 45, 1)).toBe('screw');
  expect(characterOf([0, -2, 0], 65.9, 1)).toBe('edge');
  // Along Q itself at {220} with two turns runs the screw of b = 1/2[110], across it its edge.
  expect(characterOf([2, 2, 0], 0, 2)).toBe('screw');
  expect(characterOf([2, 2, 0], 90, 2)).toBe('edge');
});

it('never calls a line by the other name that has exactly the angle of one', () => {
  const reflections: Vec3[] = [
    [1, 1, 1],
    [2, 0, 0],
    [2, 2, 0],
    [3, 1, 1],
    [-1, 1, -3],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...reflections), fc.constantFrom(...burgersVectors), fc.nat(1), (hkl, burgers, n) => {
      const winding = Math.abs(visibility(hkl, burgers));
      fc.pre(winding > 0);
      expect(characterOf(hkl, angle(hkl, burgers), winding)).not.toBe('edge');
      const line = lineDirection(scale(burgers, Math.SQRT2), glidePlanes(burgers)[n]!, 90);
      expect(characterOf(hkl, angle(hkl, line), winding)).not.toBe('screw');
    }),
  );
});

it('calls mixed what lies between', () => {
  expect(characterOf([1, 1, 1], (35.26 + 61.87) / 2, 1)).toBe('mixed');
});

it('knows a steep line from a flat one without the reflection', () => {
  expect(characterOf(null, 30, 1)).toBe('screw');
  expect(characterOf(null, 80, 1)).toBe('edge');
});
