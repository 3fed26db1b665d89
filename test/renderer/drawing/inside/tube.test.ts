import { describe, expect, it } from 'vitest';
import { joined, smoothed, tubeOf } from '@renderer/drawing/inside/tube';
import type { Surface } from '@renderer/drawing/surface/nets';
import type { Triple } from '@renderer/drawing/slices/volume';

const corner = ({ positions, triangles }: Surface, n: number): Triple => {
  const at = 3 * triangles[n]!;
  return [positions[at]!, positions[at + 1]!, positions[at + 2]!];
};

/** By the divergence theorem: right only where the surface is closed and faces outwards. */
function volumeOf(surface: Surface): number {
  let volume = 0;
  for (let n = 0; n < surface.triangles.length; n += 3) {
    const [a, b, c] = [corner(surface, n), corner(surface, n + 1), corner(surface, n + 2)];
    volume +=
      (a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])) /
      6;
  }
  return volume;
}

/** Every edge is walked as often one way as the other. */
function isClosed(surface: Surface): boolean {
  const balance = new Map<string, number>();
  const name = (n: number): string =>
    corner(surface, n)
      .map((x) => x.toFixed(4))
      .join();
  for (let n = 0; n < surface.triangles.length; n += 3)
    for (const [from, to] of [
      [name(n), name(n + 1)],
      [name(n + 1), name(n + 2)],
      [name(n + 2), name(n)],
    ] as const) {
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      balance.set(key, (balance.get(key) ?? 0) + (from < to ? 1 : -1));
    }
  return [...balance.values()].every((sum) => sum === 0);
}

const straight: readonly Triple[] = Array.from({ length: 12 }, (_, n) => [n * 2 + 1, 5 - n, 3 + n / 2] as const);
const helix: readonly Triple[] = Array.from(
  { length: 60 },
  (_, n) => [10 * Math.cos(n / 10), 10 * Math.sin(n / 10), n / 3] as const,
);
const lengthOf = (line: readonly Triple[]): number =>
  line.slice(1).reduce((sum, [x, y, z], n) => sum + Math.hypot(x - line[n]![0], y - line[n]![1], z - line[n]![2]), 0);
/** Of a regular polygon of ten corners at that distance. */
const across = (radius: number): number => 5 * radius ** 2 * Math.sin(Math.PI / 5);

describe('tubeOf', () => {
  it.each([
    ['straight', straight],
    ['wound', helix],
  ] as const)('is closed, as thick as asked for and faces outwards along a %s line', (_, line) => {
    const tube = tubeOf(line, 0.8);
    expect(isClosed(tube)).toBe(true);
    expect(volumeOf(tube) / (across(0.8) * lengthOf(line))).toBeGreaterThan(0.98);
    expect(volumeOf(tube) / (across(0.8) * lengthOf(line))).toBeLessThan(1.02);
    for (let n = 0; n < tube.normals.length; n += 3)
      expect(Math.hypot(tube.normals[n]!, tube.normals[n + 1]!, tube.normals[n + 2]!)).toBeCloseTo(1, 5);
  });
});

describe('joined', () => {
  it('holds what each of them holds', () => {
    const [a, b] = [tubeOf(straight, 0.5), tubeOf(helix, 1)];
    expect(volumeOf(joined([a, b]))).toBeCloseTo(volumeOf(a) + volumeOf(b), 3);
    expect(joined([]).triangles).toHaveLength(0);
  });
});

describe('smoothed', () => {
  it('leaves a straight line and all ends, and takes the steps out of a stair', () => {
    smoothed(straight).forEach((point, n) => point.forEach((x, axis) => expect(x).toBeCloseTo(straight[n]![axis]!, 9)));
    const stair: readonly Triple[] = Array.from({ length: 20 }, (_, n) => [n, n % 2, 0] as const);
    const smooth = smoothed(stair);
    expect([smooth[0], smooth.at(-1)]).toEqual([stair[0], stair.at(-1)]);
    for (const [, y] of smooth.slice(3, -3)) expect(Math.abs(y - 0.5)).toBeLessThan(0.05);
  });
});
