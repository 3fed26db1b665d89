import { expect, it } from 'vitest';
import { cross, dot, normalise, type Vec3 } from '@core/math/vector';
import { bodyOf } from '@core/phase/body';
import { countOf } from '@core/phase/grid';
import { lookInside, twinOf } from '@core/phase/inside';
import { createRetrievalMemory, type Retrieved } from '@core/phase/retrieve';
import { firstStarts, volumeOfStart } from '@core/phase/starts';

const SIZE = 32;
const RADIUS = 9;
const fft = createRetrievalMemory(SIZE);
const KNOWN = { q: [1, 0, 0] as Vec3, hkl: [1, 1, 1] as Vec3 };
const placeOf = (v: number): Vec3 => [
  Math.floor(v / SIZE ** 2) - 16,
  (Math.floor(v / SIZE) % SIZE) - 16,
  (v % SIZE) - 16,
];

/** A ball with a line through it, dark about its core as a retrieved one is; or without. */
function start(line: Vec3 | undefined, freeError = 0.1, sign = 1): Retrieved {
  const re = new Float32Array(SIZE ** 3);
  const im = new Float32Array(SIZE ** 3);
  const support = new Uint8Array(SIZE ** 3);
  const first = line && normalise(cross(line, [0.3, -0.8, 0.5]));
  const second = first && cross(line, first);
  for (let v = 0; v < re.length; v++) {
    const place = placeOf(v);
    if (Math.hypot(...place) >= RADIUS) continue;
    support[v] = 1;
    const [a, b] = first && second ? [dot(place, first) - 0.3, dot(place, second) - 0.2] : [9, 0];
    const modulus = Math.min(1, Math.hypot(a, b) / 2);
    const phase = sign * Math.atan2(b, a) + 0.02 * place[1] * place[2] + 0.05 * place[0];
    re[v] = modulus * Math.cos(phase);
    im[v] = modulus * Math.sin(phase);
  }
  return { size: SIZE, re, im, support, freeError, likelihood: { all: 1, free: 1 } };
}
const twin = (of: Retrieved): Retrieved => ({ ...of, ...twinOf(of, SIZE) });
const steep = normalise([Math.cos(0.615), Math.sin(0.615), 0]);

it('says line where the starts show one, with its angle, winding and character', () => {
  const inside = lookInside([start(steep), start(steep, 0.11), twin(start(steep, 0.12))], KNOWN, fft);
  expect(inside).toMatchObject({ says: 'line', starts: 3, agreeing: 3, character: 'screw', freeError: 0.1 });
  expect(inside.lines).toHaveLength(1);
  const [line] = inside.lines;
  expect(Math.abs(line!.angleToQDeg - 35.2)).toBeLessThan(5);
  expect(line!.winding).toBe(1);
  expect(line!.length).toBeGreaterThan(0.6);
});

it('gives the twin the same answer, with the line turning the same way about Q', () => {
  for (const sign of [1, -1]) {
    const inside = lookInside([start(steep, 0.1, sign)], KNOWN, fft);
    const other = lookInside([twin(start(steep, 0.1, sign))], KNOWN, fft);
    expect(other.lines[0]!.winding).toBe(1);
    expect(inside.lines[0]!.winding).toBe(1);
    expect(Math.abs(dot(inside.lines[0]!.direction, other.lines[0]!.direction))).toBeGreaterThan(0.98);
  }
});

it('says none where no start shows one', () => {
  const inside = lookInside([start(undefined), start(undefined, 0.12)], KNOWN, fft);
  expect(inside).toMatchObject({ says: 'none', agreeing: 2, lines: [], character: null });
  expect(Math.abs(inside.sizeVoxels / RADIUS / Math.cbrt((4 * Math.PI) / 3) - 1)).toBeLessThan(0.1);
  expect(inside.field.spread).toBeLessThan(0.35);
});

it('is undecided where starts contradict each other, or explain too little', () => {
  expect(lookInside([start(undefined), start(steep, 0.11)], KNOWN, fft).says).toBe('undecided');
  expect(lookInside([start(steep, 0.5)], KNOWN, fft).says).toBe('undecided');
});

it('does not listen to a start that has not got there', () => {
  const inside = lookInside(
    [start(undefined), start(undefined, 0.11), start(steep, 0.3), start(steep, 0.3)],
    KNOWN,
    fft,
  );
  expect(inside).toMatchObject({ says: 'none', starts: 4, agreeing: 2 });
});

it('counts the tunnel about a core as crystal, however the line runs', () => {
  const whole = countOf(bodyOf(start(undefined), fft));
  for (const line of [[1, 0, 0], steep, normalise([1, 1, 1])] as Vec3[]) {
    expect(countOf(bodyOf(start(line), fft))).toBeGreaterThan(0.97 * whole);
  }
});

it('tries a larger crystal at first and goes on with the size that explains more', () => {
  expect([0, 1, 2, 4].map((n) => volumeOfStart(n, [0.2, 0.21]))).toEqual([1, 1.9, 1, 1]);
  expect([0, 1, 2, 4].map((n) => volumeOfStart(n, [0.28, 0.13]))).toEqual([1, 1.9, 1.9, 1.9]);
  expect([1, 2, 5].map(firstStarts)).toEqual([1, 2, 2]);
});
