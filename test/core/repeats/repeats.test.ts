import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '@core/math/vector';
import { displacementOf, spectrumOf } from '@core/repeats/register';
import { resampled } from '@core/repeats/resample';
import { ALIKE, sumRepeats, type Repeat, type RepeatsSum } from '@core/repeats/sum';
import { SIZE } from '@core/reduce/target';
import { amplitudeError, counted, patternOf, repeatOf, totalOf, type Crystal } from './patterns';

const within = fc.double({ min: -0.9, max: 0.9, noNaN: true });
const shifts = fc.tuple(within, within, within);
// Each run takes a second: a counterexample is told as it was found.
const few = { numRuns: 3, endOnFailure: true };
const unmasked = new Uint8Array(SIZE ** 3);

/** @throws Error where they were refused */
function sumOf(repeats: readonly Repeat[]): RepeatsSum {
  const sum = sumRepeats(repeats);
  if ('refused' in sum) throw new Error(sum.refused);
  return sum;
}
const noisy = (crystal: Crystal, counts: number, seed: number, shift?: Vec3): Repeat =>
  repeatOf(counted(patternOf(crystal, counts, shift), seed));

describe('laying one pattern upon another', () => {
  it('finds by how much it was moved, exactly where nothing else differs', () => {
    const still = spectrumOf(patternOf({}, 1e6));
    fc.assert(
      fc.property(shifts, (shift) => {
        const found = displacementOf(spectrumOf(patternOf({}, 1e6, shift)), still);
        found.forEach((x, axis) => expect(x).toBeCloseTo(shift[axis]!, 4));
      }),
      few,
    );
    const far = displacementOf(spectrumOf(patternOf({}, 1e6, [7.25, -11.5, 3])), still);
    [7.25, -11.5, 3].forEach((x, axis) => expect(far[axis]).toBeCloseTo(x, 3));
  });

  it('finds it from counts as well as their noise lets it', () => {
    const still = spectrumOf(counted(patternOf({}, 1e5), 1));
    const found = displacementOf(spectrumOf(counted(patternOf({}, 1e5, [0.4, -0.3, 0.2]), 2)), still);
    [0.4, -0.3, 0.2].forEach((x, axis) => expect(Math.abs(found[axis]! - x)).toBeLessThan(0.05));
  });
});

describe('other voxels', () => {
  it('hold what was there: nothing below zero, as many counts, nearly the same amplitudes', () => {
    const still = patternOf({}, 1e6);
    fc.assert(
      fc.property(shifts, (shift) => {
        const back = resampled({ intensity: patternOf({}, 1e6, shift), mask: unmasked }, { ratio: 1, shift });
        expect(back.intensity.every((each) => each >= 0)).toBe(true);
        expect(totalOf(back.intensity) / 1e6).toBeCloseTo(1, 2);
        expect(amplitudeError(back.intensity, still)).toBeLessThan(0.06);
      }),
      few,
    );
  });

  it('of another edge see the same crystal', () => {
    // A crystal a tenth larger on voxels a tenth smaller has the same pattern.
    const fine = patternOf({ across: [20, 16, 22] }, 1e6);
    const coarse = patternOf({ across: [18, 14.4, 19.8] }, 1e6);
    const same = resampled({ intensity: fine, mask: unmasked }, { ratio: 0.9, shift: [0, 0, 0] });
    expect(amplitudeError(same.intensity, coarse)).toBeLessThan(0.2);
    expect(amplitudeError(fine, coarse)).toBeGreaterThan(0.3);
  });

  it('beyond the volume were not measured, nor where the nearest voxel was not', () => {
    const mask = unmasked.slice();
    mask[(10 * SIZE + 20) * SIZE + 30] = 1;
    const { mask: moved } = resampled(
      { intensity: new Float32Array(SIZE ** 3), mask },
      { ratio: 1, shift: [2, 0, 0.3] },
    );
    expect(moved[(8 * SIZE + 20) * SIZE + 30]).toBe(1);
    expect(moved[(10 * SIZE + 20) * SIZE + 30]).toBe(0);
    expect(moved[(SIZE - 1) * SIZE ** 2]).toBe(1);
    expect(moved[(SIZE - 3) * SIZE ** 2]).toBe(0);
  });
});

describe('the sum of repeats', () => {
  it('of one pattern, moved by fractions of a voxel, is that pattern with all the counts', () => {
    const still = patternOf({}, 3e6);
    fc.assert(
      fc.property(fc.array(shifts, { minLength: 3, maxLength: 3 }), (all) => {
        const repeats = all.map((shift) => repeatOf(patternOf({}, 1e6, shift)));
        const sum = sumOf(repeats);
        expect(sum.counts / 3e6).toBeCloseTo(1, 6);
        expect(totalOf(sum.intensity) / 3e6).toBeCloseTo(1, 2);
        const mean = [0, 1, 2].map((axis) => all.reduce((n, shift) => n + shift[axis]! / 3, 0));
        sum.parts.forEach(({ left, correlation, shift }, n) => {
          expect(left).toBeUndefined();
          expect(correlation).toBeGreaterThan(0.995);
          shift!.forEach((x, axis) => expect(Math.abs(x - (all[n]![axis]! - mean[axis]!))).toBeLessThan(0.02));
        });
        const back = resampled(sum, { ratio: 1, shift: mean as unknown as Vec3 });
        expect(amplitudeError(back.intensity, still)).toBeLessThan(0.1);
      }),
      few,
    );
  });

  it('has less noise than any of them', () => {
    const repeats = [1, 2, 3, 4].map((seed) => noisy({}, 2e4, seed, [0.1 * seed - 0.25, 0, 0]));
    const sum = sumOf(repeats);
    const truth = patternOf({}, 8e4);
    const [first] = repeats as [Repeat];
    const scale = 8e4 / totalOf(first.intensity);
    const alone = first.intensity.map((each) => scale * each);
    expect(amplitudeError(sum.intensity, truth)).toBeLessThan(0.75 * amplitudeError(alone, truth));
  });

  it('leaves out what is another crystal, or holds a dislocation, and names it, in whatever order they come', () => {
    const good = [1, 2, 3].map((seed) => noisy({}, 1e5, seed, [0.3 - 0.1 * seed, 0.2, -0.4]));
    const dislocated = noisy({ line: [2.1, 1.1] }, 1e5, 4);
    const stranger = noisy({ across: [14, 19, 17] }, 2e5, 5);
    const straight = sumOf([...good, dislocated, stranger]);
    expect(straight.parts.map(({ left }) => left)).toEqual([
      undefined,
      undefined,
      undefined,
      'correlation',
      'correlation',
    ]);
    for (const { correlation, left } of straight.parts)
      if (left) expect(correlation).toBeLessThan(ALIKE);
      else expect(correlation).toBeGreaterThan(0.99);
    expect(straight.counts).toBeCloseTo(
      good.reduce((all, { counts }) => all + counts, 0),
      0,
    );
    const turned = sumOf([stranger, good[2]!, dislocated, good[0]!, good[1]!]);
    expect(turned.parts.map(({ left }) => left !== undefined)).toEqual([true, false, true, false, false]);
    expect(amplitudeError(turned.intensity, straight.intensity)).toBeLessThan(0.01);
  });

  it('measures what any of them measured, as bright as those say, and nothing that none did', () => {
    const truth = patternOf({}, 2e5);
    // A gap through the peak's flank in one of them, a side in both.
    const masked = (plane: boolean): Uint8Array =>
      unmasked.map((_, v) => Number((plane && Math.floor(v / SIZE) % SIZE === 30) || v % SIZE > 60));
    const gapped = [true, false].map((plane): Repeat => {
      const mask = masked(plane);
      return { ...repeatOf(patternOf({}, 1e5)), mask };
    });
    const [first] = gapped as [Repeat];
    // What it was filled with is half of what is there.
    const wrong = first.intensity.map((each, v) => (first.mask[v] === 1 ? each / 2 : each));
    const sum = sumOf([
      { ...first, intensity: wrong, counts: (1e5 * totalOf(wrong)) / totalOf(first.intensity) },
      gapped[1]!,
    ]);
    const at = (i: number, j: number, k: number): number => (i * SIZE + j) * SIZE + k;
    expect([sum.mask[at(32, 30, 32)], sum.mask[at(32, 32, 32)], sum.mask[at(32, 32, 62)]]).toEqual([0, 0, 1]);
    const [hole, beside] = [at(32, 30, 32), at(32, 32, 32)];
    expect(sum.intensity[hole]! / sum.intensity[beside]!).toBeCloseTo(truth[hole]! / truth[beside]!, 1);
  });

  it('is refused where no more than half of them agree, or fewer than two could', () => {
    const pair = [noisy({}, 1e5, 1), noisy({ line: [2.1, 1.1] }, 1e5, 2)];
    expect(sumRepeats(pair)).toMatchObject({ refused: 'disagree' });
    const other = noisy({}, 1e5, 3);
    const coarse = { ...other, voxel: 1.3e-3 };
    expect(sumRepeats([pair[0]!, coarse])).toMatchObject({ refused: 'too-few' });
    expect(sumRepeats([pair[0]!])).toMatchObject({ refused: 'too-few' });
    const { parts } = sumOf([pair[0]!, other, coarse]);
    expect(parts.map(({ left }) => left)).toEqual([undefined, undefined, 'voxel']);
  });
});
