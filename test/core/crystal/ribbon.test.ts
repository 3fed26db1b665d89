import { describe, expect, it } from 'vitest';
import { fillFcc } from '@core/crystal/lattice';
import { findRibbon } from '@core/crystal/ribbon';
import { winterbottom } from '@core/crystal/shape';
import { cross, dot, normalise, subtract, type Vec3 } from '@core/math/vector';

const A = 4;
const shape = winterbottom({ element: 'Au', lateral: 22 * A, interfaceIndex: 0, height: 0.7 });
const positions = fillFcc(shape, A);
const at = (i: number): Vec3 => [positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!];
const atoms = positions.length / 3;
const normal = normalise([1, 1, 1]);

/** Everything fcc but the surface, and a ribbon of two {111} layers along `line` through the centroid, as LAMMPS would number it. */
function structureWith(line: Vec3, width: number, length = Infinity): Uint8Array {
  const across = cross(normal, line);
  return Uint8Array.from({ length: atoms }, (_, i) => {
    const p = at(i);
    if (shape.signedDistance(...p) > -0.6 * A) return 5;
    const d = subtract(p, shape.centroid);
    const inLayer = Math.abs(dot(d, normal)) < A / Math.sqrt(3);
    const inStrip = Math.abs(dot(d, across)) < width / 2 && Math.abs(dot(d, line)) < length / 2;
    return inLayer && inStrip ? 2 : 1;
  });
}

const screw = normalise([1, -1, 0]);
const edge = normalise([1, 1, -2]);

describe('the ribbon of a dissociated dislocation', () => {
  it.each([
    ['screw', screw, 0],
    ['edge', edge, 90],
    ['60 degrees', normalise([1, 0, -1]), 60],
  ])('runs along the line of a %s dislocation', (_, line, character) => {
    const found = findRibbon(positions, structureWith(line, 12), A, [0.5, -0.5, 0]);
    expect(found.present).toBe(true);
    expect(Math.abs(dot(found.line!, line))).toBeGreaterThan(Math.cos((8 * Math.PI) / 180));
    expect(found.characterDeg).toBeGreaterThan(character - 8);
    expect(found.characterDeg).toBeLessThan(character + 8);
    expect(Math.hypot(...subtract(found.point!, shape.centroid))).toBeLessThan(1.5 * A);
  });

  it('is not seen in a perfect crystal, whose surface is no fcc either', () => {
    expect(findRibbon(positions, structureWith(screw, 0), A)).toEqual({ present: false, atoms: 0 });
  });

  it('is not a speck that no pattern would show', () => {
    expect(findRibbon(positions, structureWith(screw, 8, 8), A).present).toBe(false);
  });

  it('tells no character where it is as wide as long', () => {
    const found = findRibbon(positions, structureWith(screw, 28, 28), A, [0.5, -0.5, 0]);
    expect(found.present).toBe(true);
    expect(found.characterDeg).toBeUndefined();
  });
});
