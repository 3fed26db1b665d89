import { copyFileSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanId } from '@main/beamtime/identity';
import { encodeNpz } from '@main/files/npy';
import { createBench, finals, type Bench } from '../../fault/schedules/bench';
import { countingFrames, writeLima, writeMaster, type BlissScan } from '../scan/write-bliss';
import { HEADER, specScan, tiff } from '../scan/write-spec';
import { temporaryFolder } from '../../support/build';

const FRAMES = 12;
const counts = (first: number): Float32Array =>
  Float32Array.from({ length: FRAMES * 16 * 18 }, (_, i) => first + Math.floor(i / (16 * 18)));
const stack = (first: number): Uint8Array => encodeNpz({ data: { shape: [FRAMES, 16, 18], data: counts(first) } });
const geometry = (distanceM = 0.9): string =>
  JSON.stringify({ distanceM, positions: { eta: Array.from({ length: FRAMES }, (_, k) => 16 + 0.01 * k) } });

interface Watched extends Bench {
  readonly folder: string;
  /** Looks until everything that could happen has. @returns final verdicts so far */
  settle(): Promise<number>;
  judged(source: string, number?: number): number;
}

function watched(): Watched {
  const base = temporaryFolder();
  const folder = join(base, 'data');
  mkdirSync(folder);
  const bench = createBench(folder, join(base, 'results'));
  return {
    ...bench,
    folder,
    async settle() {
      for (let look = 0; look < 50; look++) {
        await bench.sweep();
        bench.pass(2000);
      }
      return finals(bench.told).length;
    },
    judged: (source, number = 1) => bench.rows.get(scanId({ source, number }))?.judgedCount ?? 0,
  };
}

function stackIn(folder: string): string {
  const path = join(folder, 'scan.npz');
  writeFileSync(path, stack(1));
  writeFileSync(join(folder, 'scan.geometry.json'), geometry());
  return path;
}

/** A master with scans over Lima files; each file's counts begin with another number. */
function master(folder: string, scans: readonly (Partial<BlissScan> & { readonly first: number })[]): string {
  const path = join(folder, 'sample_0001.h5');
  writeMaster(
    path,
    scans.map(({ first, ...scan }, k) => {
      const lima = `scan000${k + 1}/mpx1x4_0000.h5`;
      writeLima(
        join(folder, lima),
        countingFrames(FRAMES, 16, 18).map((value) => value + first),
        [FRAMES, 16, 18],
      );
      const link = { file: lima, object: '/entry_0000/measurement/data' };
      return { title: `ascan eta 16 16.11 ${FRAMES - 1} 1`, points: FRAMES, link, ...scan };
    }),
  );
  return path;
}

const image = (folder: string, k: number, value: number): void =>
  writeFileSync(
    join(folder, `demo_S0003_${String(k).padStart(5, '0')}.tif`),
    tiff(new Int32Array(16 * 18).fill(value), 16, 18),
  );

it('keeps when a scan began, by its file, in UTC; also of one that was judged by a version that did not', async () => {
  const bench = watched();
  const path = master(bench.folder, [{ first: 0 }]);
  expect(await bench.settle()).toBe(1);
  const id = scanId({ source: path, number: 1 });
  expect(bench.rows.get(id)?.startedAt).toBe('2026-11-22T09:00:00.000Z');
  bench.rows.put({ ...bench.rows.get(id)!, startedAt: null });
  bench.tracker.forget();
  expect(await bench.settle()).toBe(1);
  expect(bench.rows.get(id)?.startedAt).toBe('2026-11-22T09:00:00.000Z');
  expect(bench.ledger.get(id)?.startedAt).toBe('2026-11-22T09:00:00.000Z');
});

describe('a judged scan is judged again', () => {
  it('when its file is replaced, of the same size and time though it be; both verdicts are kept with what they were made from', async () => {
    const bench = watched();
    const path = stackIn(bench.folder);
    expect(await bench.settle()).toBe(1);
    const { mtime, size } = statSync(path);
    const before = bench.rows.get(scanId({ source: path, number: 1 }))!;
    // Zipped counts differ in length: what pads them is outside the archive's members.
    const other = stack(2);
    writeFileSync(`${path}.new`, other);
    renameSync(`${path}.new`, path);
    utimesSync(path, mtime, mtime);
    expect(await bench.settle()).toBe(2);
    const after = bench.rows.get(before.id)!;
    expect(bench.rows.history(before.id)).toHaveLength(2);
    expect(after.madeFrom?.data).not.toBe(before.madeFrom?.data);
    expect(after.madeFrom?.facts).toBe(before.madeFrom?.facts);
    expect(size).toBeGreaterThan(0);
  });

  it('when a geometry file comes later, or becomes another', async () => {
    const bench = watched();
    const path = join(bench.folder, 'scan.npz');
    writeFileSync(path, stack(1));
    expect(await bench.settle()).toBe(0);
    const waiting = bench.rows.get(scanId({ source: path, number: 1 }));
    expect(waiting).toMatchObject({ state: 'waiting', problem: { code: 'geometry-incomplete' }, judgedAt: null });
    writeFileSync(join(bench.folder, 'scan.geometry.json'), geometry());
    expect(await bench.settle()).toBe(1);
    writeFileSync(join(bench.folder, 'scan.geometry.json'), geometry(1.1));
    expect(await bench.settle()).toBe(2);
  });

  it('when it is resumed after an abort', async () => {
    const bench = watched();
    const folder = join(bench.folder, 'demo_S0003');
    mkdirSync(folder);
    const command = `ascan  th 0 ${(0.1 * (FRAMES - 1)).toFixed(1)}  ${FRAMES - 1} 0.25`;
    for (let k = 0; k < 8; k++) image(folder, k, k + 1);
    const aborted = '#C Tue Feb 04 12:30:00 2020.  Scan aborted after 8 points.\n';
    writeFileSync(join(bench.folder, 'demo.spec'), HEADER + specScan(3, 8, command, aborted));
    expect(await bench.settle()).toBe(1);
    for (let k = 8; k < FRAMES; k++) image(folder, k, k + 1);
    writeFileSync(join(bench.folder, 'demo.spec'), HEADER + specScan(3, FRAMES, command));
    expect(await bench.settle()).toBe(2);
    expect(finals(bench.told).map(({ line }) => line.reduction?.frames)).toEqual([8, FRAMES]);
  });

  it('when its number is used again, in SPEC with new frames in its folder', async () => {
    const bench = watched();
    const folder = join(bench.folder, 'demo_S0003');
    mkdirSync(folder);
    for (let k = 0; k < FRAMES; k++) image(folder, k, k + 1);
    writeFileSync(join(bench.folder, 'demo.spec'), HEADER + specScan(3, FRAMES));
    expect(await bench.settle()).toBe(1);
    const again = specScan(3, FRAMES).replace('Feb 04 12:28:23 2020', 'Feb 05 09:00:00 2020');
    writeFileSync(join(bench.folder, 'demo.spec'), HEADER + specScan(3, FRAMES) + again);
    for (let k = 0; k < FRAMES; k++) image(folder, k, 2 * k + 1);
    expect(await bench.settle()).toBe(2);
  });

  it('when its number is used again, in a BLISS file made anew with the same times and angles', async () => {
    const bench = watched();
    const source = master(bench.folder, [{ first: 0 }, { first: 100 }]);
    expect(await bench.settle()).toBe(2);
    master(bench.folder, [{ first: 0 }, { first: 500 }]);
    expect(await bench.settle()).toBe(3);
    expect([bench.judged(source, 1), bench.judged(source, 2)]).toEqual([1, 2]);
  });

  it('when its frames become others behind a master that does not change', async () => {
    const bench = watched();
    const source = master(bench.folder, [{ first: 0 }, { first: 100 }]);
    expect(await bench.settle()).toBe(2);
    const path = join(bench.folder, 'scan0001/mpx1x4_0000.h5');
    writeLima(
      path,
      countingFrames(FRAMES, 16, 18).map((value) => value + 7),
      [FRAMES, 16, 18],
    );
    expect(await bench.settle()).toBe(3);
    expect(bench.judged(source, 1)).toBe(2);
  });

  it('when a detector is linked long after it was passed over as a scan without one', async () => {
    const bench = watched();
    const source = master(bench.folder, [{ first: 0, link: undefined as never }]);
    expect(await bench.settle()).toBe(0);
    expect(bench.rows.get(scanId({ source, number: 1 }))).toMatchObject({ state: 'skipped' });
    master(bench.folder, [{ first: 0 }]);
    expect(await bench.settle()).toBe(1);
  });
});

describe('a judged scan is left alone', () => {
  it('when its file is copied anew, or touched by a clock that was moved back', async () => {
    const bench = watched();
    const path = stackIn(bench.folder);
    expect(await bench.settle()).toBe(1);
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    expect(await bench.settle()).toBe(1);
    utimesSync(path, 1, 1);
    expect(await bench.settle()).toBe(1);
    expect(bench.tracker.resting()).toBe(false);
  });

  it('when its file gets further scans', async () => {
    const bench = watched();
    const source = master(bench.folder, [{ first: 0 }]);
    expect(await bench.settle()).toBe(1);
    master(bench.folder, [{ first: 0 }, { first: 100 }, { first: 200 }]);
    expect(await bench.settle()).toBe(3);
    expect([1, 2, 3].map((number) => bench.judged(source, number))).toEqual([1, 1, 1]);
  });

  it('when its file is gone', async () => {
    const bench = watched();
    const path = stackIn(bench.folder);
    expect(await bench.settle()).toBe(1);
    rmSync(path);
    expect(await bench.settle()).toBe(1);
    expect(bench.judged(path)).toBe(1);
  });
});
