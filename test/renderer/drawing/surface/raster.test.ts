import type { OcclusionMap } from '@contract/occlusion';
import { describe, expect, it } from 'vitest';
import type { Rotation } from '@renderer/drawing/crystal/camera';
import { createTarget } from '@renderer/drawing/crystal/raster';
import { prepareOcclusion } from '@renderer/drawing/slices/occlusion-map';
import { surfaceNets } from '@renderer/drawing/surface/nets';
import { drawSurface, shadesOf } from '@renderer/drawing/surface/raster';
import { tintedShades, tintsOf } from '@renderer/drawing/surface/tint';

const size = 24;
const centre = [11.5, 11.5, 11.5] as const;
const field = Float32Array.from({ length: size ** 3 }, (_, n) => {
  const at = [Math.floor(n / size ** 2), Math.floor(n / size) % size, n % size] as const;
  return -Math.hypot(at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]);
});
const straight: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const shades = shadesOf([200, 100, 50]);

function draw(rotation: Rotation): ReturnType<typeof createTarget> {
  const target = createTarget(100, 80, new Uint32Array(8000));
  const surface = surfaceNets(field, [size, size, size], -8, -100);
  drawSurface(target, { surface, centre, rotation, scale: 4, shades });
  return target;
}

describe('drawSurface', () => {
  it('covers the disc of a sphere without a hole, and nothing beside it', () => {
    const { words, width, depth } = draw(straight);
    for (let row = 0; row < 80; row++)
      for (let column = 0; column < 100; column++) {
        const r = Math.hypot(column + 0.5 - 50, row + 0.5 - 40);
        const seen = words[row * width + column] !== 0;
        if (r < 30.5) expect(seen, `${row} ${column}`).toBe(true);
        if (r > 33) expect(seen, `${row} ${column}`).toBe(false);
      }
    // The side towards the viewer is what is seen.
    expect(depth[40 * width + 50]).toBeCloseTo(8, 0);
  });

  it('is lit from the upper left', () => {
    const { words, width } = draw(straight);
    const light = (column: number, row: number): number => shades.indexOf(words[row * width + column]!);
    expect(light(38, 26)).toBeGreaterThan(light(62, 54));
  });
});

describe('a tinted surface', () => {
  const size2 = [200, 100, 50] as const;

  it('has the colours of the map where the probability changes, and its own elsewhere', () => {
    const surface = surfaceNets(field, [size, size, size], -8, -100);
    // A fall on the right of the picture (axis 0 runs to the right), nothing on the left.
    const axis = [0, 12, 24];
    const drop = new Float32Array(27);
    for (let n = 18; n < 27; n++) drop[n] = 0.6;
    const map: OcclusionMap = {
      ...{ class: 'screw', probability: 0.9, model: 'a', radius: 13, axis, pass: 'fine', done: 27, total: 27 },
      drop: new Uint8Array(drop.buffer),
      measured: new Uint8Array(27).fill(1),
    };
    const tints = tintsOf(surface, { step: 1 }, prepareOcclusion(map));
    const target = createTarget(100, 80, new Uint32Array(8000));
    const tinted = tintedShades(size2, 1);
    drawSurface(target, { surface, centre, rotation: straight, scale: 4, shades: tinted, tints });
    const colour = (column: number): readonly number[] => [
      ...new Uint8Array(target.words.buffer, 4 * (40 * target.width + column), 3),
    ];
    const own = shadesOf(size2);
    expect(own).toContain(target.words[40 * target.width + 24]);
    // Towards the map's red: more blue than green, where the surface's own colour has more green.
    const [, green, blue] = colour(76);
    expect(blue).toBeGreaterThan(green!);
    expect(own).not.toContain(target.words[40 * target.width + 76]);
  });

  it('takes the middle of a block for where its voxels are', () => {
    const surface = {
      positions: Float32Array.of(5, 5, 5),
      normals: new Float32Array(3),
      triangles: new Uint32Array(0),
    };
    const drop = new Float32Array(8);
    drop[7] = 1;
    const map: OcclusionMap = {
      ...{ class: 'edge', probability: 1, model: 'a', radius: 13, axis: [0, 21], pass: 'coarse', done: 8, total: 8 },
      drop: new Uint8Array(drop.buffer),
      measured: new Uint8Array(8).fill(1),
    };
    // Index 5 in blocks of four is voxel 21.5; in single voxels it is nearly where nothing falls.
    expect(tintsOf(surface, { step: 4 }, prepareOcclusion(map))[0]).toBe(64);
    expect(tintsOf(surface, { step: 1 }, prepareOcclusion(map))[0]).toBeLessThan(34);
  });
});
