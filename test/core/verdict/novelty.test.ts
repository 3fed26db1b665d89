import { beforeAll, describe, expect, it } from 'vitest';
import { augment, augmentation } from '@core/augment/augment';
import { stream } from '@core/random/stream';
import { describe as portray } from '@core/verdict/descriptors';
import { distanceTo, fitGaussians } from '@core/verdict/gaussian';
import { learnFamiliarity, novelty, type Familiarity, type Portrait } from '@core/verdict/novelty';
import { oddities } from '@main/study/oddities';
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

  it('leaves unseen crystals of the same kind alone, as simulated and as a detector sees them', () => {
    expect(plain.slice(36)).toHaveLength(6);
    for (const { volume } of plain.slice(36)) {
      expect(strange(volume)).toBeLessThan(1);
      expect(strange(exposed(volume, 77))).toBeLessThan(1);
    }
  });

  it('stays in agreement with the features when the volume is usual and they are not', () => {
    expect(novelty(familiarity, plain[37]!.volume, [40])).toBeGreaterThan(5);
  });

  it.each(Object.entries(oddities))('catches %s', (name, make) => {
    const random = stream(5, name);
    const volume = make(random, plain[37]!.volume, plain[38]!.volume);
    expect(volume).toHaveLength(VOXELS);
    expect(volume.reduce((a, b) => Math.max(a, b), 0)).toBeLessThanOrEqual(1);
    expect(strange(volume)).toBeGreaterThan(1);
  });

  it('refuses to set a threshold by nothing', () => {
    expect(() => learnFamiliarity([{ label: 0, features: [1], volume: [1] }], [])).toThrow(RangeError);
  });
});
