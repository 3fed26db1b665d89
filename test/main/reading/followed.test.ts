import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findMask } from '@core/reduce/mask';
import { rowStart, type Region } from '@core/reduce/region';
import { createFollowedScans, nextStop } from '@main/reading/followed';
import { readFrames } from '@main/reading/frames';
import type { ScanFrames } from '@main/reading/scan-frames';
import type { ScanSource } from '@main/scan/types';
import { memorySource } from './memory-source';

const SHAPE = [14, 11] as const;
const PIXELS = SHAPE[0] * SHAPE[1];
const BOX = { frames: [1, 8], rows: [2, 9], cols: [3, 10] } as const;

/** The first frames of a scan as they are in the file now, and how often each was read. */
function sourceOf(counts: Float32Array, present: number, reads: number[] = []): ScanSource {
  const source = memorySource(counts.subarray(0, present * PIXELS), SHAPE);
  const frames = counts.length / PIXELS;
  return {
    ...source,
    facts: { ...source.facts, framesExpected: frames, whole: present === frames },
    read(from, to) {
      for (let f = from; f < to; f++) reads[f] = (reads[f] ?? 0) + 1;
      return source.read(from, to);
    },
    print: (frame) =>
      createHash('sha256')
        .update(counts.slice(frame * PIXELS, (frame + 1) * PIXELS))
        .digest('hex'),
  };
}

function contents(region: Region): number[] {
  const [frames, rows, cols] = region.shape;
  const starts = Array.from({ length: frames * rows }, (_, n) => rowStart(region, Math.floor(n / rows), n % rows));
  return starts.flatMap((at) => [...region.block.counts.subarray(at, at + cols)]);
}

/** Where the motor stood at so many frames. */
const upTo = (frames: number): number[] => [...Array(frames).keys()];

/** Everything that a verdict is made from. */
function told(read: ScanFrames): object {
  const { statistics, corrupt, doubled } = read;
  const mask = findMask(statistics).pixels;
  const { cut } = read.open(mask, {});
  const { sum, quiet, uncounted, belowZero, frameSums, frames } = statistics;
  return structuredClone({
    ...{ sum, quiet, uncounted, belowZero, frameSums, frames, corrupt, doubled, mask, masks: read.masks },
    seen: contents(cut({ ...BOX, frames: [BOX.frames[0], Math.min(frames, BOX.frames[1])] }, true)),
  });
}

const scan = fc.record({
  frames: fc.integer({ min: 9, max: 40 }),
  seed: fc.nat(1e6),
  hot: fc.nat(PIXELS - 1),
  ray: fc.nat(39 * PIXELS),
  wrong: fc.nat(39 * PIXELS),
  corrupt: fc.boolean(),
  /** Frames that are there at each look, and whether it is judged then or only read on. */
  looks: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean()), { maxLength: 8 }),
});

function countsOf({ frames, seed, hot, ray, wrong, corrupt }: typeof scan extends fc.Arbitrary<infer T> ? T : never) {
  const counts = Float32Array.from({ length: frames * PIXELS }, (_, i) => ((i + seed) * 2654435761) % 23);
  for (let f = 0; f < frames; f++) counts[f * PIXELS + hot] = 5000;
  counts[ray % counts.length] = 9000;
  counts[wrong % counts.length] = NaN;
  if (corrupt) counts.fill(60_000, 4 * PIXELS, 5 * PIXELS);
  return counts;
}

describe('a scan that is followed', () => {
  it('is at every look what it is when it is read at one go, and each frame of it is read once', () => {
    fc.assert(
      fc.property(scan, (made) => {
        const counts = countsOf(made);
        const followed = createFollowedScans();
        const reads: number[] = [];
        const looks = made.looks
          .map(([frames, judged]) => [Math.min(frames, made.frames), judged] as const)
          .toSorted(([a], [b]) => a - b);
        // The first look finds it unfinished: a scan that is whole from the start is not followed.
        for (const [present, judged] of [[1, false] as const, ...looks, [made.frames, true] as const]) {
          const source = sourceOf(counts, present, reads);
          const pass = followed.passOf(source, undefined, upTo(present), !judged)!;
          if (!judged) pass.readOn(source, nextStop(pass, present, PIXELS));
          else
            expect(told(readFrames(source, present, { pass }))).toEqual(
              told(readFrames(sourceOf(counts, present), present)),
            );
        }
        // A transmission error is left out of the statistics by reading again.
        if (!made.corrupt) expect(Math.max(...reads)).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('is read anew where any frame was changed since it was read, also while it was read', () => {
    fc.assert(
      fc.property(scan, fc.nat(39), fc.boolean(), (made, at, meanwhile) => {
        const counts = countsOf(made);
        const frame = 1 + (at % (made.frames - 2));
        const followed = createFollowedScans();
        const source = sourceOf(counts, made.frames - 1);
        const write = (): void => void counts.fill(17, frame * PIXELS, (frame + 1) * PIXELS);
        // Looked at from outside, then written, then read: what was kept is not what its print says.
        const half: ScanSource = {
          ...source,
          print(f) {
            const print = source.print?.(f);
            if (f === frame && meanwhile) write();
            return print;
          },
        };
        const pass = followed.passOf(half, undefined, upTo(made.frames - 1))!;
        pass.readOn(half, made.frames - 1);
        if (!meanwhile) write();
        const whole = sourceOf(counts, made.frames);
        const again = followed.passOf(whole, undefined, upTo(made.frames))!;
        expect(again.frames).toBe(0);
        expect(told(readFrames(whole, made.frames, { pass: again }))).toEqual(
          told(readFrames(sourceOf(counts, made.frames), made.frames)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('begins anew where frames are fewer than were read, or reading them failed', () => {
    const counts = new Float32Array(20 * PIXELS).fill(3);
    const followed = createFollowedScans();
    const source = sourceOf(counts, 16);
    followed.passOf(source, undefined, upTo(16))!.readOn(source, 16);
    expect(followed.passOf(source, undefined, upTo(16))!.frames).toBe(16);
    expect(followed.passOf(sourceOf(counts, 12), undefined, upTo(12))!.frames).toBe(0);
    const failing: ScanSource = {
      ...source,
      read: () => {
        throw new Error('gone');
      },
    };
    expect(() => followed.passOf(failing, undefined, upTo(16))!.readOn(failing, 16)).toThrow('gone');
    expect(followed.passOf(source, undefined, upTo(16))!.frames).toBe(0);
  });

  it('is none where it is whole from the start, or recorded in no order, where frames cannot be told apart, or each has a mask', () => {
    const counts = new Float32Array(12 * PIXELS).fill(3);
    const followed = createFollowedScans();
    expect(followed.passOf(sourceOf(counts, 12), undefined, upTo(12))).toBeUndefined();
    const backAndForth = upTo(9).map((frame) => (frame % 2 === 0 ? frame : 18 - frame));
    expect(followed.passOf(sourceOf(counts, 9), undefined, backAndForth)).toBeUndefined();
    const { print, ...plain } = sourceOf(counts, 9);
    expect(print?.(0)).toBeDefined();
    expect(followed.passOf(plain, undefined, upTo(9))).toBeUndefined();
    const masks = { common: new Uint8Array(PIXELS), whole: new Set([2]), own: new Map<number, Int32Array>() };
    expect(followed.passOf(sourceOf(counts, 9), masks, upTo(9))).toBeUndefined();
  });

  it('is let go of when nothing more was read of it for a long time', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const followed = createFollowedScans();
    const source = sourceOf(new Float32Array(20 * PIXELS).fill(3), 9);
    const before = (): number => {
      const pass = followed.passOf(source, undefined, upTo(9))!;
      const { frames } = pass;
      if (frames === 0) pass.readOn(source, 9);
      return frames;
    };
    const seen = [before()];
    for (const ms of [200_000, 200_000, 400_000]) {
      vi.advanceTimersByTime(ms);
      seen.push(before());
    }
    expect(seen).toEqual([0, 9, 9, 0]);
  });

  it('is let go of once it is settled, and with the third that is followed after it', () => {
    const counts = new Float32Array(20 * PIXELS).fill(3);
    const followed = createFollowedScans();
    const at = (number: number): ScanSource => {
      const source = sourceOf(counts, 9);
      return { ...source, facts: { ...source.facts, ref: { ...source.facts.ref, number } } };
    };
    const readOn = (number: number): number => {
      const pass = followed.passOf(at(number), undefined, upTo(9))!;
      const { frames } = pass;
      pass.readOn(at(number), 9);
      return frames;
    };
    expect([1, 2, 1, 2].map(readOn)).toEqual([0, 0, 9, 9]);
    followed.forget(at(1).facts.ref);
    expect([1, 3, 3, 2].map(readOn)).toEqual([0, 0, 9, 0]);
  });
});
