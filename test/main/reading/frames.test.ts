import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { findMask } from '@core/reduce/mask';
import { readMonitor } from '@main/reading/monitor';
import { mendPositions } from '@main/reading/positions';
import { readFrames } from '@main/reading/frames';
import type { ScanSource } from '@main/scan/types';
import { memorySource } from './memory-source';

const ROWS = 18;
const COLS = 15;
const PIXELS = ROWS * COLS;

const sourceOf = (counts: Float32Array, mask?: Uint8Array): ScanSource =>
  memorySource(counts, [ROWS, COLS], { ...(mask && { mask }) });

describe('a scan too large to be kept', () => {
  const scan = fc.record({
    frames: fc.integer({ min: 9, max: 40 }),
    seed: fc.nat(1e6),
    hot: fc.nat(PIXELS - 1),
    corrupt: fc.boolean(),
    masked: fc.boolean(),
    /** Voxels without a count: one pixel in all frames, others in some. */
    holes: fc.array(fc.nat(40 * PIXELS), { maxLength: 6 }),
    wrong: fc.constantFrom(NaN, -1, 2 ** 32 - 1),
    box: fc.record({ f: fc.nat(8), r: fc.nat(10), c: fc.nat(8) }),
  });

  it('gives what a scan that is kept gives: statistics, spoiled frames, and every box', () => {
    fc.assert(
      fc.property(scan, ({ frames, seed, hot, corrupt, masked, holes, wrong, box }) => {
        const counts = Float32Array.from({ length: frames * PIXELS }, (_, i) => ((i + seed) * 2654435761) % 23);
        for (let f = 0; f < frames; f++) counts[f * PIXELS + hot] = 5000;
        counts[6 * PIXELS + ((hot + 40) % PIXELS)] = 9000;
        if (corrupt) counts.fill(60_000, 4 * PIXELS, 5 * PIXELS);
        counts.copyWithin(7 * PIXELS, 6 * PIXELS, 7 * PIXELS);
        for (let f = 0; f < frames && holes.length > 0; f++) counts[f * PIXELS + (holes[0]! % PIXELS)] = wrong;
        for (const hole of holes) if (hole < counts.length) counts[hole] = wrong;
        counts.copyWithin(7 * PIXELS, 6 * PIXELS, 7 * PIXELS);
        const mask = new Uint8Array(frames * PIXELS);
        if (masked) mask.fill(1, 2 * PIXELS + 30, 2 * PIXELS + 40);
        const masks = masked ? splitMask(mask, PIXELS, frames) : undefined;
        const [kept, pieces] = [undefined, 0].map((keepBytes) => {
          const read = readFrames(sourceOf(counts.slice(), mask), frames, {
            masks,
            ...(keepBytes === 0 && { keepBytes }),
          });
          const pixels = findMask(read.statistics).pixels;
          const opened = read.open(pixels, {});
          const cut = opened.cut({ frames: [box.f, frames], rows: [box.r, box.r + 6], cols: [box.c, box.c + 7] }, true);
          const seen: number[] = [];
          const unmeasured: number[] = [];
          for (let f = 0; f < cut.shape[0]; f++) {
            for (let r = 0; r < 6; r++) {
              for (let c = 0; c < 7; c++) {
                const at =
                  ((cut.box.frames[0] - cut.origin[0] + f) * cut.block.rows + cut.box.rows[0] - cut.origin[1] + r) *
                    cut.block.cols +
                  cut.box.cols[0] -
                  cut.origin[2] +
                  c;
                seen.push(cut.block.counts[at]!);
                unmeasured.push(cut.voxels?.[at] ?? 0);
              }
            }
          }
          const { sum, quiet, frameSums, uncounted } = read.statistics;
          return {
            sum,
            quiet,
            frameSums,
            uncounted,
            masks: read.masks,
            pixels,
            seen,
            unmeasured,
            corrupt: read.corrupt,
            doubled: read.doubled,
          };
        });
        expect(pieces).toEqual(kept);
        expect(kept!.corrupt).toEqual(corrupt ? [4] : []);
        expect(kept!.doubled).toEqual([7]);
        expect(kept!.seen.length).toBeGreaterThan(0);
      }),
      { numRuns: 40, seed: 54 },
    );
  });
});

describe('the monitor', () => {
  const sums = Array.from({ length: 20 }, () => 5000);

  it('normalises by what it counted, whatever single entries say', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(19), { maxLength: 5 }), fc.constantFrom(0, NaN, -1), (bad, value) => {
        const counts = Float64Array.from({ length: 20 }, (_, f) => (bad.includes(f) ? value : 1000 + 10 * f));
        const { scale, unread, lost } = readMonitor(counts, sums);
        expect(unread).toEqual(bad.toSorted((a, b) => a - b));
        expect(lost).toEqual([]);
        const product = [...scale!].map((factor, f) => factor * counts[f]!).filter((_, f) => !bad.includes(f));
        for (const p of product) expect(p).toBeCloseTo(product[0]!, 6);
        for (const f of bad) expect(scale![f]).toBe(1);
      }),
    );
  });

  it('does not believe a single count that the frame does not follow, and believes one that it does', () => {
    const curve = Array.from({ length: 40 }, (_, f) => 500 + 1e6 / (1 + ((f - 20) / 3) ** 2));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 38 }), fc.constantFrom(0.06, 0.1, 0.25, 5, 15), (at, part) => {
        const counts = Float64Array.from(curve, (_, f) => (f === at ? part : 1) * (1e5 + 100 * f));
        const misread = readMonitor(counts, curve);
        expect(misread).toMatchObject({ unread: [at], lost: [] });
        expect(misread.scale![at]).toBe(1);
        const followed = readMonitor(counts, curve.with(at, part * curve[at]!));
        expect(followed.unread).toEqual([]);
        expect(followed.scale![at]! * part).toBeCloseTo(followed.scale![at - 1]!, 1);
      }),
    );
  });

  it('tells frames without beam, which are dark too, and is not used where it does not count', () => {
    const dark = sums.map((sum, f) => (f >= 8 && f < 12 ? 0 : sum));
    const counts = Float64Array.from(sums, (_, f) => (f >= 8 && f < 12 ? 0 : 1e5));
    expect(readMonitor(counts, dark)).toMatchObject({ lost: [8, 9, 10, 11], unread: [] });
    expect(readMonitor(new Float64Array(20), sums)).toMatchObject({ unreliable: 'it counted in 0 of 20 frames' });
    expect(readMonitor(new Float64Array(9), sums).unreliable).toContain('9 counts for 20 frames');
    expect(readMonitor(undefined, sums)).toEqual({ lost: [], unread: [] });
  });
});

describe('positions', () => {
  it('that are no number, or slipped, are interpolated; at the ends nobody knows them', () => {
    const even = Array.from({ length: 30 }, (_, i) => 10 + 0.01 * i);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 27 }), fc.constantFrom(NaN, 0, 400), (at, wrong) => {
        const { positions, interpolated, unknown } = mendPositions(even.with(at, wrong));
        expect(interpolated).toEqual([at]);
        expect(unknown).toEqual([]);
        expect(positions[at]).toBeCloseTo(even[at]!, 9);
      }),
    );
    expect(mendPositions([NaN, ...even.slice(1)]).unknown).toEqual([0]);
    expect(mendPositions(even.toReversed())).toMatchObject({ interpolated: [], unknown: [] });
  });
});
