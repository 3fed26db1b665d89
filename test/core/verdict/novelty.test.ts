import { beforeAll, describe, expect, it } from 'vitest';
import { augment, augmentation } from '@core/augment/augment';
import { stream } from '@core/random/stream';
import { describe as portray } from '@core/verdict/descriptors';
import { distanceTo, fitGaussians } from '@core/verdict/gaussian';
import { learnFamiliarity, novelty, type Familiarity, type Portrait } from '@core/verdict/novelty';
import { continuumPattern } from '../support/pattern';

const VOXELS = 64 ** 3;

describe('normal distributions of classes', () => {
  const random = stream(1, 'gaussians');
  // Correlated, in units that differ by a thousand, about two centres; a fourth component that is always the same.
  const draw = (label: number): number[] => {
    const [a, b] = [random.normal(), random.normal()];
    return [10 * label + a, 1000 * (a + 0.5 * b), 0.2 * random.normal(), 7];
  };
  const labels = Array.from({ length: 4000 }, (_, n) => 2 * (n % 2));
  const gaussians = fitGaussians(
    labels.map((label) => draw(label)),
    labels,
  );

  it('measure in standard deviations from the nearest centre, along and across what belongs together', () => {
    expect(gaussians.means).toHaveLength(2);
    expect(distanceTo(gaussians, [0, 0, 0, 7])).toBeLessThan(0.2);
    expect(distanceTo(gaussians, [20, 0, 0, 7])).toBeLessThan(0.2);
    expect(distanceTo(gaussians, [0, 0, 0.6, 7])).toBeCloseTo(3, 0);
    expect(distanceTo(gaussians, [1, 1000, 0, 7])).toBeCloseTo(1, 0);
    // Each component is a deviation off, which is nothing; against each other they are nearly five.
    expect(distanceTo(gaussians, [1, -1000, 0, 7])).toBeGreaterThan(3.5);
  });

  it('take a change of what never changed for strange, not for impossible', () => {
    const moved = distanceTo(gaussians, [0, 0, 0, 8]);
    expect(moved).toBeGreaterThan(3);
    expect(moved).toBeLessThan(1000);
  });
});

describe('distance from training', () => {
  const plain: { label: 0 | 1 | 2; volume: Float32Array }[] = [];
  let familiarity: Familiarity;
  const exposed = (volume: Float32Array, seed: number): Float32Array => {
    const out = new Float32Array(VOXELS);
    augment(volume, 64, augmentation, stream(seed, 'novelty test'), out);
    return out;
  };
  // What a network would say is not under test here: a feature that is always usual.
  const usual = (seed: number): number[] => [stream(seed, 'feature').normal()];
  beforeAll(() => {
    for (let i = 0; i < 42; i++) {
      const label = (i % 3) as 0 | 1 | 2;
      plain.push({ label, volume: continuumPattern(i, label) });
    }
    const portraits = (from: number, to: number, variants: number): Portrait[] =>
      plain.slice(from, to).flatMap(({ label, volume }, i) =>
        Array.from({ length: variants }, (_, v) => ({
          label,
          features: usual(1000 * from + 10 * i + v),
          volume: portray(v === 0 ? volume : exposed(volume, 1000 * from + 10 * i + v)),
        })),
      );
    familiarity = learnFamiliarity(portraits(0, 27, 6), portraits(27, 36, 6));
  }, 300_000);
  const strange = (volume: Float32Array): number => novelty(familiarity, volume, [0]);
  const place = (n: number): [number, number, number] => [(n >> 12) - 32, ((n >> 6) & 63) - 32, (n & 63) - 32];
  const toOne = (volume: Float32Array): Float32Array => {
    const most = volume.reduce((a, b) => Math.max(a, b), 0);
    return volume.map((value) => value / most);
  };
  const moved = (volume: Float32Array, by: number): Float32Array =>
    volume.map((_, n) => {
      const from = (n >> 12) - by;
      return from < 0 || from > 63 ? 0 : volume[(from << 12) | (n & 4095)]!;
    });

  it('leaves unseen crystals of the same kind alone, as simulated and as a detector sees them', () => {
    for (const { volume } of plain.slice(36)) {
      expect(strange(volume)).toBeLessThan(1);
      expect(strange(exposed(volume, 77))).toBeLessThan(1);
    }
  });

  it('stays in agreement with the features when the volume is usual and they are not', () => {
    expect(novelty(familiarity, plain[37]!.volume, [40])).toBeGreaterThan(5);
  });

  const random = stream(5, 'no crystals');
  it.each<[string, () => Float32Array]>([
    ['white noise', () => Float32Array.from({ length: VOXELS }, () => random.uniform())],
    ['counting noise', () => toOne(Float32Array.from({ length: VOXELS }, () => random.poisson(0.5)))],
    ['a few stray counts', () => toOne(Float32Array.from({ length: VOXELS }, () => random.poisson(0.01)))],
    [
      'two peaks',
      () => {
        const [one, other] = [moved(plain[37]!.volume, -9), moved(plain[38]!.volume, 9)];
        return toOne(one.map((value, n) => value + 0.8 * other[n]!));
      },
    ],
    [
      'a piece of a powder ring',
      () =>
        Float32Array.from({ length: VOXELS }, (_, n) => {
          const [i, j, k] = place(n);
          return Math.exp(-(((Math.hypot(i + 200, j, k) - 200) / 2) ** 2));
        }),
    ],
    ['a saturated peak', () => toOne(plain[39]!.volume.map((value) => Math.min(value, 0.1)))],
    ['a peak that the detector cuts off', () => toOne(plain[40]!.volume.map((v, n) => (place(n)[1] > 2 ? 0 : v)))],
    [
      'a smooth blob',
      () =>
        Float32Array.from({ length: VOXELS }, (_, n) => {
          const [i, j, k] = place(n);
          return Math.exp(-(i * i + j * j + k * k) / 50);
        }),
    ],
  ])('catches %s', (_, make) => {
    expect(strange(make())).toBeGreaterThan(1);
  });

  it('refuses to set a threshold by nothing', () => {
    expect(() => learnFamiliarity([{ label: 0, features: [1], volume: [1] }], [])).toThrow(RangeError);
  });
});
