import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elementNames } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { cross, normalise, scale, type Mat3, type Vec3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import { createContinuumCrystal } from '@core/scatter/continuum';
import { formFactor } from '@core/scatter/formFactor';
import { createScatterer } from '@core/scatter/nufft';
import { intensity, overWindow, type PatternWindow } from '@core/scatter/window';

const scatterer = createScatterer();

function randomFrame(random: RandomStream): Mat3 {
  const e1 = random.unitVector();
  const e2 = normalise(cross(e1, random.unitVector()));
  return [e1, e2, cross(e1, e2)];
}

const qAt = ({ g, frame, dq, origin = [32, 32, 32] }: PatternWindow, index: Vec3): Vec3 => {
  const n = index.map((i, a) => (i - origin[a]!) * dq);
  return g.map((x, a) => x + frame[0][a]! * n[0]! + frame[1][a]! * n[1]! + frame[2][a]! * n[2]!) as unknown as Vec3;
};

function directSum(positions: Float64Array, q: Vec3): [number, number] {
  let [re, im] = [0, 0];
  for (let n = 0; n < positions.length; n += 3) {
    const phase = q[0] * positions[n]! + q[1] * positions[n + 1]! + q[2] * positions[n + 2]!;
    re += Math.cos(phase);
    im += Math.sin(phase);
  }
  return [re, im];
}

describe('createScatterer', () => {
  it('is the direct sum to 1e-5 of the peak, for any atoms, spin, voxel and origin', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 3, 30, 300), (seed, atoms) => {
        const random = stream(seed, 'atoms');
        const half = random.uniform(5, 60);
        const positions = new Float64Array(3 * atoms).map(() => random.uniform(-half, half));
        const window: PatternWindow = {
          g: scale(random.unitVector(), random.uniform(1, 6)),
          frame: randomFrame(random),
          // From crystals that fill a quarter of the window's period to ones that overflow it and wrap.
          dq: (2 * Math.PI) / (half * random.uniform(1, 8)),
          origin: [random.uniform(30, 34), random.uniform(30, 34), random.uniform(30, 34)],
        };
        const found = scatterer.amplitude(positions, window);
        for (let n = 0; n < 150; n++) {
          const edge = n < 20 ? 63 : 0;
          const index: Vec3 = [edge || random.integer(64), random.integer(64), n < 10 ? 0 : random.integer(64)];
          const [re, im] = directSum(positions, qAt(window, index));
          const at = 2 * ((index[0] * 64 + index[1]) * 64 + index[2]);
          expect(Math.hypot(found[at]! - re, found[at + 1]! - im)).toBeLessThan(1e-5 * atoms);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves nothing of one crystal in the next', () => {
    const window: PatternWindow = {
      g: [2, 0, 0],
      frame: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      dq: 0.02,
    };
    const one = Float64Array.from([3, 4, 5]);
    const before = scatterer.amplitude(one, window);
    scatterer.amplitude(
      new Float64Array(900).map((_, i) => 40 * Math.sin(i)),
      window,
    );
    expect(scatterer.amplitude(one, window)).toEqual(before);
  });

  it('weighs voxels by the form factor', () => {
    const window: PatternWindow = { g: [1.5, 1.5, 1.5], frame: randomFrame(stream(1)), dq: 0.03 };
    const atom = new Float64Array(3);
    const found = scatterer.amplitude(atom, window, (q) => formFactor('Pt', q));
    for (const index of [
      [0, 0, 0],
      [32, 32, 32],
      [63, 10, 40],
    ] as const) {
      const f = formFactor('Pt', Math.hypot(...qAt(window, index)));
      expect(found[2 * ((index[0] * 64 + index[1]) * 64 + index[2])]! / f).toBeCloseTo(1, 4);
    }
  });

  it('agrees with the continuous crystal about the peak, dislocation and all', () => {
    const a = 3.9242;
    const shape = winterbottom({ element: 'Pt', lateral: 30 * a, interfaceIndex: 4, height: 0.7 });
    const cell = burgersVectors[3]!;
    const glideNormal = glidePlanes(cell)[1]!;
    const displacement = dislocationField({
      burgers: scale(cell, a),
      line: lineDirection(cell, glideNormal, 0),
      glideNormal,
      point: [2, 1, 3],
      poisson: 0.39,
    });
    const g = scale([1, 1, 1], (2 * Math.PI) / a);
    const positions = displace(fillFcc(shape, a, [0.5, 0.7, 0.3]), displacement);
    const window: PatternWindow = {
      g,
      frame: randomFrame(stream(6)),
      dq: (2 * Math.PI) / (Math.cbrt(shape.volume) * 6),
    };
    const atoms = intensity(scatterer.amplitude(positions, window));
    const continuous = createContinuumCrystal({ shape, displacement, g });
    const places: Vec3[] = [];
    for (let i = 28; i <= 36; i += 2)
      for (let j = 28; j <= 36; j += 2) for (let k = 28; k <= 36; k += 2) places.push([i, j, k]);
    const dq = Float64Array.from(places.flatMap((p) => qAt(window, p).map((q, axis) => q - g[axis]!)));
    const other = intensity(continuous.amplitude(dq));
    const here = Float64Array.from(places, (p) => atoms[(p[0] * 64 + p[1]) * 64 + p[2]]!);
    const dot = (x: Float64Array, y: Float64Array): number => x.reduce((s, v, i) => s + v * y[i]!, 0);
    expect(dot(here, other) / Math.sqrt(dot(here, here) * dot(other, other))).toBeGreaterThan(0.995);
  });
});

describe('formFactor', () => {
  it('is the number of electrons forward, and falls', () => {
    const electrons = { Al: 13, Ni: 28, Cu: 29, Pd: 46, Ag: 47, Pt: 78, Au: 79 };
    for (const element of elementNames) {
      expect(Math.abs(formFactor(element, 0) - electrons[element])).toBeLessThan(0.1);
      expect(formFactor(element, 2.7)).toBeLessThan(formFactor(element, 2.6));
    }
  });
  it('is tabulated over a window to 1e-5', () => {
    const window: PatternWindow = { g: [0, 0, 3.2], frame: randomFrame(stream(3)), dq: 0.02 };
    const f = (q: number): number => formFactor('Au', q);
    const table = overWindow(window, f);
    for (let n = 0; n < 64 ** 3; n += 997) {
      const index: Vec3 = [n >> 12, (n >> 6) & 63, n & 63];
      expect(Math.abs(table[n]! / f(Math.hypot(...qAt(window, index))) - 1)).toBeLessThan(1e-5);
    }
  });
  it('is a number on every voxel, the nearest and the farthest included', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = stream(seed, 'window');
      const frame = randomFrame(random);
      // Along the first axis, as patterns are: the nearest voxel then lies on the window's face.
      const window: PatternWindow = {
        g: scale(frame[0], random.uniform(2, 4)),
        frame,
        dq: random.uniform(0.005, 0.03),
        origin: [32.3, 32, 31.8],
      };
      expect(overWindow(window, (q) => q).every((q) => q > 1)).toBe(true);
    }
  });
});
