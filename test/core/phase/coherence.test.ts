import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blur, createCoherence } from '@core/phase/coherence';
import { createCubeFft } from '@core/phase/fft';
import { stream } from '@core/random/stream';

const SIZE = 32;
const COUNT = SIZE ** 3;
const fft = createCubeFft(SIZE, 6);
const [RE, IM, INTENSITY, BLURRED, SPARE, AMPLITUDE] = [0, 1, 2, 3, 4, 5];
const at = (i: number, j: number, k: number): number =>
  [i, j, k].reduce((sum, x) => sum * SIZE + (((x % SIZE) + SIZE) % SIZE), 0);
const random = (seed: number): Float32Array => {
  const draw = stream(seed, 'coherence');
  return Float32Array.from({ length: COUNT }, () => draw.uniform());
};
/** Second moment along an axis, about a place. */
const spreadAlong = (cube: Float32Array, place: readonly number[], axis: number): number => {
  let second = 0;
  for (let v = 0; v < COUNT; v++) {
    const index = [Math.floor(v / SIZE ** 2), Math.floor(v / SIZE) % SIZE, v % SIZE][axis]!;
    const off = ((index - place[axis]! + SIZE + SIZE / 2) % SIZE) - SIZE / 2;
    second += off * off * cube[v]!;
  }
  return second;
};

it('blurs a point by the variance asked for along every axis, over the edges too, and loses nothing', () => {
  const places = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: SIZE - 1 })));
  fc.assert(
    fc.property(places, fc.double({ min: 0.01, max: 2.5, noNaN: true }), (place, variance) => {
      const cube = fft.cube(INTENSITY);
      cube.fill(0);
      cube[at(...(place as [number, number, number]))] = 1;
      const out = blur(INTENSITY, BLURRED, SPARE, variance, fft);
      expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      for (const axis of [0, 1, 2]) expect(spreadAlong(out, place, axis)).toBeCloseTo(variance, 3);
      expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 20 },
  );
});

it('is the convolution with its three points, written out', () => {
  const from = random(1);
  fft.cube(INTENSITY).set(from);
  const out = blur(INTENSITY, BLURRED, SPARE, 0.3, fft);
  const kernel = [0.15, 0.7, 0.15];
  for (const [i, j, k] of [
    [0, 0, 0],
    [31, 31, 31],
    [5, 0, 31],
    [17, 12, 3],
  ] as const) {
    let sum = 0;
    for (const a of [-1, 0, 1])
      for (const b of [-1, 0, 1])
        for (const c of [-1, 0, 1])
          sum += kernel[a + 1]! * kernel[b + 1]! * kernel[c + 1]! * from[at(i + a, j + b, k + c)]!;
    expect(out[at(i, j, k)]).toBeCloseTo(sum, 5);
  }
});

/** A bent ball's transform in RE and IM, and its amplitudes measured through a blur, one voxel in fifty not told. */
function measuredThrough(variance: number) {
  const [re, im] = [fft.cube(RE), fft.cube(IM)];
  for (let v = 0; v < COUNT; v++) {
    const [i, j, k] = [Math.floor(v / SIZE ** 2) - 16, (Math.floor(v / SIZE) % SIZE) - 16, (v % SIZE) - 16];
    const is = Math.hypot(i, j, k) < 5 ? 1 : 0;
    re[v] = is * Math.cos(0.05 * i * j);
    im[v] = is * Math.sin(0.05 * i * j);
  }
  fft.forward(RE, IM);
  fft.cube(INTENSITY).set(re.map((x, v) => x * x + im[v]! ** 2));
  const amplitude = blur(INTENSITY, BLURRED, SPARE, variance, fft).map(Math.sqrt);
  const free = Uint8Array.from(amplitude, (_, v) => (v % 50 === 0 ? 1 : 0));
  fft.cube(AMPLITUDE).set(amplitude.map((value, v) => (free[v] === 1 ? -1 : value)));
  return { amplitude, free };
}
const cubes = { amplitude: AMPLITUDE, intensity: INTENSITY, blurred: BLURRED, spare: SPARE };
const PARTS = [RE, IM] as const;

it('finds the blur that a pattern was measured through, and none where there was none', () => {
  for (const variance of [0.05, 0.2, 0.7, 1.5]) {
    measuredThrough(variance);
    const coherence = createCoherence(fft, cubes);
    for (let n = 0; n < 3; n++) coherence.fit(PARTS);
    expect(Math.abs(coherence.variance / variance - 1)).toBeLessThan(0.05);
  }
  measuredThrough(0);
  const sharp = createCoherence(fft, cubes);
  sharp.fit(PARTS);
  expect(sharp.variance).toBe(0);
  expect(sharp.target(PARTS)).toBe(AMPLITUDE);
});

it('wants amplitudes that are, blurred, those that were measured: the true object keeps its own; what is free stays free', () => {
  const measured = measuredThrough(0.4);
  const coherence = createCoherence(fft, cubes);
  for (let n = 0; n < 4; n++) coherence.fit(PARTS);
  const wanted = fft.cube(coherence.target(PARTS));
  const [re, im] = [fft.cube(RE), fft.cube(IM)];
  const peak = Math.hypot(re[0]!, im[0]!);
  for (let v = 0; v < COUNT; v++) {
    if (measured.free[v] === 1) expect(wanted[v]).toBe(-1);
    else if (Math.abs(wanted[v]! - Math.hypot(re[v]!, im[v]!)) > 0.01 * peak) expect.fail(`voxel ${v}`);
  }
  const expected = coherence.expected(PARTS);
  expect(Math.sqrt(expected[7]!)).toBeCloseTo(measured.amplitude[7]!, 0);
});
