import { expect, it } from 'vitest';
import { bodyOf } from '@core/phase/body';
import { blur } from '@core/phase/coherence';
import { createCubeFft } from '@core/phase/fft';
import { extentOf, vortexLines } from '@core/phase/lines';
import { erode } from '@core/phase/morphology';
import { constraintsOf } from '@core/phase/pattern';
import { createRetrievalMemory, retrieve, type Retrieved } from '@core/phase/retrieve';
import { countOf, roll } from '@core/phase/grid';
import { stream } from '@core/random/stream';

const SIZE = 32;
const shape = [SIZE, SIZE, SIZE] as const;
/** An ellipsoid with a corner cut off, so that it is no twin of itself. */
const inside = (i: number, j: number, k: number): boolean =>
  (i / 5.5) ** 2 + (j / 4.5) ** 2 + (k / 5) ** 2 < 1 && i + j - k < 5;

/** The pattern of that body with a phase, and how many voxels it has. */
function patternOf(phase: (i: number, j: number, k: number) => number) {
  const fft = createCubeFft(SIZE, 2);
  const [re, im] = [fft.cube(0), fft.cube(1)];
  let volume = 0;
  for (let v = 0; v < re.length; v++) {
    const [i, j, k] = [Math.floor(v / SIZE ** 2) - 16, (Math.floor(v / SIZE) % SIZE) - 16, (v % SIZE) - 16];
    const is = inside(i, j, k) ? 1 : 0;
    volume += is;
    re[v] = is * Math.cos(phase(i, j, k));
    im[v] = is * Math.sin(phase(i, j, k));
  }
  fft.forward(0, 1);
  const intensity = roll(
    re.map((x, v) => x * x + im[v]! ** 2),
    SIZE,
    [16, 16, 16],
  );
  return { size: SIZE, intensity, mask: new Uint8Array(SIZE ** 3), volume };
}

function finish(steps: Generator<number, Retrieved>): Retrieved {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
const drawsOf = (seed: number) => ({ heldOut: stream(1, 'held-out'), phases: stream(seed, 'start') });
/** The best of three starts, by the error on what it was not told. */
function best(pattern: ReturnType<typeof patternOf>): Retrieved {
  const fft = createRetrievalMemory(SIZE);
  const starts = [1, 2, 3].map((seed) => finish(retrieve(pattern, drawsOf(seed), fft)));
  return starts.reduce((a, b) => (a.freeError <= b.freeError ? a : b));
}

it('finds the body and explains the voxels that it was not told', () => {
  const pattern = patternOf((i, j) => 0.02 * i * j);
  const found = best(pattern);
  expect(found.freeError).toBeLessThan(0.15);
  // Its surface within a voxel: the modulus is smoothed by a little more than one.
  const radius = (count: number): number => Math.cbrt((3 * count) / (4 * Math.PI));
  const body = bodyOf(found, createCubeFft(SIZE, 2));
  expect(Math.abs(radius(countOf(body)) - radius(pattern.volume))).toBeLessThan(0.7);
});

it('finds the line of a screw through the middle, along Q', () => {
  const found = best(patternOf((_i, j, k) => Math.atan2(k - 0.4, j - 0.3)));
  const body = erode(bodyOf(found, createCubeFft(SIZE, 2)), shape);
  const [line] = vortexLines(found.re, found.im, body, SIZE);
  expect(line).toBeDefined();
  const { length, direction } = extentOf(line!);
  expect(length).toBeGreaterThan(4);
  expect(Math.abs(direction[0])).toBeGreaterThan(0.9);
});

it('is the same again with the same seed', () => {
  const pattern = patternOf((i) => 0.1 * i);
  const fft = createRetrievalMemory(SIZE);
  const [a, b] = [1, 1].map((seed) => finish(retrieve(pattern, drawsOf(seed), fft)));
  expect(a!.freeError).toBe(b!.freeError);
  expect(a!.re).toEqual(b!.re);
});

it('leaves unmeasured voxels free: a stop through the peak costs little', () => {
  const pattern = patternOf((i, j) => 0.02 * i * j);
  const mask = pattern.mask.slice();
  for (let v = 0; v < mask.length; v++) if (Math.abs((v % SIZE) - 20) < 1) mask[v] = 1;
  const stopped = { ...pattern, mask, intensity: pattern.intensity.map((x, v) => (mask[v] === 1 ? 0 : x)) };
  expect(best(stopped).freeError).toBeLessThan(0.2);
});

it('holds the same voxels out in every start, and compares starts by none about the peak', () => {
  const pattern = patternOf((i, j) => 0.02 * i * j);
  const [a, b] = [1, 1].map((seed) => constraintsOf(pattern, stream(seed, 'held-out')));
  expect(a!.heldOut).toEqual(b!.heldOut);
  expect(countOf(a!.heldOut) / SIZE ** 3).toBeCloseTo(0.02, 2);
  const distance = (v: number): number =>
    Math.hypot(
      ...[v / SIZE ** 2, v / SIZE, v].map((x) => Math.min(Math.floor(x) % SIZE, SIZE - (Math.floor(x) % SIZE))),
    );
  const nearest = Math.min(...[...a!.far.keys()].filter((v) => a!.far[v] === 1).map(distance));
  expect(nearest).toBeGreaterThan(0.05 * SIZE);
  expect(a!.far.every((is, v) => is <= a!.heldOut[v]!)).toBe(true);
});

it('finds the body by reflections, too', () => {
  const pattern = patternOf((i, j) => 0.02 * i * j);
  const fft = createRetrievalMemory(SIZE);
  const found = [1, 2].map((seed) => finish(retrieve(pattern, drawsOf(seed), fft, { algorithm: 'raar' })));
  expect(Math.min(...found.map(({ freeError }) => freeError))).toBeLessThan(0.2);
});

it('begins from an object that it is given, of whatever brightness', () => {
  const pattern = patternOf((i, j) => 0.05 * i * j);
  const fft = createRetrievalMemory(SIZE);
  const truth = { re: new Float32Array(SIZE ** 3), im: new Float32Array(SIZE ** 3) };
  for (let v = 0; v < SIZE ** 3; v++) {
    const [i, j, k] = [Math.floor(v / SIZE ** 2) - 16, (Math.floor(v / SIZE) % SIZE) - 16, (v % SIZE) - 16];
    if (!inside(i, j, k)) continue;
    truth.re[v] = 7 * Math.cos(0.05 * i * j);
    truth.im[v] = 7 * Math.sin(0.05 * i * j);
  }
  expect(finish(retrieve(pattern, drawsOf(1), fft, { guess: truth })).freeError).toBeLessThan(0.05);
});

it('tells the blur of a pattern from the object: what is blurred is explained nearly as well, by the blur that it has', () => {
  const sharp = patternOf((i, j) => 0.02 * i * j);
  const fft = createCubeFft(SIZE, 3);
  fft.cube(0).set(sharp.intensity);
  const blurred = { ...sharp, intensity: blur(0, 1, 2, 0.3, fft).slice() };
  const found = best(blurred);
  expect(Math.abs(found.blurVariance / 0.3 - 1)).toBeLessThan(0.25);
  expect(found.freeError).toBeLessThan(0.15);
  expect(best(sharp).blurVariance).toBeLessThan(0.1);
});
