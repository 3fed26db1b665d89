import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { findMask, MASK_HOT } from '@core/reduce/mask';
import { rowStart, type Region } from '@core/reduce/region';
import { foldFrames, byFrame } from '@core/reduce/statistics';
import { readFrames } from '@main/reading/frames';
import { orderOf, readingOrder } from '@main/reading/plan';
import type { ScanFrames } from '@main/reading/scan-frames';
import { memorySource } from './memory-source';

/*
 * A scan says the same in whatever order its frames were recorded: up and down again, every other one first, at random. Recorded in the
 * order of its angles it is the independent truth here.
 */
const SHAPE = [40, 11] as const;
const PIXELS = SHAPE[0] * SHAPE[1];
const AREA = { rows: [8, 30], cols: [2, 10] } as const;

interface Scan {
  readonly counts: Float32Array;
  readonly masks: Uint8Array;
  /** Where the motor stood at each frame. */
  readonly positions: readonly number[];
}

const made = fc
  .record({
    frames: fc.integer({ min: 12, max: 40 }),
    seed: fc.nat(1e6),
    ray: fc.nat(39 * PIXELS),
    wrong: fc.nat(39 * PIXELS),
  })
  .chain((scan) =>
    fc.record({
      scan: fc.constant(scan),
      // Where each frame of the order was recorded.
      places: fc.shuffledSubarray([...Array(scan.frames).keys()], { minLength: scan.frames, maxLength: scan.frames }),
    }),
  );

function scanOf({ frames, seed, ray, wrong }: { frames: number; seed: number; ray: number; wrong: number }): Scan {
  const counts = Float32Array.from({ length: frames * PIXELS }, (_, i) => ((i + seed) * 2654435761) % 19);
  counts[ray % counts.length] = 9000;
  counts[wrong % counts.length] = NaN;
  const masks = new Uint8Array(frames * PIXELS);
  masks.fill(1, 3 * PIXELS + 100, 3 * PIXELS + 130);
  return { counts, masks, positions: [...Array(frames).keys()] };
}

/** The same frames, the one at `angle` recorded as number `places[angle]`. */
function recorded({ counts, masks, positions }: Scan, places: readonly number[]): Scan {
  const other = { counts: counts.slice(), masks: masks.slice(), positions: [...positions] };
  for (const [angle, place] of places.entries()) {
    other.counts.set(counts.subarray(angle * PIXELS, (angle + 1) * PIXELS), place * PIXELS);
    other.masks.set(masks.subarray(angle * PIXELS, (angle + 1) * PIXELS), place * PIXELS);
    other.positions[place] = positions[angle]!;
  }
  return other;
}

const read = ({ counts, masks, positions }: Scan, keepBytes: number): ScanFrames =>
  readFrames(memorySource(counts.slice(), SHAPE, { mask: masks }), positions.length, {
    masks: splitMask(masks, PIXELS, positions.length),
    order: orderOf(positions),
    keepBytes,
  });

/** A frame of a region. */
function frameOf(region: Region, frame: number): number[] {
  const [, rows, cols] = region.shape;
  return Array.from({ length: rows }, (_, row) => rowStart(region, frame, row)).flatMap((at) => [
    ...region.block.counts.subarray(at, at + cols),
  ]);
}

/** What it says, frames by the order of their angles. */
function told(scan: Scan, places: readonly number[], keepBytes: number): object {
  const frames = read(scan, keepBytes);
  const { sum, quiet, frameSums, uncounted, belowZero } = frames.statistics;
  const seen = frames.open(findMask(frames.statistics).pixels, {});
  const region = seen.cut({ frames: [0, places.length], ...AREA }, true);
  return structuredClone({
    ...{ sum, quiet, belowZero, corrupt: frames.corrupt.length },
    frameSums: places.map((place) => frameSums[place]),
    uncounted: places.map((place) => uncounted[place]),
    seen: places.map((place) => frameOf(region, place)),
  });
}

describe('a scan recorded in another order', () => {
  it('law: kept as a whole or read in pieces, it says what the one recorded by its angles says', () => {
    fc.assert(
      fc.property(made, ({ scan, places }) => {
        const inOrder = scanOf(scan);
        const other = recorded(inOrder, places);
        fc.pre(readingOrder(orderOf(other.positions)) !== undefined);
        const expected = told(inOrder, inOrder.positions, 2 ** 30);
        for (const keepBytes of [2 ** 30, 0, places.length * 4 * 250])
          expect(told(other, places, keepBytes)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('has no hot pixels where the peak was met again and again', () => {
    const frames = 48;
    const counts = new Float32Array(frames * PIXELS).fill(1);
    const steady = 5 * SHAPE[1] + 3;
    for (let f = 0; f < frames; f++) {
      for (let row = 16; row < 25; row++)
        for (let col = 1; col < 10; col++) {
          const away = ((f - 24) / 3) ** 2 + ((row - 20) ** 2 + (col - 5) ** 2) / 4;
          counts[f * PIXELS + row * SHAPE[1] + col] = Math.round(4000 * Math.exp(-away)) + 1;
        }
      counts[f * PIXELS + steady] = 900;
    }
    // Every sixth frame first: each eight recorded in a row has one at the maximum.
    const places = [...Array(frames).keys()].map((angle) => (angle % 6) * 8 + Math.floor(angle / 6));
    const scan = recorded({ counts, masks: new Uint8Array(frames * PIXELS), positions: [...places.keys()] }, places);
    const { pixels } = findMask(read(scan, 2 ** 30).statistics);
    expect([...pixels.keys()].filter((p) => pixels[p] === MASK_HOT)).toEqual([steady]);
  });

  it('that trembles, or went down, was recorded in order', () => {
    const up = [0, 2, 1, 3, 4, 6, 5, 7, 8, 9, 11, 10, 12, 13, 14];
    expect(readingOrder(orderOf(up))).toBeUndefined();
    expect(readingOrder(orderOf(up.toReversed()))).toBeUndefined();
    expect(readingOrder(orderOf([NaN, ...up, NaN]))).toBeUndefined();
    expect(readingOrder(orderOf([...up, ...up.toReversed()]))).toHaveLength(30);
  });
});

it('law: what two share of an order is what one finds alone', () => {
  fc.assert(
    fc.property(made, fc.nat(2), ({ scan, places }, eights) => {
      const { counts, masks: own } = scanOf({ ...scan, frames: 32 });
      const order = orderOf(
        places.slice(0, 32).concat([...Array(Math.max(0, 32 - places.length)).keys()].map((n) => 100 + n)),
      );
      const masks = splitMask(own, PIXELS, 32);
      const added = (fold: ReturnType<typeof foldFrames>, frames: readonly number[], of: Float32Array): void => {
        for (const frame of frames) fold.add(of.subarray(frame * PIXELS, (frame + 1) * PIXELS));
      };
      const alone = foldFrames(...SHAPE, { masks, order });
      added(alone, order, counts.slice());
      const fold = foldFrames(...SHAPE, { masks, order });
      const later = foldFrames(...SHAPE, { masks, order, first: 8 * eights });
      const of = counts.slice();
      added(fold, order.slice(0, 8 * eights), of);
      added(later, order.slice(8 * eights), of);
      fold.join(later.statistics());
      expect(byFrame(fold.statistics(), order)).toEqual(byFrame(alone.statistics(), order));
    }),
    { numRuns: 40 },
  );
});
