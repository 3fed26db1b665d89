import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFrames, createStatistics, finishStatistics, type FrameStatistics } from '@core/reduce/statistics';

const ROWS = 6;
const COLS = 7;
const PIXELS = ROWS * COLS;

const gather = (counts: Float32Array, split: number): FrameStatistics => {
  const statistics = createStatistics(ROWS, COLS);
  const frames = counts.length / PIXELS;
  for (const [from, to] of [
    [0, split],
    [split, frames],
  ] as const) {
    addFrames(statistics, {
      frames: to - from,
      rows: ROWS,
      cols: COLS,
      counts: counts.subarray(from * PIXELS, to * PIXELS),
    });
  }
  return finishStatistics(statistics);
};

describe('statistics of the frames', () => {
  it('sum every pixel and every frame, however the frames come in blocks', () => {
    const frames = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 17 * PIXELS, maxLength: 17 * PIXELS });
    fc.assert(
      fc.property(frames, fc.constantFrom(0, 8, 16), (values, split) => {
        const statistics = gather(Float32Array.from(values), split);
        expect(statistics.frames).toBe(17);
        for (let p = 0; p < PIXELS; p++) {
          const own = values.filter((_, i) => i % PIXELS === p);
          expect(statistics.sum[p]).toBe(own.reduce((a, b) => a + b, 0));
          const eights = [own.slice(0, 8), own.slice(8, 16)].map((group) => group.reduce((a, b) => a + b, 0));
          expect(statistics.quiet[p]).toBe(Math.min(...eights));
        }
        const firstFrame = values.slice(0, PIXELS).reduce((a, b) => a + b, 0);
        expect(statistics.frameSums[0]).toBe(firstFrame);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['not a number', NaN],
    ['infinite', Infinity],
    ['negative', -3],
    ['the mark of a dead Dectris pixel', 2 ** 32 - 1],
  ])('remember pixels whose count is %s, and set them to 0', (_, value) => {
    const counts = new Float32Array(9 * PIXELS).fill(2);
    for (const frame of [3, 5]) counts[frame * PIXELS + 11] = value;
    const statistics = gather(counts, 0);
    expect(statistics.invalidPixels).toBe(1);
    expect(statistics.invalid[11]).toBe(1);
    expect(counts[3 * PIXELS + 11]).toBe(0);
    expect(statistics.sum[11]).toBe(2 * 7);
    expect(statistics.sum[12]).toBe(2 * 9);
  });

  it('take out a cosmic ray, and leave a bright fringe alone', () => {
    const counts = new Float32Array(8 * PIXELS).fill(1);
    counts[4 * PIXELS + 17] = 5000;
    for (let f = 2; f < 6; f++) for (const p of [30, 31, 37]) counts[f * PIXELS + p] = 900;
    const statistics = gather(counts, 0);
    expect(counts[4 * PIXELS + 17]).toBe(1);
    expect(statistics.sum[17]).toBe(8);
    expect(statistics.sum[31]).toBe(4 * 900 + 4);
  });
});
