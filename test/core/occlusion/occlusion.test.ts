import { describe, expect, it } from 'vitest';
import { axis, extremes, grid, mask, reaches, refine, worthwhile, type Place } from '@core/occlusion/occlusion';

describe('the centres', () => {
  it('are the paper’s 729 at every eighth voxel, the peak among them', () => {
    expect(axis(64, 8)).toEqual([0, 8, 16, 24, 32, 40, 48, 56, 64]);
    const all = grid(64, 8);
    expect(all).toHaveLength(729);
    expect(all[364]).toEqual([32, 32, 32]);
    expect(axis(64, 4)).toHaveLength(17);
  });
});

describe('the mask', () => {
  it.each<[Place, number]>([
    [[32, 32, 32], 13],
    [[10, 20, 30], 5.5],
    [[0, 64, 33], 13],
  ])('takes away exactly the sphere about %j', (centre, radius) => {
    const volume = Float32Array.from({ length: 64 ** 3 }, (_, n) => 1 + (n % 7));
    const out = new Float32Array(64 ** 3);
    mask(volume, 64, centre, radius, out);
    const wrong = out.findIndex((value, n) => {
      const at = [n >> 12, (n >> 6) & 63, n & 63];
      const inside = Math.hypot(...at.map((x, a) => x - centre[a]!)) <= radius;
      return value !== (inside ? 0 : volume[n]);
    });
    expect(wrong).toBe(-1);
    expect(volume[0]).toBe(1);
  });

  it('cannot be seen where no voxel of the window is masked', () => {
    const window = (n: number): boolean => [n >> 12, (n >> 6) & 63, n & 63].every((x) => x >= 16 && x <= 48);
    const ones = new Float32Array(64 ** 3).fill(1);
    const out = new Float32Array(64 ** 3);
    const centres = grid(64, 16);
    expect(centres).toHaveLength(125);
    for (const centre of centres) {
      mask(ones, 64, centre, 13, out);
      expect(reaches(centre, 13, 64, 32)).toBe(out.some((value, n) => value === 0 && window(n)));
    }
  });
});

describe('refining', () => {
  const plan = { size: 64, radius: 13, stride: 4, coarse: 8 };
  it('keeps what was measured and lays a plane between', () => {
    const plane = ([i, j, k]: Place): number => 0.01 * i - 0.02 * j + 0.005 * k + 1;
    const map = refine(plan, Float32Array.from(grid(64, 8), plane));
    expect(map.measured.reduce((a, b) => a + b)).toBe(729);
    grid(64, 4).forEach((at, n) => expect(map.drop[n]).toBeCloseTo(plane(at), 5));
  });

  it('goes where something happens, to the most telling first', () => {
    const map = refine(
      plan,
      Float32Array.from(grid(64, 8), (at) => (at.every((x) => x === 32) ? 0.9 : 0)),
    );
    const next = worthwhile(map);
    // Of the 5^3 - 1 places between the centre and its coarse neighbours, those at which interpolation still sees a tenth.
    expect(next).toHaveLength(26);
    for (const n of next) expect(Math.max(...grid(64, 4)[n]!.map((x) => Math.abs(x - 32)))).toBe(4);
    expect(map.drop[next[0]!]).toBeCloseTo(0.45, 5);
    expect(worthwhile(refine(plan, new Float32Array(729)))).toEqual([]);
  });
});

describe('the extremes of a map', () => {
  const plan = { size: 64, radius: 13, stride: 8, coarse: 8 };
  it('are where the probability falls and rises most, of equal places the nearest to the peak', () => {
    const value = ([i, j, k]: Place): number => (i === 40 && j === 32 ? 0.4 : k === 0 ? -0.1 : 0);
    const map = refine(plan, Float32Array.from(grid(64, 8), value));
    const { falls, rises } = extremes(map, 64);
    expect(falls).toEqual({ place: [40, 32, 32], distance: 8, drop: expect.closeTo(0.4, 6) });
    expect(rises).toEqual({ place: [32, 32, 0], distance: 32, drop: expect.closeTo(-0.1, 6) });
  });

  it('are looked for among computed places only, and missing where nothing changes', () => {
    const map = refine(
      { ...plan, coarse: 16 },
      Float32Array.from(grid(64, 16), ([i]) => (i === 32 ? 0.2 : 0)),
    );
    expect(extremes(map, 64).falls?.drop).toBeCloseTo(0.2, 6);
    map.measured.fill(0);
    expect(extremes(map, 64)).toEqual({});
    expect(extremes(refine(plan, new Float32Array(729)), 64)).toEqual({});
  });
});
