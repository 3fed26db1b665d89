import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augment, augmentation } from '@core/augment/augment';
import { countPhotons, quickUniform } from '@core/augment/noise';
import { resample } from '@core/augment/resample';
import { identity, type Mat3 } from '@core/math/vector';
import { stream } from '@core/random/stream';

const SIZE = 16;
const at = (volume: Float32Array, i: number, j: number, k: number): number => volume[(i * SIZE + j) * SIZE + k]!;
const random = (seed: number): Float32Array => {
  const draw = stream(seed, 'augment test');
  return Float32Array.from({ length: SIZE ** 3 }, () => draw.uniform());
};
const none = { ...augmentation, turned: 0, noisy: 0, cropped: 0 };
const run = (volume: Float32Array, options: typeof augmentation, seed: number): Float32Array => {
  const out = new Float32Array(SIZE ** 3);
  augment(volume, SIZE, options, stream(seed, 'run'), out);
  return out;
};

describe('resampling', () => {
  it('changes nothing under the identity, and is exact for a function linear in the indices', () => {
    const volume = random(1);
    const out = new Float32Array(SIZE ** 3);
    resample(volume, SIZE, identity, [0, 0, 0], out);
    expect(out).toEqual(volume);

    const plane = (i: number, j: number, k: number): number => 3 + i - 2 * j + 0.5 * k;
    const ramp = Float32Array.from({ length: SIZE ** 3 }, (_, n) => plane(n >> 8, (n >> 4) & 15, n & 15));
    const map: Mat3 = [
      [0.9, 0.1, 0],
      [-0.1, 0.8, 0.2],
      [0.05, 0, 1.1],
    ];
    resample(ramp, SIZE, map, [0.3, -0.2, 0.1], out);
    const place = [7, 9, 10].map((v) => v - 8);
    const [x, y, z] = map.map(
      (row, a) => 8 + [0.3, -0.2, 0.1][a]! + row[0] * place[0]! + row[1] * place[1]! + row[2] * place[2]!,
    );
    expect(at(out, 7, 9, 10)).toBeCloseTo(plane(x!, y!, z!), 4);
  });

  it('gives the central cube where a smaller one is asked for', () => {
    const volume = random(4);
    const out = new Float32Array(8 ** 3);
    resample(volume, SIZE, identity, [0, 0, 0], out);
    expect([out[0], out[(3 * 8 + 5) * 8 + 7]]).toEqual([at(volume, 4, 4, 4), at(volume, 7, 9, 11)]);
  });

  it('reads zero outside', () => {
    const out = new Float32Array(SIZE ** 3);
    resample(new Float32Array(SIZE ** 3).fill(1), SIZE, identity, [3, 0, 0], out);
    expect(at(out, 12, 8, 8)).toBe(1);
    expect(at(out, 13, 8, 8)).toBe(0);
  });
});

describe('photon counts', () => {
  it.each([0.03, 0.8, 6, 40, 3000])('have mean and variance %d', (mean) => {
    const volume = new Float32Array(60_000).fill(0.5);
    countPhotons(volume, 2 * mean * 0.9, 0.1 * mean, quickUniform(7));
    const average = volume.reduce((a, b) => a + b, 0) / volume.length;
    const variance = volume.reduce((a, b) => a + (b - average) ** 2, 0) / volume.length;
    // Five standard errors of each.
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / volume.length));
    expect(Math.abs(variance / mean - 1)).toBeLessThan(5 * Math.sqrt((2 + 1 / mean) / volume.length));
    expect(volume.every(Number.isInteger)).toBe(true);
  });

  it('are the Poisson frequencies where the shortcut for empty voxels ends', () => {
    const volume = new Float32Array(100_000).fill(0.3);
    countPhotons(volume, 1, 0, quickUniform(3));
    for (const [count, expected] of [Math.exp(-0.3), 0.3 * Math.exp(-0.3), 0.045 * Math.exp(-0.3)].entries()) {
      const share = volume.filter((v) => v === count).length / volume.length;
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / volume.length));
    }
  });
});

describe('an augmented pattern', () => {
  it('is spun about Q: axis 0 keeps its profile under every quarter turn and mirror', () => {
    const volume = random(2);
    // A voxel on the first plane of an axis has no partner across the centre; leave those empty.
    for (let n = 0; n < volume.length; n++) if (((n >> 4) & 15) === 0 || (n & 15) === 0) volume[n] = 0;
    const top = Math.max(...volume);
    const profile = (v: Float32Array, i: number): number =>
      v.subarray(i * 256, (i + 1) * 256).reduce((a, b) => a + b, 0);
    const variants = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const out = run(volume, none, seed);
      for (let i = 0; i < SIZE; i++) expect(profile(out, i)).toBeCloseTo(profile(volume, i) / top, 3);
      variants.add([at(out, 3, 4, 6), at(out, 5, 9, 2)].map((v) => v.toFixed(6)).join());
    }
    // The group of four quarter turns and four mirrors.
    expect(variants.size).toBe(8);
  });

  it('has maximum 1, no negative voxel, and is the same for the same stream', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const volume = random(3);
        const out = run(volume, augmentation, seed);
        expect(out.reduce((a, b) => Math.max(a, b))).toBe(1);
        expect(out.every((v) => v >= 0)).toBe(true);
        expect(run(volume, augmentation, seed)).toEqual(out);
      }),
      { numRuns: 30 },
    );
  });

  it('is empty beyond the planes it is cropped at, and whole between', () => {
    const out = run(new Float32Array(SIZE ** 3).fill(1), { ...none, cropped: 1, reach: [3, 4] }, 5);
    const lost = out.filter((v) => v === 0).length;
    expect(at(out, 8, 8, 8)).toBe(1);
    expect(lost).toBeGreaterThan(SIZE ** 3 / 4);
    // Point by point about the centre, within 3 voxels everything is there.
    for (let n = 0; n < out.length; n++) {
      if (Math.hypot((n >> 8) - 8, ((n >> 4) & 15) - 8, (n & 15) - 8) < 2.9 && ((n >> 4) & 15) > 0)
        expect(out[n]).toBe(1);
    }
  });
});
