import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { atomCloud } from '@renderer/drawing/crystal/cloud';
import {
  dragged,
  fromCorner,
  lookingAlong,
  turned,
  type Rotation,
  type Vector,
} from '@renderer/drawing/crystal/camera';
import { paintAtoms } from '@renderer/drawing/crystal/paint';
import { createTarget, drawCloud, FAINT, HIDDEN, shades } from '@renderer/drawing/crystal/raster';

const bytes = (values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const straight: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Four atoms in a row along the line of sight, the last one nearest, and one aside. */
const cloud = atomCloud({
  total: 5,
  shown: 5,
  positions: bytes([0, 0, -6, 0, 0, -2, 0, 0, 2, 0, 0, 6, 8, 0, 0]),
  displacement: bytes([0, 0.5, 1, 0.25, 0]),
  structure: Uint8Array.from([1, 2, 1, 5, 1]),
  surface: Uint8Array.from([1, 0, 0, 1, 1]),
  spacing: 2,
  radius: 10,
});
const painted = (by: 'displacement' | 'structure', cutAt: number): number[] => [
  ...paintAtoms(cloud, by, straight, cutAt, new Uint16Array(5)),
];

describe('the camera', () => {
  it('stays a rotation however often it is dragged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })), {
          maxLength: 200,
        }),
        (drags) => {
          const rotation = drags.reduce<Rotation>((now, [right, up]) => dragged(now, right, up), fromCorner);
          for (const a of [0, 1, 2] as const)
            for (const b of [0, 1, 2] as const) expect(dot(rotation[a], rotation[b])).toBeCloseTo(a === b ? 1 : 0, 9);
        },
      ),
    );
  });

  it('moves what is in front the way it is dragged', () => {
    expect(turned(dragged(straight, 0.1, 0), [0, 0, 1])[0]).toBeCloseTo(Math.sin(0.1));
    expect(turned(dragged(straight, 0, 0.1), [0, 0, 1])[1]).toBeCloseTo(Math.sin(0.1));
  });

  it('looks along a direction, right-handed, whatever up was wished for', () => {
    for (const up of [
      [0, 0, 1],
      [1, 1, 0],
    ] as const) {
      const [right, above, towards] = lookingAlong([2, 2, 0], up);
      expect(turned([right, above, towards], [1, 1, 0])).toEqual([0, 0, Math.SQRT2].map((x) => expect.closeTo(x, 9)));
      expect(dot(right, above)).toBeCloseTo(0);
    }
  });
});

describe('what is drawn of a crystal', () => {
  it('is the surface of a whole one, and the cut of one cut open', () => {
    expect(painted('displacement', Infinity)).toEqual([0, HIDDEN, HIDDEN, 128, 0]);
    expect(painted('displacement', 3)[2]).toBe(255);
  });

  it('is, by structure, all that is not fcc inside, with the surface faint', () => {
    expect(painted('structure', Infinity)).toEqual([FAINT, 0, HIDDEN, FAINT, FAINT]);
  });
});

describe('the raster', () => {
  const palette = Uint32Array.from({ length: 256 * shades }, (_, n) => 1 + Math.floor(n / shades));
  const draw = (cutAt: number, by: 'displacement' | 'structure' = 'displacement') => {
    const target = createTarget(41, 41, new Uint32Array(41 * 41));
    const paint = paintAtoms(cloud, by, straight, cutAt, new Uint16Array(5));
    drawCloud(target, { cloud, rotation: straight, scale: 2, cutAt, paint, palette, faint: Uint32Array.of(900, 901) });
    return target.words;
  };
  const middle = 20 * 41 + 20;

  it('shows the nearest atom, and what is behind it once it is cut away', () => {
    expect(draw(Infinity)[middle]).toBe(1 + 128);
    expect(draw(3)[middle]).toBe(1 + 255);
    expect(draw(-3)[middle]).toBe(1);
  });

  it('leaves transparent what no atom covers, and draws atoms aside where they are', () => {
    const words = draw(Infinity);
    expect(words[0]).toBe(0);
    expect(words[middle + 16]).toBe(1);
    expect(words[middle + 10]).toBe(0);
  });

  it('draws faint atoms behind all others, and none beyond the edge', () => {
    expect(draw(Infinity, 'structure')[middle]).toBe(1);
    expect(draw(Infinity, 'structure')[middle + 16]).toBe(900);
  });
});
