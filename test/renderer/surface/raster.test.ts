import { describe, expect, it } from 'vitest';
import type { Rotation } from '../../../src/renderer/crystal/camera';
import { createTarget } from '../../../src/renderer/crystal/raster';
import { surfaceNets } from '../../../src/renderer/surface/nets';
import { drawSurface, shadesOf } from '../../../src/renderer/surface/raster';

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
