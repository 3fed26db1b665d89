import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, fieldAt } from '@renderer/drawing/inside/solid';
import { solidTints } from '@renderer/drawing/inside/tints';
import { surfaceNets } from '@renderer/drawing/surface/nets';
import { ball } from './ball';

describe('where a body lies', () => {
  it('is the cube about what has values', () => {
    const { bounds } = ball();
    expect(bounds.from).toEqual([4, 5, 6]);
    expect(bounds.to).toEqual([20, 20, 21]);
    expect(bounds.centre).toEqual([11.5, 12, 13]);
    expect(bounds.reach).toBeGreaterThan(7.5);
    expect(bounds.reach).toBeLessThanOrEqual(8);
  });

  it('is the whole volume where nothing has', () => {
    expect(boundsOf(new Float32Array(8).fill(NaN), [2, 2, 2])).toMatchObject({
      centre: [0.5, 0.5, 0.5],
      to: [2, 2, 2],
    });
  });
});

describe('a field between its voxels', () => {
  const { shape, fields } = ball({ strain: ([i, j, k]) => 2 * i - j + k / 2 });

  it('is what it would be where it is straight', () => {
    const inside = fc.tuple(...([9, 10, 11] as const).map((low) => fc.double({ min: low, max: low + 4, noNaN: true })));
    fc.assert(
      fc.property(inside, ([i, j, k]) => {
        expect(fieldAt(fields.strain, shape, [i!, j!, k!], false)).toBeCloseTo(2 * i! - j! + k! / 2, 4);
      }),
    );
  });

  it('is that of the voxels that have one, and none where none has', () => {
    expect(fieldAt(Float32Array.of(3, NaN), [1, 1, 2], [0, 0, 0.9], false)).toBe(3);
    expect(fieldAt(Float32Array.of(3, NaN), [1, 1, 2], [0, 0, 1], false)).toBeNaN();
    expect(fieldAt(fields.strain, shape, [-5, 3, 3], false)).toBeNaN();
  });

  it('is the direction between two, of an angle', () => {
    const half = fieldAt(Float32Array.of(3, 3 - 2 * Math.PI + 0.2), [1, 1, 2], [0, 0, 0.5], true);
    expect(Math.cos(half - 3.1)).toBeCloseTo(1, 6);
  });
});

describe('the colours on a surface', () => {
  const solid = ball({ displacement: ([i]) => i - 11.5 });
  const scale = { cyclic: false, most: 8 };

  it('are those of the field there, also where the surface lies outside the body', () => {
    // Half the modulus: the very surface, to a voxel; a fifth: a voxel further out than what has values, and a body's voxels lie up to another one in.
    for (const [level, within] of [
      [0.5, 16],
      [0.2, 35],
    ] as const) {
      const surface = surfaceNets(solid.modulus, solid.shape, level, 0);
      const tints = solidTints(surface, solid, solid.fields.displacement, scale);
      expect(tints.length).toBeGreaterThan(500);
      tints.forEach((tint, v) => {
        const wanted = 128 + 16 * (surface.positions[3 * v]! - 11.5);
        expect(Math.abs(tint - Math.min(255, Math.max(0, wanted)))).toBeLessThan(within);
      });
    }
  });

  it('are nothing where there is no field at all', () => {
    const surface = surfaceNets(solid.modulus, solid.shape, 0.5, 0);
    const empty = new Float32Array(solid.modulus.length).fill(NaN);
    expect([...new Set(solidTints(surface, solid, empty, scale))]).toEqual([128]);
  });
});
