import { describe, expect, it } from 'vitest';
import { measureStability } from '@main/study/stability';
import type { Engine } from '@main/engine/types';

const SIDE = 64;

/** Calls a pattern defective when its brightest voxel of the plane across axis 0 lies at a positive second index, or off that plane. */
const judging = (verdict: (i: number, j: number, k: number) => boolean): Engine => ({
  name: 'by hand',
  predict: async (volumes, count) =>
    Float32Array.from({ length: 2 * count }, (_, at) => {
      const volume = volumes.subarray(Math.floor(at / 2) * SIDE ** 3, (Math.floor(at / 2) + 1) * SIDE ** 3);
      const most = volume.indexOf(
        Math.max(
          ...volume.subarray(0, 1),
          volume.reduce((a, b) => Math.max(a, b), 0),
        ),
      );
      const defective = verdict(
        Math.floor(most / SIDE ** 2) - 32,
        (Math.floor(most / SIDE) % SIDE) - 32,
        (most % SIDE) - 32,
      );
      return at % 2 === Number(defective) ? 9 : 0;
    }),
  portray: () => Promise.reject(new Error('not asked for')),
  close: async () => undefined,
});

/** One bright spot, 12 voxels from the centre along axis 1. */
const spot = new Float32Array(SIDE ** 3);
for (const [i, j, k] of [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c) => [a, b, c] as const))))
  spot[((32 + i) * SIDE + 44 + j) * SIDE + 32 + k] = 1;
const set = { entries: [], read: async () => spot };

describe('how far verdicts stand turning', () => {
  it('is the share of spins and tilts that keep the verdict', async () => {
    const half = await measureStability(
      judging((_, j) => j > 0),
      set,
      [0],
      1,
      64,
      1,
    );
    // Half of all spins leave the spot on its side; 64 throws, four standard deviations.
    expect(Math.abs(half.spins - 0.5)).toBeLessThan(0.25);
    expect(half.steady).toBe(0);
    // A tilt of 10 degrees moves it by 2 voxels at most, along axis 0.
    expect(half.tilts.map(({ degrees, share }) => [degrees, share])).toEqual([1, 2, 5, 10].map((d) => [d, 1]));
    const flat = await measureStability(
      judging((i) => Math.abs(i) > 1),
      set,
      [0],
      1,
      20,
      1,
    );
    expect(flat.spins).toBe(1);
    expect(flat.tilts[0]!.share).toBe(1);
    expect(flat.tilts[3]!.share).toBeLessThan(0.8);
    expect(flat).toMatchObject({ patterns: 1, turns: 20, steady: 1, probable: { patterns: 1, spins: 1 } });
  });

  it('tells the probable verdicts apart, at the temperature that the model is calibrated by', async () => {
    const doubtful = judging((_, j) => j > 0);
    // Two logits 9 apart: 0.9999 at temperature 1, 0.86 at 5.
    const kept = await measureStability(doubtful, set, [0], 1, 8, 5);
    expect(kept.probable.patterns).toBe(0);
    expect(kept.patterns).toBe(1);
  });
});
