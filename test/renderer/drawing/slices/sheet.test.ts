import { describe, expect, it } from 'vitest';
import { lookupTable, packColours } from '@renderer/drawing/slices/colour-map';
import { levelsOf } from '@renderer/drawing/slices/levels';
import { planes, type Plane } from '@renderer/drawing/slices/plane';
import { cutOf, paintSheet, project, shadowOf, type Sheet } from '@renderer/drawing/slices/sheet';
import { prepareVolume } from '@renderer/drawing/slices/volume';
import { wireVolume } from './wire-volume';

const shape = [3, 4, 5] as const;
const hatch = packColours([
  [1, 1, 1],
  [2, 2, 2],
]);
const colours = lookupTable('viridis');
const value = (i: number, j: number, k: number): number => (i * 20 + j * 5 + k) / 59;
const volume = prepareVolume(wireVolume(shape, value));

const painted = (sheet: Sheet): Uint32Array => {
  const out = new Uint32Array(sheet.rows * sheet.columns);
  paintSheet(
    sheet,
    levelsOf((v) => Math.min(1, v), colours.length),
    colours,
    hatch,
    out,
  );
  return out;
};
/** What stands at a place of a picture, looked up in the volume by loops of its own. */
const along = (plane: Plane, right: number, up: number): number[] =>
  Array.from({ length: shape[plane.normal] }, (_, depth) => {
    const voxel = [0, 0, 0];
    voxel[plane.normal] = depth;
    voxel[plane.up] = up;
    voxel[plane.right] = right;
    return value(voxel[0]!, voxel[1]!, voxel[2]!);
  });

describe('paintSheet', () => {
  it.each(planes)('writes every voxel of the cut across axis $normal to its place', (plane) => {
    const [columns, rows] = [shape[plane.right], shape[plane.up]];
    for (let depth = 0; depth < shape[plane.normal]; depth++) {
      const out = painted(cutOf(volume, plane, depth));
      for (let up = 0; up < rows; up++)
        for (let right = 0; right < columns; right++)
          expect(out[(rows - 1 - up) * columns + right]).toBe(
            colours[Math.round(along(plane, right, up)[depth]! * 255)],
          );
    }
  });

  it('hatches what was not measured instead of colouring it', () => {
    const gapped = prepareVolume(
      wireVolume(
        [8, 8, 8],
        () => 1,
        (_i, j) => j >= 4,
      ),
    );
    const out = painted(cutOf(gapped, planes[0], 2));
    const colour = colours[255]!;
    for (let row = 0; row < 8; row++) {
      expect([...out.subarray(row * 8, row * 8 + 4)]).toEqual([colour, colour, colour, colour]);
      for (const word of out.subarray(row * 8 + 4, row * 8 + 8)) expect([...hatch]).toContain(word);
    }
    // Both greys occur, so that the stripes are seen whatever the background.
    expect(new Set(out.subarray(4, 8)).size).toBe(2);
  });
});

describe('project', () => {
  const total = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0);
  const all = (of: (values: readonly number[]) => number): number =>
    Math.max(
      ...planes.flatMap((plane) =>
        Array.from({ length: shape[plane.right] * shape[plane.up] }, (_, n) =>
          of(along(plane, n % shape[plane.right], Math.floor(n / shape[plane.right]))),
        ),
      ),
    );

  it.each(planes)('adds and finds the brightest along axis $normal, all three on one scale', (plane) => {
    const columns = shape[plane.right];
    const sums = painted(shadowOf(shape, project(volume, 'sum'), plane));
    const maxima = painted(shadowOf(shape, project(volume, 'maximum'), plane));
    for (let up = 0; up < shape[plane.up]; up++)
      for (let right = 0; right < columns; right++) {
        const at = (shape[plane.up] - 1 - up) * columns + right;
        const line = along(plane, right, up);
        expect(sums[at]).toBe(colours[Math.round((total(line) / all(total)) * 255)]);
        expect(maxima[at]).toBe(colours[Math.round(Math.max(...line) * 255)]);
      }
  });

  it('leaves out what was not measured, and masks only where nothing along the axis was', () => {
    const masked = prepareVolume(
      wireVolume(
        [2, 2, 2],
        () => 1,
        (i, j) => i === 0 || j === 1,
      ),
    );
    const [across, side] = masked.shadows('maximum');
    // Along the first axis: the column j = 0 was measured once, j = 1 never.
    expect([...across.mask]).toEqual([0, 0, 1, 1]);
    expect([...side.mask]).toEqual([1, 1, 0, 0]);
    expect([...masked.shadows('sum')[0].values]).toEqual([0.5, 0.5, 0, 0]);
  });
});
