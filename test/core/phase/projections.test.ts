import { expect, it } from 'vitest';
import { createCubeFft } from '@core/phase/fft';
import { createProjections } from '@core/phase/projections';
import { rules } from '@core/phase/retrieve';
import { stream } from '@core/random/stream';

const SIZE = 32;
const BETA = 0.9;
const fft = createCubeFft(SIZE, 5);
const projections = createProjections(fft);
const [X, P, SUPPORT] = [[0, 1], [2, 3], 4] as const;
const draw = stream(1, 'projections');
const random = (): Float32Array => Float32Array.from({ length: SIZE ** 3 }, () => draw.uniform(-1, 1));
const [x, p] = [random(), random()];
const support = Uint8Array.from(x, () => (draw.uniform() < 0.3 ? 1 : 0));

/** One step of a rule on a real object x and its modulus' projection p. */
function stepped(rule: keyof typeof rules): Float32Array {
  for (const at of X) fft.cube(at).set(x);
  for (const at of P) fft.cube(at).set(p);
  new Int32Array(fft.memory.buffer, fft.at(SUPPORT), SIZE ** 3).set(Int32Array.from(support, (is) => -is));
  projections.support(X, P, SUPPORT, { scale: 1, ...rules[rule] });
  expect(fft.cube(X[1])).toEqual(fft.cube(X[0]));
  return fft.cube(X[0]).slice();
}
const farthest = (a: Float32Array, b: ArrayLike<number>): number =>
  a.reduce((most, value, v) => Math.max(most, Math.abs(value - b[v]!)), 0);

it('steps as error reduction and hybrid input-output are defined', () => {
  expect(
    farthest(
      stepped('er'),
      p.map((value, v) => support[v]! * value),
    ),
  ).toBe(0);
  const hio = Array.from(p, (value, v) => (support[v] === 1 ? value : x[v]! - BETA * value));
  expect(farthest(stepped('hio'), hio)).toBeLessThan(1e-6);
});

it('steps as relaxed averaged alternating reflections are defined: beta / 2 (R_S R_M + 1) x + (1 - beta) P_M x', () => {
  const reflected = Array.from(p, (value, v) => 2 * value - x[v]!);
  const twice = reflected.map((value, v) => 2 * support[v]! * value - value);
  const raar = twice.map((value, v) => (BETA / 2) * (value + x[v]!) + (1 - BETA) * p[v]!);
  expect(farthest(stepped('raar'), raar)).toBeLessThan(1e-6);
});
