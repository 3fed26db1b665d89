import { expect, it } from 'vitest';
import { phaseField, strainAlongQ } from '@core/phase/strain';

const SIZE = 32;
const placeOf = (v: number): [number, number, number] => [
  Math.floor(v / SIZE ** 2) - 16,
  (Math.floor(v / SIZE) % SIZE) - 16,
  (v % SIZE) - 16,
];
const body = Uint8Array.from({ length: SIZE ** 3 }, (_, v) => (Math.hypot(...placeOf(v)) < 9 ? 1 : 0));
const objectOf = (phase: (i: number, j: number, k: number) => number) => ({
  re: Float32Array.from(body, (is, v) => is * Math.cos(phase(...placeOf(v)))),
  im: Float32Array.from(body, (is, v) => is * Math.sin(phase(...placeOf(v)))),
});

it('takes the ramp and the constant out of the phase, and leaves the rest as one surface', () => {
  const bent = (i: number, j: number): number => 0.05 * (i * i - j * j);
  const object = objectOf((i, j, k) => 1.7 + 0.6 * i - 0.4 * j + 0.2 * k + bent(i, j));
  const { phase, ramp, spread } = phaseField(object, body, SIZE);
  expect(ramp[0]).toBeCloseTo(0.6, 2);
  expect(ramp[1]).toBeCloseTo(-0.4, 2);
  expect(ramp[2]).toBeCloseTo(0.2, 2);
  let [sum, squares, n] = [0, 0, 0];
  body.forEach((is, v) => {
    if (is === 0) return;
    const [i, j] = placeOf(v);
    // Over 4 rad from end to end: it would be cut if it were wrapped.
    expect(Math.abs(phase[v]! - bent(i, j))).toBeLessThan(0.06);
    sum += bent(i, j);
    squares += bent(i, j) ** 2;
    n++;
  });
  expect(spread).toBeCloseTo(Math.sqrt(squares / n - (sum / n) ** 2), 2);
});

it('gives the strain along Q in units, and none where a neighbour is missing', () => {
  // Displacement u = e x with phase Q u: a strain of e beyond the mean, which is 0 for a parabola about the middle.
  const object = objectOf((i) => 0.02 * i * i);
  const field = phaseField(object, body, SIZE);
  const strain = strainAlongQ(object, field, body, SIZE, [1, 0, 0], 0.5);
  let compared = 0;
  body.forEach((is, v) => {
    const [i] = placeOf(v);
    if (is === 0 || Number.isNaN(strain[v])) return;
    expect(strain[v]).toBeCloseTo(0.04 * i * 0.5, 2);
    compared++;
  });
  expect(compared).toBeGreaterThan(2000);
  const last = body.findLastIndex((is) => is === 1);
  expect(strain[last]).toBeNaN();
});
