import { expect, it } from 'vitest';
import type { Vec3 } from '@core/math/vector';
import { fieldsOf, withSurface } from '@core/phase/fields';
import { lookInside } from '@core/phase/inside';
import { createRetrievalMemory } from '@core/phase/retrieve';

const SIZE = 32;
const fft = createRetrievalMemory(SIZE);
const Q: Vec3 = [1, 0, 0];
const placeOf = (v: number): Vec3 => [
  Math.floor(v / SIZE ** 2) - 16,
  (Math.floor(v / SIZE) % SIZE) - 16,
  (v % SIZE) - 16,
];

/** A cube of 13 voxels, twice as bright as 1, displaced along Q by 0.01 x^2 rad. */
function bentCube() {
  const [re, im] = [new Float32Array(SIZE ** 3), new Float32Array(SIZE ** 3)];
  for (let v = 0; v < re.length; v++) {
    const place = placeOf(v);
    if (place.some((x) => Math.abs(x) > 6)) continue;
    re[v] = 2 * Math.cos(0.01 * place[0] ** 2);
    im[v] = 2 * Math.sin(0.01 * place[0] ** 2);
  }
  const start = {
    size: SIZE,
    re,
    im,
    support: new Uint8Array(0),
    freeError: 0.1,
    farError: 0.1,
    likelihood: { all: 1, free: 1 },
    blurVariance: 0,
  };
  return lookInside([start], { q: Q, hkl: null }, fft);
}

it('gives phase, displacement and strain in their units, within the body only', () => {
  const inside = bentCube();
  const qLength = 2.5;
  const voxel = 0.001;
  const { modulus, phase, displacement, strain, body } = fieldsOf(inside, { q: Q, qLength, voxel }, SIZE);
  const at = ([x, y, z]: Vec3): number => ((x + 16) * SIZE + y + 16) * SIZE + z + 16;
  expect(modulus[at([0, 0, 0])]).toBeCloseTo(1, 5);
  expect(modulus[at([15, 0, 0])]).toBe(0);
  expect(phase[at([15, 0, 0])]).toBeNaN();
  expect(phase[at([4, 0, 0])]! - phase[at([0, 0, 0])]!).toBeCloseTo(0.16, 4);
  expect(displacement![at([4, 1, 0])]! - displacement![at([0, 1, 0])]!).toBeCloseTo(0.16 / qLength, 4);
  // du/dx = 0.02 x rad per voxel of 2 pi / (32 x 0.001) angstrom.
  const edge = (2 * Math.PI) / (SIZE * voxel);
  expect(strain![at([3, 0, 0])]).toBeCloseTo((100 * 0.06) / qLength / edge, 6);
  expect(body[at([0, 0, 0])]).toBe(1);
  expect(body[at([15, 0, 0])]).toBe(0);
});

it('leaves out what cannot be known', () => {
  const inside = bentCube();
  expect(fieldsOf(inside, { q: Q }, SIZE)).not.toHaveProperty('displacement');
  expect(fieldsOf(inside, { q: Q, qLength: 2 }, SIZE)).toHaveProperty('displacement');
  expect(fieldsOf(inside, { q: Q, qLength: 2 }, SIZE)).not.toHaveProperty('strain');
});

it('tells the surface: what has a face to the outside', () => {
  const set = new Uint8Array(125).map((_, v) =>
    [Math.floor(v / 25), Math.floor(v / 5) % 5, v % 5].every((x) => x > 0 && x < 4) ? 1 : 0,
  );
  const body = withSurface(set, 5);
  expect(body.filter((is) => is === 2)).toHaveLength(26);
  expect(body[62]).toBe(1);
});
