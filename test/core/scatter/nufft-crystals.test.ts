import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace, sum } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elementNames, elements, poissonRatio } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { placeLine } from '@core/crystal/placement';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { cross, normalise, scale, type Mat3, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { formFactor } from '@core/scatter/formFactor';
import { createScatterer } from '@core/scatter/nufft';
import { createPlainSpreader } from '@core/scatter/spread';
import { createSimdSpreader } from '@core/scatter/spreadSimd';
import type { PatternWindow } from '@core/scatter/window';

const reflections: readonly Vec3[] = [
  [1, 1, 1],
  [-1, 1, 1],
  [2, 0, 0],
  [0, 2, 2],
  [3, -1, 1],
];

/** A crystal as data sets hold them: any element, cut, dislocation and strain, seen at any reflection, spin and voxel. */
function randomCrystal(seed: number): { positions: Float64Array; window: PatternWindow; f: (q: number) => number } {
  const random = stream(seed, 'crystal');
  const element = elementNames[random.integer(elementNames.length)]!;
  const { latticeAngstrom: a, elasticGpa } = elements[element];
  const lateral = a * random.uniform(8, 14);
  const shape = winterbottom({
    element,
    lateral,
    interfaceIndex: random.integer(8),
    height: random.uniform(0.65, 0.75),
  });
  const g = scale(reflections[random.integer(reflections.length)]!, (2 * Math.PI) / a);
  const cell = burgersVectors[random.integer(12)]!;
  const glideNormal = glidePlanes(cell)[random.integer(2)]!;
  const line = lineDirection(cell, glideNormal, random.uniform(0, 90));
  const point = placeLine(shape, line, random.uniform() < 0.5 ? 'CD' : 'RPD', random);
  const field = sum([
    smoothStrain({ size: lateral, g, phase: random.uniform(0, 3) }, random),
    dislocationField({ burgers: scale(cell, a), glideNormal, line, point, poisson: poissonRatio(elasticGpa) }),
  ]);
  const e1 = normalise(g);
  const e2 = normalise(cross(e1, random.unitVector()));
  const frame: Mat3 = [e1, e2, cross(e1, e2)];
  const window = {
    g,
    frame,
    dq: (2 * Math.PI) / (Math.cbrt(shape.volume) * random.uniform(1.5, 12)),
    origin: [random.uniform(29, 35), random.uniform(29, 35), random.uniform(29, 35)] as const,
  };
  return { positions: displace(fillFcc(shape, a, [0.1, 0.2, 0.3]), field), window, f: (q) => formFactor(element, q) };
}

/** f(Q) sum_j exp(i Q.r_j) at one voxel, term by term. */
function directSum(
  positions: Float64Array,
  { g, frame, dq, origin }: PatternWindow,
  voxel: Vec3,
  f: (q: number) => number,
): [number, number] {
  const q = g.map((x, a) => x + frame.reduce((s, axis, n) => s + axis[a]! * (voxel[n]! - origin![n]!) * dq, 0));
  let [re, im] = [0, 0];
  for (let n = 0; n < positions.length; n += 3) {
    const phase = q[0]! * positions[n]! + q[1]! * positions[n + 1]! + q[2]! * positions[n + 2]!;
    re += Math.cos(phase);
    im += Math.sin(phase);
  }
  const factor = f(Math.hypot(...q));
  return [re * factor, im * factor];
}

const CORNERS: readonly Vec3[] = [0, 63].flatMap((i) => [0, 63].flatMap((j) => [0, 63].map((k): Vec3 => [i, j, k])));

describe.each([
  ['SIMD', createSimdSpreader],
  ['plain', createPlainSpreader],
])('a crystal scattered by the %s spreader', (_, create) => {
  const scatterer = createScatterer(create());

  it('is its direct sum to 1e-5 of its own brightest amplitude, corners and peak included', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { positions, window, f } = randomCrystal(seed);
        const found = scatterer.amplitude(positions, window, f);
        const size = (n: number): number => Math.hypot(found[2 * n]!, found[2 * n + 1]!);
        let brightest = 0;
        for (let n = 1; n < 64 ** 3; n++) if (size(n) > size(brightest)) brightest = n;
        const random = stream(seed, 'voxels');
        const near: Vec3 = [brightest >> 12, (brightest >> 6) & 63, brightest & 63];
        const anywhere = Array.from({ length: 30 }, (): Vec3 => [
          random.integer(64),
          random.integer(64),
          random.integer(64),
        ]);
        for (const voxel of [near, ...CORNERS, ...anywhere]) {
          const [re, im] = directSum(positions, window, voxel, f);
          const at = 2 * ((voxel[0] * 64 + voxel[1]) * 64 + voxel[2]);
          expect(Math.hypot(found[at]! - re, found[at + 1]! - im)).toBeLessThan(1e-5 * size(brightest));
        }
      }),
      { numRuns: 25 },
    );
  });
});

it('gives the same from both spreaders, to rounding', () => {
  const simd = createSimdSpreader();
  expect(simd).toBeDefined();
  const { positions, window, f } = randomCrystal(11);
  const one = createScatterer(simd).amplitude(positions, window, f);
  const other = createScatterer(createPlainSpreader()).amplitude(positions, window, f);
  const peak = other.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  expect(one.reduce((most, x, n) => Math.max(most, Math.abs(x - other[n]!)), 0)).toBeLessThan(1e-13 * peak);
});
