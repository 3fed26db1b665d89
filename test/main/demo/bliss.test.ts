import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Dataset } from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlissScan, limaPath, masterPath, type BlissScan } from '@main/demo/bliss';
import { h5wasm } from '@main/hdf5/runtime';

const scan: BlissScan = {
  sample: 'pt',
  dataset: 'p01',
  number: 1,
  motor: 'eta',
  positions: Float64Array.from({ length: 7 }, (_, i) => 17 + i * 0.01),
  motors: { mu: 0, phi: 12.5, nu: 1.5, delta: 35.25 },
  energyEv: 9000,
  distanceM: 0.95,
  directBeam: [250, 260],
  pixelM: [55e-6, 55e-6],
  detector: 'mpx1x4',
  shape: [24, 31],
  countTimeS: 0.5,
  startedAt: new Date('2026-11-22T10:00:00Z'),
  truth: 'screw',
};

/** Frames whose every pixel tells its frame, row and column. */
const frames = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: (to - from) * 24 * 31 }, (_, i) => 100_000 * (from + Math.floor(i / 744)) + (i % 744));
const monitor = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => 1e6 + i);

describe('a BLISS scan', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'braggwatch-bliss-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = <T>(number: number, look: (get: (name: string) => Dataset | null) => T): T => {
    const file = new h5wasm.File(masterPath(folder, scan), 'r');
    try {
      return look((name) => file.get(`${number}.1/${name}`) as Dataset | null);
    } finally {
      file.close();
    }
  };

  it('can be read between any two of its blocks', () => {
    const writer = createBlissScan(folder, scan);
    expect(existsSync(join(dirname(writer.master), limaPath(scan)))).toBe(false);
    expect(read(1, (get) => get('title')?.value)).toBe('ascan eta 17 17.06 6 0.5');

    for (const [from, to] of [
      [0, 3],
      [3, 7],
    ] as const) {
      writer.append(frames(from, to), monitor(to - from));
      read(1, (get) => {
        const data = get('measurement/mpx1x4');
        expect(data?.shape).toEqual([to, 24, 31]);
        expect(data?.slice([[to - 1, to], [], []])).toEqual(frames(to - 1, to));
        expect(get('instrument/positioners/eta')?.value).toEqual(scan.positions.slice(0, to));
        expect(get('measurement/imon')?.shape).toEqual([to]);
        expect(get('end_time')).toBeNull();
      });
    }
    writer.finish();
    read(1, (get) => {
      expect(get('end_time')?.value).toBe('2026-11-22T10:00:03.500Z');
      expect(get('measurement/mpx1x4')?.value).toEqual(frames(0, 7));
      expect(get('sample/simulated_defect')?.value).toBe('screw');
      expect(get('instrument/monochromator/Energy')?.value).toBe(9);
      expect(get('instrument/mpx1x4/beam_center_x')?.value).toBe(260);
      expect(get('instrument/mpx1x4/beam_center_y')?.value).toBe(250);
      expect(get('instrument/positioners/delta')?.value).toBe(35.25);
      expect(get('instrument/positioners_start/eta')?.value).toBe(17);
    });
  });

  it('compresses frames as Maxipix does: bitshuffle with LZ4, a chunk each', () => {
    const { filters, chunks } = read(1, (get) => {
      const data = get('instrument/mpx1x4/data');
      return { filters: data?.filters, chunks: data?.metadata.chunks };
    });
    expect(filters?.map((filter) => filter.id)).toEqual([32008]);
    expect(filters?.[0]?.cd_values.at(-1)).toBe(2);
    expect(chunks).toEqual([1, 24, 31]);
  });

  it('joins the scans already in its dataset and leaves them as they are', () => {
    const writer = createBlissScan(folder, { ...scan, number: 2 });
    writer.append(frames(10, 12), monitor(2));
    expect(read(1, (get) => get('measurement/mpx1x4')?.value)).toEqual(frames(0, 7));
    expect(read(2, (get) => get('measurement/mpx1x4')?.value)).toEqual(frames(10, 12));
  });
});
