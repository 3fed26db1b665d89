import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DetectorFrame } from '@contract/detector-frame';
import { createQMap } from '@core/geometry/q';
import { detectorFrame } from '@main/reading/detector-frame';
import { completeGeometry } from '@main/reading/geometry';
import { writeScan } from '@main/demo';
import { readerOf } from '@main/scan/readers';
import { shippedPresets } from '@main/scan/presets';
import type { ScanRef, ScanSource } from '@main/scan/types';
import { answersSchema } from '@contract/geometry';

const sources = { preset: shippedPresets().find(({ name }) => name === 'id01')!, answers: answersSchema.parse({}) };
const peak = [20, 47, 49] as const;
const voxel = 0.0007;

let master = '';
const ref = (): ScanRef => ({ format: 'bliss', source: master, number: 1 });
const recorded = (): ScanSource => {
  const source = readerOf('bliss').open(ref());
  onTestFinished(() => source.close());
  return source;
};
beforeAll(() => {
  ({ master } = writeScan(mkdtempSync(join(tmpdir(), 'braggwatch-frame-'))));
});
afterAll(() => rmSync(dirname(dirname(master)), { recursive: true, force: true }));
const qOf = (source: ScanSource, frame: number, row: number, col: number) =>
  createQMap(completeGeometry(source.facts, sources).geometry).at(frame, row, col);
const countsOf = ({ counts }: DetectorFrame): Float32Array => new Float32Array(counts.slice().buffer);

describe('detectorFrame', () => {
  it('finds the frame and the pixel that a Q falls on, and sends that frame as it was recorded', () => {
    const source = recorded();
    for (const [frame, row, col] of [
      [20, 47, 49],
      [11, 30, 71],
      [33, 80, 12],
    ] as const) {
      const wish = { q: qOf(source, frame, row, col), peak, voxel, area: 'whole' } as const;
      const found = detectorFrame(source, sources, wish);
      expect(found).toMatchObject({ frame, frames: 41, start: [0, 0], bin: 1, shape: [96, 96], inside: true });
      expect(found.pixel[0]).toBeCloseTo(row, 3);
      expect(found.pixel[1]).toBeCloseTo(col, 3);
      const counts = source.read(frame, frame + 1);
      const sent = countsOf(found);
      expect(sent.every((count, p) => found.mask[p] === 1 || count === counts[p])).toBe(true);
      expect(found.maximum).toBe(Math.max(...sent));
    }
  });

  it('sends the frame that was asked for, whatever Q is nearest, and the last one for any past it', () => {
    const source = recorded();
    const wish = { q: qOf(source, 20, 47, 49), peak, voxel, area: 'whole' } as const;
    for (const [asked, frame] of [
      [7, 7],
      [999, 40],
    ] as const) {
      const found = detectorFrame(source, sources, { ...wish, frame: asked });
      expect(found).toMatchObject({ frame, inside: true });
      expect(found.pixel[0]).toBeCloseTo(47, 3);
      const counts = source.read(frame, frame + 1);
      expect(countsOf(found).every((count, p) => found.mask[p] === 1 || count === counts[p])).toBe(true);
    }
  });

  it('finds the frame also where the angles were taken in no order, and where they were taken downwards', () => {
    const source = recorded();
    for (const order of [
      Array.from({ length: 41 }, (_, f) => (f * 17) % 41),
      Array.from({ length: 41 }, (_, f) => 40 - f),
    ]) {
      const positions = Object.fromEntries(
        Object.entries(source.facts.positions).map(([motor, at]) => [
          motor,
          typeof at === 'number' || at.length !== 41 ? at : Float64Array.from(order, (f) => at[f]!),
        ]),
      );
      const shuffled: ScanSource = {
        ...source,
        facts: { ...source.facts, positions },
        read: (from) => source.read(order[from]!, order[from]! + 1),
      };
      for (const [frame, row, col] of [
        [20, 47, 49],
        [11, 30, 71],
        [33, 80, 12],
      ] as const) {
        const wish = { q: qOf(source, frame, row, col), voxel, area: 'whole' } as const;
        const found = detectorFrame(shuffled, sources, { ...wish, peak: [order.indexOf(20), 47, 49] });
        expect(found).toMatchObject({ frame: order.indexOf(frame), inside: true });
        expect(found.pixel[0]).toBeCloseTo(row, 3);
        expect(found.pixel[1]).toBeCloseTo(col, 3);
        expect(countsOf(found)).toEqual(countsOf(detectorFrame(source, sources, { ...wish, peak })));
      }
    }
  });

  it('takes the nearest frame for a Q outside the scan, and says so', () => {
    const source = recorded();
    const found = detectorFrame(source, sources, { q: qOf(source, 52, 47, 49), peak, voxel, area: 'whole' });
    expect(found).toMatchObject({ frame: 40, inside: false });
  });

  it('marks gaps, and cuts the part around the box that the volume was made from', () => {
    const opened = recorded();
    const gapped: NonNullable<ScanSource['facts']['gaps']> = [{ rows: [60, 63], cols: [0, 96] }];
    const source = { ...opened, facts: { ...opened.facts, gaps: gapped } };
    const wish = { q: qOf(source, 20, 47, 49), peak, voxel: 0.0001, area: 'peak' } as const;
    const part = detectorFrame(source, sources, wish);
    const { box, start, shape } = part;
    expect(box.rows[0]).toBeLessThan(47);
    expect(box.rows[1]).toBeGreaterThan(47);
    expect(start[0]).toBeLessThanOrEqual(box.rows[0]);
    expect(start[0] + shape[0]).toBeGreaterThanOrEqual(box.rows[1]);
    expect(start[1] + shape[1]).toBeGreaterThanOrEqual(box.cols[1]);
    const whole = detectorFrame(source, sources, { ...wish, area: 'whole' });
    expect(shape[0]).toBeLessThan(whole.shape[0]);
    for (let row = 0; row < 96; row++) expect(whole.mask[row * 96 + 5]).toBe(row >= 60 && row < 63 ? 1 : 0);
  });

  it('lets the brightest pixel stand for its bin in a large frame, the mask only where all are masked', () => {
    const rows = 700;
    const cols = 600;
    const counts = new Float32Array(rows * cols);
    counts[699 * cols + 3] = 7;
    counts[10 * cols + 10] = Number.NaN;
    const source = recorded();
    const large: ScanSource = {
      ...source,
      facts: { ...source.facts, frameShape: [rows, cols] },
      read: () => counts,
      mask: Uint8Array.from(counts, (_, p) => (p < 2 * cols ? 1 : 0)),
    };
    const found = detectorFrame(large, sources, { q: qOf(source, 20, 47, 49), peak, voxel, area: 'whole' });
    expect(found).toMatchObject({ bin: 2, shape: [350, 300], maximum: 7 });
    expect(countsOf(found)[349 * 300 + 1]).toBe(7);
    expect(found.mask[0]).toBe(1);
    expect(found.mask[300]).toBe(0);
    // One pixel of this bin is no number, the others count.
    expect(found.mask[5 * 300 + 5]).toBe(0);
  });

  it('marks the hot and dead pixels that a list has, and lets none of them be the brightest', () => {
    const source = recorded();
    const wish = { q: qOf(source, 20, 47, 49), peak, voxel, area: 'whole' } as const;
    expect(detectorFrame(source, sources, wish).faults).toBeNull();
    const counts = Float32Array.from({ length: 96 * 96 }, (_, p) =>
      p === 5 * 96 + 7 ? 1e6 : p === 47 * 96 + 49 ? 80 : 0,
    );
    const hotOne = { ...source, read: () => counts };
    const listed = {
      // A list of a larger detector's pixels has some that are not on this one.
      hot: { found: 3, pixels: [5, 7, 300, 4, 20, 90] },
      dead: { found: 1, pixels: [0, 95] },
    };
    const found = detectorFrame(hotOne, sources, wish, listed);
    expect(found.faults).toEqual({
      hot: {
        found: 3,
        pixels: [
          [5, 7],
          [20, 90],
        ],
      },
      dead: { found: 1, pixels: [[0, 95]] },
    });
    expect(found.maximum).toBe(80);
    expect(detectorFrame(hotOne, sources, wish).maximum).toBe(1e6);
    // Only those in what is sent.
    const part = detectorFrame(hotOne, sources, { ...wish, voxel: 0.0001, area: 'peak' }, listed);
    expect(part.faults).toEqual({ hot: { found: 3, pixels: [] }, dead: { found: 1, pixels: [] } });
  });

  it('says which file is missing', () => {
    renameSync(master, `${master}.moved`);
    expect(() => readerOf('bliss').open(ref())).toThrow(expect.objectContaining({ code: 'path-missing' }));
  });
});
