import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alignTo, type Complex } from '@core/phase/align';
import { twinOf } from '@core/phase/inside';
import { createRetrievalMemory } from '@core/phase/retrieve';
import { roll } from '@core/phase/grid';

const SIZE = 32;
const fft = createRetrievalMemory(SIZE);

/** A lopsided blob whose phase is bent, so that it is no twin of itself; soft, so that fractions of a voxel mean something. */
function blob(off: readonly [number, number, number], turn: number): Complex {
  const re = new Float32Array(SIZE ** 3);
  const im = new Float32Array(SIZE ** 3);
  for (let v = 0; v < re.length; v++) {
    const [i, j, k] = [
      Math.floor(v / SIZE ** 2) - 16 - off[0],
      (Math.floor(v / SIZE) % SIZE) - 16 - off[1],
      (v % SIZE) - 16 - off[2],
    ];
    const modulus = Math.exp(-((i / 4) ** 2) - (j / 3) ** 2 - (k / 3.5) ** 2) * (1 + Math.tanh(0.3 * i));
    const phase = turn + 0.03 * i * j - 0.02 * k * k + 0.1 * i;
    re[v] = modulus * Math.cos(phase);
    im[v] = modulus * Math.sin(phase);
  }
  return { re, im };
}

const farthest = (a: Complex, b: Complex): number => {
  let most = 0;
  for (let v = 0; v < a.re.length; v++) most = Math.max(most, Math.hypot(a.re[v]! - b.re[v]!, a.im[v]! - b.im[v]!));
  return most;
};

it('takes away place, constant phase and twin', () => {
  const reference = blob([0, 0, 0], 0);
  const step = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(step, step, step, fc.double({ min: -3, max: 3, noNaN: true }), fc.boolean(), (a, b, c, turn, twin) => {
      const moved = blob([a, b, c], turn);
      const aligned = alignTo(reference, twin ? twinOf(moved, SIZE) : moved, fft);
      expect(aligned.twin).toBe(twin);
      expect(aligned.overlap).toBeGreaterThan(0.995);
      expect(farthest(aligned, reference)).toBeLessThan(0.1);
    }),
    { numRuns: 20 },
  );
});

it('has the twin of a twin as the object again, and the same pattern', () => {
  const object = blob([0.4, 0, 0], 1);
  const twice = twinOf(twinOf(object, SIZE), SIZE);
  expect(farthest(object, twice)).toBe(0);
  const patternOf = ({ re, im }: Complex): Float32Array => {
    fft.cube(0).set(re);
    fft.cube(1).set(im);
    fft.forward(0, 1);
    return fft.cube(0).map((x, v) => Math.hypot(x, fft.cube(1)[v]!));
  };
  const [own, twins] = [patternOf(object), patternOf(twinOf(object, SIZE))];
  expect(Math.max(...own.map((x, v) => Math.abs(x - twins[v]!)))).toBeLessThan(1e-3 * Math.max(...own));
});

it('says how little two different objects have in common', () => {
  const other = blob([0, 0, 0], 0);
  const split = { re: other.re.map((x, v) => (v % SIZE < 16 ? x : -x)), im: roll(other.im, SIZE, [0, 0, 0]) };
  expect(alignTo(other, split, fft).overlap).toBeLessThan(0.9);
});
