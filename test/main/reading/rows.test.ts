import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { MASK_DEAD } from '@core/reduce/mask';
import { rowStart, type Region } from '@core/reduce/region';
import { readFrames } from '@main/reading/frames';
import type { ScanSource } from '@main/scan/types';
import { memorySource } from './memory-source';

const ROWS = 130;
const COLS = 9;
const PIXELS = ROWS * COLS;

/** A source of which rows can be read alone, and that counts how many were. */
function sourceOf(counts: Float32Array, mask?: Uint8Array): { source: ScanSource; rowsRead: () => number } {
  let rowsRead = 0;
  const source = memorySource(counts, [ROWS, COLS], {
    ...(mask && { mask }),
    readRows: (frame, top, bottom) => {
      rowsRead += bottom - top;
      return counts.slice(frame * PIXELS + top * COLS, frame * PIXELS + bottom * COLS);
    },
  });
  return { source, rowsRead: () => rowsRead };
}

/** Counts and marks of a region, frame by frame and row by row. */
function contents(region: Region): { counts: number[]; unmeasured: number[] } {
  const [frames, rows, cols] = region.shape;
  const places = Array.from({ length: frames * rows }, (_, n) => rowStart(region, Math.floor(n / rows), n % rows));
  const from = (all: ArrayLike<number>): number[] =>
    places.flatMap((at) => Array.from({ length: cols }, (_, c) => all[at + c] ?? 0));
  return { counts: from(region.block.counts), unmeasured: from(region.voxels ?? []) };
}

describe('a scan of which only the rows about the peak are read again', () => {
  it('gives every box as a scan that is kept does: gaps filled, cosmic rays out, masks per frame', () => {
    const scan = fc.record({
      frames: fc.integer({ min: 9, max: 20 }),
      seed: fc.nat(1e6),
      gap: fc.integer({ min: 20, max: 90 }),
      ray: fc.nat(PIXELS - 1),
      box: fc.record({ f: fc.nat(8), top: fc.integer({ min: 30, max: 80 }), rows: fc.integer({ min: 1, max: 12 }) }),
      corrupt: fc.boolean(),
      masked: fc.boolean(),
    });
    fc.assert(
      fc.property(scan, ({ frames, seed, gap, ray, box, corrupt, masked }) => {
        const counts = Float32Array.from({ length: frames * PIXELS }, (_, i) => ((i + seed) * 2654435761) % 23);
        counts[5 * PIXELS + ray] = 9000;
        if (corrupt) counts.fill(60_000, 4 * PIXELS, 5 * PIXELS);
        const pixels = new Uint8Array(PIXELS).fill(MASK_DEAD, gap * COLS, (gap + 17) * COLS);
        const frameMask = new Uint8Array(frames * PIXELS);
        if (masked) frameMask.fill(1, 6 * PIXELS + box.top * COLS, 6 * PIXELS + (box.top + 2) * COLS);
        const masks = masked ? splitMask(frameMask, PIXELS, frames) : undefined;
        const place = { frames: [box.f, frames], rows: [box.top, box.top + box.rows], cols: [2, 8] } as const;
        const [kept, again, partly] = [2 ** 30, 0, frames * 4 * 900].map((keepBytes) => {
          const { source } = sourceOf(counts.slice(), masked ? frameMask : undefined);
          return contents(readFrames(source, frames, { masks, keepBytes }).open(pixels, {}).cut(place, true));
        });
        expect(again).toEqual(kept);
        expect(partly).toEqual(kept);
      }),
      { numRuns: 60 },
    );
  });

  it('of frames too large for eight of them at once reads rows in the first pass, and finds what whole frames tell', () => {
    const [rows, cols, frames] = [1100, 1000, 19];
    const pixels = rows * cols;
    const counts = Float32Array.from({ length: frames * pixels }, (_, i) => ((i * 2654435761) >>> 8) % 5);
    // The peak, of which a box is kept, across the edge of what is looked at together; a cosmic ray at it; no count; a frame doubled.
    for (let f = 4; f < 15; f++)
      for (let r = 510; r < 540; r++)
        counts.fill(400 - 30 * Math.abs(f - 9), f * pixels + r * cols + 480, f * pixels + r * cols + 500);
    for (const r of [523, 524, 525]) counts[7 * pixels + r * cols + 20] = 9000 * r;
    counts.fill(-1, 3 * pixels + 40, 3 * pixels + 60);
    counts.copyWithin(17 * pixels, 16 * pixels, 17 * pixels);
    const whole = memorySource(counts, [rows, cols]);
    let [reads, parts] = [0, 0];
    const byRows: ScanSource = {
      ...whole,
      read: (from, to) => {
        reads += to - from;
        return whole.read(from, to);
      },
      readRows: (f, top, bottom) => {
        parts++;
        return counts.slice(f * pixels + top * cols, f * pixels + bottom * cols);
      },
    };
    const box = { frames: [0, frames], rows: [500, 560], cols: [470, 520] } as const;
    const of = (source: ScanSource) => {
      const scan = readFrames(source, frames, { keepBytes: 2 ** 22 });
      const { statistics, uncounted, corrupt, doubled } = scan;
      return {
        statistics,
        uncounted,
        corrupt,
        doubled,
        box: contents(scan.open(new Uint8Array(pixels), {}).cut(box, false)),
      };
    };
    expect(of(byRows)).toEqual(of(whole));
    expect(parts).toBeGreaterThan(0);
    // The middle one, for where the peak is, and the two that are doubled.
    expect(reads).toBeLessThanOrEqual(4);
  });

  it('does not read whole frames again', () => {
    const frames = 12;
    const { source, rowsRead } = sourceOf(new Float32Array(frames * PIXELS).fill(1));
    const opened = readFrames(source, frames, { keepBytes: 0 }).open(new Uint8Array(PIXELS), {});
    opened.cut({ frames: [0, frames], rows: [60, 64], cols: [0, COLS] }, false);
    expect(rowsRead()).toBeGreaterThan(0);
    expect(rowsRead()).toBeLessThan(0.6 * frames * ROWS);
  });

  it('reads no row again where the peak was seen before: its surroundings were kept', () => {
    const frames = 24;
    const [rows, cols] = [600, 40];
    const counts = Float32Array.from({ length: frames * rows * cols }, (_, i) => ((i * 2654435761) % 97 === 0 ? 1 : 0));
    for (let f = 0; f < frames; f++)
      for (let p = 0; p < 49; p++)
        counts[(f * rows + 300 + Math.floor(p / 7)) * cols + 20 + (p % 7)] = 90 - Math.abs(f - 12);
    const read: number[] = [];
    const source = memorySource(counts, [rows, cols], {
      read: (from, to) => {
        read.push(from);
        return counts.slice(from * rows * cols, to * rows * cols);
      },
      readRows: () => {
        throw new Error('read again');
      },
    });
    const keepBytes = frames * 4 * 200 * cols;
    const opened = readFrames(source, frames, { keepBytes }).open(new Uint8Array(rows * cols), {});
    const box = { frames: [0, frames], rows: [296, 311], cols: [0, cols] } as const;
    const whole = readFrames(memorySource(counts, [rows, cols]), frames).open(new Uint8Array(rows * cols), {});
    expect(contents(opened.cut(box, false))).toEqual(contents(whole.cut(box, false)));
    expect(read.length).toBeGreaterThan(0);
  });
});
