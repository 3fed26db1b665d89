import { describe, expect, it } from 'vitest';
import { bodyWindow, paintBodyCut } from '@renderer/drawing/inside/cut';
import { levelOf } from '@renderer/drawing/inside/quantity';
import { planes } from '@renderer/drawing/slices/plane';
import { ball } from './ball';

const solid = ball({ displacement: ([i, j, k]) => (i - 11.5) / 3 + (j - 12) / 7 + (k - 13) / 11 });
const scale = { cyclic: false, most: 6 };
/** Its own number for a colour. */
const table = Uint32Array.from({ length: 256 }, (_, n) => n + 1);

describe('a cut through a body', () => {
  it.each(planes)('has each voxel where the crosshair looks for it: across axis $normal', (plane) => {
    const index = 14;
    const [columns, rows] = [solid.shape[plane.right], solid.shape[plane.up]];
    const out = new Uint32Array(columns * rows);
    const field = solid.fields.displacement;
    paintBodyCut({ shape: solid.shape, field, body: field }, plane, index, { table, scale }, out);
    let inside = 0;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const place: [number, number, number] = [0, 0, 0];
        place[plane.normal] = index;
        place[plane.right] = column;
        place[plane.up] = rows - 1 - row;
        const [i, j, k] = place;
        const there = Math.hypot(i - 11.5, j - 12, k - 13) <= 8;
        const value = (i - 11.5) / 3 + (j - 12) / 7 + (k - 13) / 11;
        if (there) inside++;
        expect(out[row * columns + column]).toBe(there ? levelOf(Math.fround(value), scale) + 1 : 0);
      }
    expect(inside).toBeGreaterThan(150);
  });

  it('masks the modulus outside the body, too', () => {
    const out = new Uint32Array(26 * 24);
    const { shape, modulus, fields } = solid;
    paintBodyCut({ shape, field: modulus, body: fields.phase }, planes[0], 13, { table, scale: null }, out);
    // The middle is the brightest; a voxel at 8.5 from it has some modulus left, and is none of the body's.
    expect(out[12 * 26 + 12]).toBe(256);
    expect(modulus[(3 * 26 + 12) * 28 + 13]).toBeGreaterThan(0);
    expect(out[(23 - 3) * 26 + 12]).toBe(0);
  });

  it('shows as much along each axis, with the whole body in it', () => {
    const windows = ([0, 1, 2] as const).map((axis) => bodyWindow(solid, axis));
    expect(new Set(windows.map(([from, to]) => to - from)).size).toBe(1);
    windows.forEach(([from, to], axis) => {
      expect(from).toBeLessThanOrEqual(solid.bounds.from[axis]!);
      expect(to).toBeGreaterThanOrEqual(solid.bounds.to[axis]!);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(solid.shape[axis]!);
    });
  });
});
