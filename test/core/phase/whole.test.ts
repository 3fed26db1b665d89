import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, cross, dot, norm, normalise, scale, subtract, type Vec3 } from '@core/math/vector';
import type { Complex } from '@core/phase/align';
import { centreOf, countOf, roll } from '@core/phase/grid';
import { lookInside, twinOf } from '@core/phase/inside';
import { createRetrievalMemory, retrieve, type Retrieved } from '@core/phase/retrieve';
import { stream } from '@core/random/stream';

const SIZE = 64;
const HALF = SIZE / 2;
const fft = createRetrievalMemory(SIZE);
const Q: Vec3 = [1, 0, 0];
const placeOf = (v: number): Vec3 => [
  Math.floor(v / SIZE ** 2) - HALF,
  (Math.floor(v / SIZE) % SIZE) - HALF,
  (v % SIZE) - HALF,
];
/** An ellipsoid with a corner cut off, so that it is no twin of itself. */
const isIn = ([i, j, k]: Vec3): boolean =>
  (i / 10.5) ** 2 + (j / 9) ** 2 + (k / 9.7) ** 2 < 1 && i + j - k < 10 && i - 0.6 * k > -8;
const body = Uint8Array.from({ length: SIZE ** 3 }, (_, v) => (isIn(placeOf(v)) ? 1 : 0));
const middle = centreOf(body, SIZE)!;

/** A crystal whose phase winds once about a line, and is bent. */
function crystal(through: Vec3, along: Vec3, bend: number) {
  const first = normalise(cross(along, [0.31, -0.83, 0.46]));
  const second = cross(along, first);
  const [re, im] = [new Float32Array(SIZE ** 3), new Float32Array(SIZE ** 3)];
  for (let v = 0; v < re.length; v++) {
    if (body[v] === 0) continue;
    const place = placeOf(v);
    const from = subtract(place, through);
    const phase = Math.atan2(dot(from, second), dot(from, first)) + bend * place[1] * place[2];
    re[v] = Math.cos(phase);
    im[v] = Math.sin(phase);
  }
  return { re, im };
}

function patternOf({ re, im }: Complex) {
  const [a, b] = [fft.cube(0), fft.cube(1)];
  a.set(re);
  b.set(im);
  fft.forward(0, 1);
  const intensity = roll(
    a.map((x, v) => x * x + b[v]! ** 2),
    SIZE,
    [HALF, HALF, HALF],
  );
  return { size: SIZE, intensity, mask: new Uint8Array(SIZE ** 3), volume: countOf(body) };
}

function finish(steps: Generator<number, Retrieved>): Retrieved {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

it('finds a line within a voxel, its direction and its sense, of the crystal or of its twin', () => {
  const off = fc.double({ min: -2, max: 2, noNaN: true });
  const component = fc.double({ min: -0.6, max: 0.6, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(off, off, off), component, component, fc.boolean(), (through, b, c, twin) => {
      const along = normalise([1, b, c]);
      const made = crystal(through, along, 0.01);
      const pattern = patternOf(twin ? twinOf(made, SIZE) : made);
      const starts = [1, 2, 3].map((seed) =>
        finish(retrieve(pattern, { heldOut: stream(1, 'held-out'), phases: stream(seed, 'start') }, fft)),
      );
      const { says, lines, body: found } = lookInside(starts, { q: Q, hkl: [1, 1, 1] }, fft);
      expect(says).toBe('line');
      const [longest] = lines;
      // The phase of the crystal grows right-handed about its line, which runs to the side of Q: that of its twin the other way, so this one is shown.
      expect(longest!.winding).toBe(1);
      expect(Math.abs(dot(longest!.direction, along))).toBeGreaterThan(Math.cos((15 * Math.PI) / 180));
      // A pattern does not tell where its crystal lies: both bodies' middles are laid onto each other.
      const shift = subtract(centreOf(found, SIZE)!, middle);
      const centre = add(add(through, [HALF, HALF, HALF]), shift);
      const apart = longest!.line.points.map((point) => {
        const from = subtract(point, centre);
        return norm(subtract(from, scale(along, dot(from, along))));
      });
      expect(apart.reduce((sum, distance) => sum + distance, 0) / apart.length).toBeLessThan(1);
    }),
    { numRuns: 3 },
  );
});
