import { expect, it } from 'vitest';
import { cross, dot, normalise, type Vec3 } from '@core/math/vector';
import { bodyOf } from '@core/phase/body';
import { countOf } from '@core/phase/grid';
import { lookInside, twinOf } from '@core/phase/inside';
import { createRetrievalMemory, type Retrieved } from '@core/phase/retrieve';
import { isUnwound, stagesOf, volumeOfStart } from '@core/phase/starts';

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
  return {
    size: SIZE,
    re,
    im,
    support,
    freeError,
    farError: freeError,
    likelihood: { all: 1, free: 1 },
    blurVariance: 0,
  };
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

it('says line only where hardly any start is without, however little those without explain', () => {
  const of = (lines: number, without: number) =>
    lookInside(
      [
        ...Array.from({ length: lines }, () => start(steep, 0.1)),
        ...Array.from({ length: without }, () => start(undefined, 0.3)),
      ],
      KNOWN,
      fft,
    );
  expect(of(3, 2)).toMatchObject({ says: 'undecided', reason: 'disagree', agreeing: 3 });
  expect(of(4, 1)).toMatchObject({ says: 'line', agreeing: 4 });
});

it('counts the tunnel about a core as crystal, however the line runs', () => {
  const whole = countOf(bodyOf(start(undefined), fft));
  for (const line of [[1, 0, 0], steep, normalise([1, 1, 1])] as Vec3[]) {
    expect(countOf(bodyOf(start(line), fft))).toBeGreaterThan(0.97 * whole);
  }
});

it('tries a larger crystal at first, and goes on with the body of what explains more', () => {
  const tried = [
    { farError: 0.28, voxels: 900 },
    { farError: 0.13, voxels: 1700 },
  ];
  expect([0, 1, 2, 4].map((n) => volumeOfStart(n, 1000, tried))).toEqual([1000, 1900, 1700, 1700]);
  expect(
    volumeOfStart(
      2,
      1000,
      tried.toReversed().map((one, n) => ({ ...one, farError: 0.1 + n })),
    ),
  ).toBe(1700);
  // A body that has come out smaller than the reduction's size is a start that has not got there.
  expect(volumeOfStart(2, 1000, [{ farError: 0.1, voxels: 900 }])).toBe(1000);
});

it('begins the last of several from the best of those before, without its lines', () => {
  expect([1, 2, 3, 5].map(stagesOf)).toEqual([[[0]], [[0, 1]], [[0, 1], [2]], [[0, 1], [2, 3], [4]]]);
  expect([0, 1, 2, 3, 4].map((n) => isUnwound(n, 5))).toEqual([false, false, false, false, true]);
  expect(isUnwound(1, 2)).toBe(false);
});

it('hears the better of those that show a line and those that show none', () => {
  const [none, line] = [start(undefined), start(steep)];
  const of = (...starts: [Retrieved, number][]) =>
    lookInside(
      starts.map(([one, freeError]) => ({ ...one, freeError, farError: freeError })),
      KNOWN,
      fft,
    );
  const better = of([none, 0.1], [none, 0.105], [none, 0.11], [line, 0.12], [line, 0.125], [line, 0.13], [line, 0.13]);
  expect(better).toMatchObject({ says: 'none', agreeing: 3 });
  expect(of([none, 0.1], [none, 0.105], [line, 0.104], [line, 0.103])).toMatchObject({
    says: 'undecided',
    reason: 'disagree',
  });
  expect(of([line, 0.5])).toMatchObject({ says: 'undecided', reason: 'unexplained' });
  expect(of([line, 0.1]).reason).toBeUndefined();
});
