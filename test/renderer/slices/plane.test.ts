import { describe, expect, it } from 'vitest';
import { lookupTable, packColours } from '../../../src/renderer/slices/colour-map';
import { paintSlice, planes } from '../../../src/renderer/slices/plane';
import { prepareVolume } from '../../../src/renderer/slices/volume';
import { wireVolume } from './wire-volume';

const shape = [3, 4, 5] as const;
const hatch = packColours([
  [1, 1, 1],
  [2, 2, 2],
]);

describe('paintSlice', () => {
  it.each(planes)(
    'writes every voxel of the cut across axis $normal to its place, upwards and to the right',
    (plane) => {
      const volume = prepareVolume(wireVolume(shape, (i, j, k) => (i * 20 + j * 5 + k) / 59));
      const levels = volume.levelsOf('linear');
      const colours = lookupTable('viridis');
      const [columns, rows] = [shape[plane.right], shape[plane.up]];
      for (let depth = 0; depth < shape[plane.normal]; depth++) {
        const out = new Uint32Array(columns * rows);
        paintSlice(volume, plane, depth, levels, colours, hatch, out);
        for (let up = 0; up < rows; up++)
          for (let right = 0; right < columns; right++) {
            const voxel = [0, 0, 0];
            voxel[plane.normal] = depth;
            voxel[plane.up] = up;
            voxel[plane.right] = right;
            const value = (voxel[0]! * 20 + voxel[1]! * 5 + voxel[2]!) / 59;
            expect(out[(rows - 1 - up) * columns + right]).toBe(colours[Math.round(value * 255)]);
          }
      }
    },
  );

  it('hatches what was not measured instead of colouring it', () => {
    const volume = prepareVolume(
      wireVolume(
        [8, 8, 8],
        () => 1,
        (_i, j) => j >= 4,
      ),
    );
    const out = new Uint32Array(64);
    paintSlice(volume, planes[0], 2, volume.levelsOf('log'), lookupTable('viridis'), hatch, out);
    const colour = lookupTable('viridis')[255]!;
    for (let row = 0; row < 8; row++) {
      expect([...out.subarray(row * 8, row * 8 + 4)]).toEqual([colour, colour, colour, colour]);
      for (const word of out.subarray(row * 8 + 4, row * 8 + 8)) expect([...hatch]).toContain(word);
    }
    // Both greys occur, so that the stripes are seen whatever the background.
    expect(new Set(out.subarray(4, 8)).size).toBe(2);
  });
});

describe('planes', () => {
  it('share the axis to the right in a column of the grid and the axis upwards in a row', () => {
    expect(planes[0].up).toBe(planes[1].up);
    expect(planes[0].right).toBe(planes[2].right);
    for (const { normal, right, up } of planes) expect([normal, right, up].sort()).toEqual([0, 1, 2]);
  });
});
