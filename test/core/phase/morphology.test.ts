import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closeBall, fillHoles, type Shape } from '@core/phase/morphology';

const SIZE = 9;
const places = Array.from({ length: SIZE ** 3 }, (_, v) => [
  Math.floor(v / SIZE ** 2),
  Math.floor(v / SIZE) % SIZE,
  v % SIZE,
]);

/** By the definition: a voxel is added where a ball that touches it holds one of the set's. */
const dilated = (set: Uint8Array, radius: number): Uint8Array =>
  set.map((_, v) =>
    places.some((place, w) => set[w] === 1 && Math.hypot(...place.map((x, n) => x - places[v]![n]!)) <= radius + 1e-9)
      ? 1
      : 0,
  );

it('closes a set by a ball as the definition does: grown by it, and what is outside grown back', () => {
  // Some fill the cube, some lie within it.
  const set = fc
    .tuple(fc.array(fc.nat(5), { minLength: SIZE ** 3, maxLength: SIZE ** 3 }), fc.nat(4))
    .map(([all, margin]) => Uint8Array.from(all, (n, v) => (n === 0 && Math.min(...places[v]!) >= margin ? 1 : 0)));
  fc.assert(
    fc.property(set, fc.constantFrom(1, 1.5, 2.3, 3), (some, radius) => {
      const grown = dilated(some, radius).map((is) => 1 - is);
      expect(closeBall(some, [SIZE, SIZE, SIZE], radius)).toEqual(dilated(grown, radius).map((is) => 1 - is));
    }),
    { numRuns: 12 },
  );
});

/** By the definition: from the rim inwards through what is empty, until nothing more is reached; the rest is filled. */
function filled(set: Uint8Array, [a, b, c]: Shape): Uint8Array {
  const at = (v: number): [number, number, number] => [Math.floor(v / (b * c)), Math.floor(v / c) % b, v % c];
  const onRim = (v: number): boolean =>
    at(v).some((x, axis) => [a, b, c][axis]! > 1 && (x === 0 || x === [a, b, c][axis]! - 1));
  const outside = set.map((is, v) => (is === 0 && onRim(v) ? 1 : 0));
  for (let grew = true; grew;) {
    grew = false;
    for (let v = 0; v < set.length; v++) {
      if (set[v] === 1 || outside[v] === 1) continue;
      const beside = outside.some(
        (is, w) => is === 1 && at(w).reduce((sum, x, n) => sum + Math.abs(x - at(v)[n]!), 0) === 1,
      );
      if (beside) outside[v] = 1;
      grew ||= beside;
    }
  }
  return outside.map((is) => 1 - is);
}

it('fills what is enclosed as the definition does, in cubes and squares, wherever the set lies', () => {
  const shapes = fc.constantFrom<Shape>([5, 6, 5], [1, 8, 9], [7, 4, 4]);
  const sets = shapes.chain((shape) => {
    const length = shape[0] * shape[1] * shape[2];
    return fc.tuple(
      fc.constant(shape),
      fc.array(fc.nat(9), { minLength: length, maxLength: length }),
      fc.nat(6),
      fc.nat(2),
    );
  });
  fc.assert(
    fc.property(sets, ([shape, draws, most, margin]) => {
      const [, b, c] = shape;
      // A margin without any, so that the set lies within: mostly full, since few voxels enclose nothing.
      const set = Uint8Array.from(draws, (n, v) =>
        v % c >= margin && Math.floor(v / c) % b >= margin && n > 6 - most ? 1 : 0,
      );
      expect(fillHoles(set, shape)).toEqual(filled(set, shape));
    }),
    { numRuns: 60 },
  );
  const shell = new Uint8Array(125).fill(1);
  shell[62] = 0;
  expect(fillHoles(shell, [5, 5, 5])[62]).toBe(1);
  expect(fillHoles(new Uint8Array(125), [5, 5, 5])).toEqual(new Uint8Array(125));
});
