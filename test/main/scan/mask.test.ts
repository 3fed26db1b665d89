import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskOf } from '@main/scan/mask';

/** Orders of three axes. */
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

const sizes = fc.uniqueArray(fc.integer({ min: 2, max: 6 }), { minLength: 3, maxLength: 3 });

/** Element by element, as numpy.transpose has it. */
function transposed(data: readonly number[], shape: readonly number[], order: readonly number[]): number[] {
  const own = order.map((axis) => shape[axis]!);
  const out: number[] = [];
  for (let i = 0; i < own[0]!; i++)
    for (let j = 0; j < own[1]!; j++)
      for (let k = 0; k < own[2]!; k++) {
        const index = [0, 0, 0];
        [i, j, k].forEach((at, n) => (index[order[n]!] = at));
        out.push(data[(index[0]! * shape[1]! + index[1]!) * shape[2]! + index[2]!]!);
      }
  return out;
}

it('a mask for each frame is understood whatever the order of its axes, and any other order is told', () => {
  const given = sizes.chain(([frames = 0, rows = 0, cols = 0]) =>
    fc.record({
      frames: fc.constant([frames, rows, cols] as const),
      data: fc.array(fc.constantFrom(0, 1, 255), { minLength: frames * rows * cols, maxLength: frames * rows * cols }),
      order: fc.constantFrom(...orders),
      present: fc.integer({ min: 1, max: frames }),
    }),
  );
  fc.assert(
    fc.property(given, ({ frames, data, order, present }) => {
      const shape = order.map((axis) => frames[axis]);
      const { mask, turnedMask, unfitMask } = maskOf(transposed(data, frames, order), shape, frames, present);
      expect(unfitMask).toBeUndefined();
      expect(Array.from(mask!)).toEqual(
        data.slice(0, present * frames[1] * frames[2]).map((value) => (value === 0 ? 0 : 1)),
      );
      expect(turnedMask).toEqual(order.every((axis, i) => axis === i) ? undefined : shape);
    }),
  );
});

it('a mask that all frames share may have axes of one element, and may be turned', () => {
  const data = [0, 1, 0, 0, 1, 1];
  for (const shape of [
    [2, 3],
    [1, 2, 3],
    [2, 3, 1],
    [1, 1, 2, 3],
  ])
    expect(maskOf(data, shape, [9, 2, 3])).toEqual({ mask: Uint8Array.from(data) });
  expect(maskOf([0, 0, 1, 1, 0, 1], [3, 2], [9, 2, 3])).toEqual({ mask: Uint8Array.from(data), turnedMask: [3, 2] });
});

it('a mask of another size is handed on as its shape', () => {
  for (const shape of [[2, 4], [8, 2, 3], [6], [2, 3, 9, 2], []])
    expect(maskOf(new Uint8Array(999), shape, [9, 2, 3])).toEqual({ unfitMask: shape });
});
