import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { foldFrames, type FoldOptions, type FrameStatistics } from '@core/reduce/statistics';

const ROWS = 6;
const COLS = 7;
const PIXELS = ROWS * COLS;

/** @param splits frames before which another piece begins; `asked`: statistics are asked for after each */
const gather = (
  counts: Float32Array,
  splits: readonly number[],
  options: FoldOptions = {},
  asked = false,
): FrameStatistics => {
  const fold = foldFrames(ROWS, COLS, options);
  const edges = [0, ...splits.toSorted((a, b) => a - b), counts.length / PIXELS];
  for (const [n, from] of edges.slice(0, -1).entries()) {
    fold.add(counts.subarray(from * PIXELS, edges[n + 1]! * PIXELS));
    if (asked) fold.statistics();
  }
  return fold.statistics();
};

describe('statistics of the frames', () => {
  it('sum every pixel and every frame, however the frames come in blocks', () => {
    const frames = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 17 * PIXELS, maxLength: 17 * PIXELS });
    fc.assert(
      fc.property(frames, fc.nat(17), (values, split) => {
        const statistics = gather(Float32Array.from(values), [split]);
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

  const spoiled = fc.record({
    frames: fc.integer({ min: 1, max: 30 }),
    seed: fc.nat(1e6),
    ray: fc.nat(29 * PIXELS),
    wrong: fc.nat(29 * PIXELS),
    empty: fc.array(fc.nat(29), { maxLength: 2 }),
    masked: fc.boolean(),
  });
  const madeOf = ({ frames, seed, ray, wrong }: { frames: number; seed: number; ray: number; wrong: number }) => {
    const counts = Float32Array.from({ length: frames * PIXELS }, (_, i) => ((i + seed) * 2654435761) % 19);
    counts[ray % counts.length] = 9000;
    counts[wrong % counts.length] = NaN;
    return counts;
  };

  it('law: whatever pieces the frames come in, and however often one asks meanwhile, all is as of the whole', () => {
    fc.assert(
      fc.property(spoiled, fc.array(fc.nat(30), { maxLength: 6 }), fc.boolean(), (scan, places, asked) => {
        const mask = new Uint8Array(scan.frames * PIXELS);
        if (scan.masked) mask.fill(1, PIXELS / 2, PIXELS / 2 + 9);
        const options = { masks: scan.masked ? splitMask(mask, PIXELS, scan.frames) : undefined, empty: scan.empty };
        const [whole, pieces] = [madeOf(scan), madeOf(scan)];
        const expected = gather(whole, [], options);
        const splits = places.filter((at) => at <= scan.frames);
        expect(gather(pieces, splits, options, asked)).toEqual(expected);
        expect(pieces).toEqual(whole);
        expect(expected.frames).toBe(scan.frames);
      }),
      { numRuns: 150 },
    );
  });

  it('law: frames of which there are only some rows at a time give what whole ones give, cosmic rays beside each other among it', () => {
    const rays = fc.array(fc.nat(29 * PIXELS), { maxLength: 12 });
    fc.assert(
      fc.property(spoiled, rays, fc.integer({ min: 1, max: PIXELS }), fc.boolean(), (scan, at, strip, unordered) => {
        const mask = new Uint8Array(scan.frames * PIXELS);
        if (scan.masked) mask.fill(1, PIXELS / 2, PIXELS / 2 + 9);
        const order = unordered ? [...Array(scan.frames).keys()].reverse() : undefined;
        const options = {
          ...{ masks: scan.masked ? splitMask(mask, PIXELS, scan.frames) : undefined, empty: scan.empty, order },
        };
        const counts = madeOf(scan);
        for (const place of at) counts[place % counts.length] = 500 + (place % 7) * 4000;
        for (const place of at.slice(0, 3)) counts[(place * 31) % counts.length] = [-1, -0.5, 5e9][place % 3]!;
        const frame = (f: number): Float32Array => counts.subarray(f * PIXELS, (f + 1) * PIXELS);
        const fold = foldFrames(ROWS, COLS, { ...options, strip });
        for (let first = 0; first < scan.frames; first += 8)
          fold.addByRows(Math.min(8, scan.frames - first), (n, top, bottom) =>
            frame(order?.[first + n] ?? first + n).slice(top * COLS, bottom * COLS),
          );
        const whole = foldFrames(ROWS, COLS, options);
        for (let place = 0; place < scan.frames; place++) whole.add(frame(order?.[place] ?? place).slice());
        expect(fold.statistics()).toEqual(whole.statistics());
      }),
      { numRuns: 300 },
    );
  });

  it('frames by their rows stand in eights, and none comes behind fewer', () => {
    const rowsOf = (_: number, top: number, bottom: number): Float32Array => new Float32Array((bottom - top) * COLS);
    const fold = foldFrames(ROWS, COLS);
    fold.add(new Float32Array(3 * PIXELS));
    expect(() => fold.addByRows(8, rowsOf)).toThrow(RangeError);
    const ended = foldFrames(ROWS, COLS);
    ended.addByRows(5, rowsOf);
    expect(() => ended.add(new Float32Array(PIXELS))).toThrow(RangeError);
    expect(() => ended.addByRows(8, rowsOf)).toThrow(RangeError);
  });

  it('law: two who share the frames, eights to each, find together what one finds alone', () => {
    fc.assert(
      fc.property(spoiled, fc.nat(3), ({ empty, ...scan }, eights) => {
        const counts = madeOf({ ...scan, frames: 32 });
        const expected = gather(counts.slice(), [], { empty });
        const [fold, later] = [foldFrames(ROWS, COLS, { empty }), foldFrames(ROWS, COLS, { empty, first: 8 * eights })];
        fold.add(counts.subarray(0, 8 * eights * PIXELS));
        later.add(counts.subarray(8 * eights * PIXELS));
        fold.join(later.statistics());
        expect(fold.statistics()).toEqual(expected);
        expect(fold.frames).toBe(32);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be joined in the midst of eight frames, whose cosmic rays nobody could tell', () => {
    const [fold, later] = [foldFrames(ROWS, COLS), foldFrames(ROWS, COLS, { first: 8 })];
    later.add(new Float32Array(5 * PIXELS));
    expect(() => fold.join(later.statistics())).toThrow(RangeError);
    fold.add(new Float32Array(PIXELS));
    expect(() => fold.join(foldFrames(ROWS, COLS).statistics())).toThrow(RangeError);
  });

  it.each([
    ['not a number', NaN],
    ['infinite', Infinity],
    ['negative', -3],
    ['the mark of a dead Dectris pixel', 2 ** 32 - 1],
  ])('remember pixels whose count is %s, and set them to 0', (_, value) => {
    const counts = new Float32Array(9 * PIXELS).fill(2);
    for (const frame of [3, 5]) counts[frame * PIXELS + 11] = value;
    const statistics = gather(counts, []);
    expect(statistics.uncounted.map((pixels) => [...pixels])).toEqual(
      Array.from({ length: 9 }, (_frame, f) => (f === 3 || f === 5 ? [11] : [])),
    );
    expect(statistics.belowZero).toBe(0);
    expect(counts[3 * PIXELS + 11]).toBe(0);
    expect(statistics.sum[11]).toBe(2 * 7);
    expect(statistics.sum[12]).toBe(2 * 9);
  });

  it('take fractions below zero for what a subtracted background leaves: nothing, and measured', () => {
    const counts = new Float32Array(9 * PIXELS).fill(2);
    counts[3 * PIXELS + 11] = -0.25;
    counts[8 * PIXELS + 2] = -7.5;
    const statistics = gather(counts, []);
    expect(statistics.uncounted.every(({ length }) => length === 0)).toBe(true);
    expect(statistics.belowZero).toBe(2);
    expect(statistics.sum[11]).toBe(2 * 8);
  });

  it('take out a cosmic ray, and leave a bright fringe alone', () => {
    const counts = new Float32Array(8 * PIXELS).fill(1);
    counts[4 * PIXELS + 17] = 5000;
    for (let f = 2; f < 6; f++) for (const p of [30, 31, 37]) counts[f * PIXELS + p] = 900;
    const statistics = gather(counts, []);
    expect(counts[4 * PIXELS + 17]).toBe(1);
    expect(statistics.sum[17]).toBe(8);
    expect(statistics.sum[31]).toBe(4 * 900 + 4);
  });
});
