import { describe, expect, it } from 'vitest';
import type { Rotation } from '@renderer/drawing/crystal/camera';
import type { Body } from '@renderer/drawing/inside/body';
import { insideColours } from '@renderer/drawing/inside/colours';
import { pickOn } from '@renderer/drawing/inside/pick';
import { levelOf, scaleOf } from '@renderer/drawing/inside/quantity';
import { createLayers, drawBody } from '@renderer/drawing/inside/software';
import { solidTints } from '@renderer/drawing/inside/tints';
import { joined, tubeOf } from '@renderer/drawing/inside/tube';
import { packColours } from '@renderer/drawing/slices/colour-map';
import { surfaceNets } from '@renderer/drawing/surface/nets';
import { ball } from './ball';

const [width, height, scale] = [96, 80, 3.5];
/** The first axis to the right, the second upwards, the third towards the viewer. */
const straight: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const solid = ball({ phase: ([i]) => (i > 11.5 ? Math.PI - 0.02 : 0.02 - Math.PI) });
const surface = surfaceNets(solid.modulus, solid.shape, 0.5, 0);
const { centre } = solid.bounds;
const green = packColours(Array.from({ length: 256 }, () => [0, 200, 0] as const));
const plain: Body = {
  ...{ surface, colours: green, cyclic: false, opacity: 0.4, centre },
  tints: new Uint8Array(surface.positions.length / 3),
  inner: [90, 90, 90],
  lines: joined([
    tubeOf(
      [
        [11.5, 5, 13],
        [11.5, 19, 13],
      ],
      1,
    ),
  ]),
  line: [255, 0, 0],
};

function picture(body: Body): (column: number, row: number) => readonly number[] {
  const layers = createLayers(width, height, new Uint32Array(width * height));
  drawBody(layers, body, { rotation: straight, scale });
  const bytes = new Uint8Array(layers.words.buffer);
  return (column, row) => [...bytes.subarray(4 * (row * width + column), 4 * (row * width + column) + 4)];
}

describe('drawBody', () => {
  it('shows a line within through a translucent surface, and none through a solid one', () => {
    const [through, solidly] = [picture(plain), picture({ ...plain, opacity: 1 })];
    const [red, greenish, , alpha] = through(48, 40);
    // Red under green, which is thinner there than beside the line.
    expect(red).toBeGreaterThan(110);
    expect(greenish).toBeGreaterThan(20);
    expect(greenish).toBeLessThan(through(60, 40)[1]!);
    expect(alpha).toBe(255);
    expect(solidly(48, 40)[0]).toBe(0);
    expect(solidly(48, 40)[3]).toBe(255);
  });

  it('lets the ground through by what both sides leave of it', () => {
    const at = picture(plain);
    // Near side over far side: 1 - 0.6 x 0.6.
    expect(at(62, 40)[3]! / 255).toBeCloseTo(0.64, 2);
    expect(at(62, 40)[0]).toBeGreaterThan(0);
    expect(at(2, 2)).toEqual([0, 0, 0, 0]);
  });

  it('has a line that stands out of the surface before it', () => {
    const out = {
      ...plain,
      lines: tubeOf(
        [
          [11.5, 12, 13],
          [11.5, 12, 26],
        ],
        1,
      ),
    };
    const [red, greenish, blue, alpha] = picture(out)(48, 40);
    expect([red! > 150, greenish, blue, alpha]).toEqual([true, 0, 0, 255]);
  });

  it('passes from the last colour of a circle to the first without those between', () => {
    const phase = scaleOf('phase', []);
    const { cyclic } = insideColours(false);
    const tints = solidTints(surface, solid, solid.fields.phase, phase);
    expect(new Set(tints)).toContain(levelOf(Math.PI - 0.02, phase));
    const at = picture({ ...plain, tints, colours: cyclic, cyclic: true, opacity: 1 });
    // Dark on both sides of the step; half way round lies Twilight's lightest.
    for (let column = 30; column < 66; column++) expect(Math.max(...at(column, 40).slice(0, 3))).toBeLessThan(100);
  });
});

describe('pickOn', () => {
  it('finds what of the surface lies in front, and nothing beside it', () => {
    const [x, y, z] = pickOn(surface, centre, straight, 0, 0)!;
    expect(Math.hypot(x - centre[0], y - centre[1])).toBeLessThan(1);
    expect(z - centre[2]).toBeCloseTo(8, 0);
    expect(pickOn(surface, centre, straight, 10, 0)).toBeNull();
    const aside = pickOn(surface, centre, straight, 5, -3)!;
    expect(Math.hypot(aside[0] - centre[0] - 5, aside[1] - centre[1] + 3)).toBeLessThan(1);
  });
});
