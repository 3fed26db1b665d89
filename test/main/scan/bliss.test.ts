import { copyFileSync, cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blissReader } from '@main/scan/bliss';
import { errorCode } from './error-code';
import { temporaryFolders } from './folder';
import { countingFrames, writeDataset, writeLima, writeMaster } from './write-bliss';

const newFolder = temporaryFolders();
const fixture = join(import.meta.dirname, '../../fixtures/bliss-vds');
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('a master with a virtual data set over two Lima files', () => {
  const master = join(fixture, 'sample_0001.h5');

  it('lists its scans, the second timer left out', () => {
    const scans = blissReader.list(master);
    expect(scans.map(({ ref, motor, whole }) => [ref.number, motor, whole])).toEqual([
      [1, 'eta', true],
      [2, undefined, true],
    ]);
  });

  it('reads what the file records', () => {
    const facts = blissReader.list(master)[0]!;
    expect(facts).toMatchObject({
      name: 'sample_0001 #1',
      framesExpected: 6,
      framesPresent: 6,
      frameShape: [20, 18],
      energyEv: 9000,
      distanceM: 0.86,
      pixelM: [55e-6, 55e-6],
      directBeam: [8.5, 9.5],
      detectorName: 'mpx1x4',
      positions: { phi: 0.5, nu: 4.2, delta: 33.1, mu: 0 },
    });
    expect(Array.from(facts.positions['eta'] as Float64Array)[5]).toBeCloseTo(16.35, 12);
    expect(facts.monitor).toEqual({ name: 'imon', counts: new Float64Array(6).fill(1000) });
  });

  it('reads frames across the seam of the two files', () => {
    const source = blissReader.open({ format: 'bliss', source: master, number: 1 });
    const frames = source.read(2, 5);
    source.close();
    expect(frames).toEqual(Uint32Array.from({ length: 3 * 360 }, (_, i) => 2 * 360 + i));
  });

  it('lists the scans of a sample file under the data set they link to', () => {
    const scans = blissReader.list(join(fixture, 'sample.h5'));
    expect(scans.map(({ ref }) => [ref.source, ref.number])).toEqual([
      [master, 1],
      [master, 2],
    ]);
  });

  it('never takes the zeros of a missing Lima file for counts', () => {
    const folder = newFolder();
    cpSync(fixture, folder, { recursive: true });
    rmSync(join(folder, 'scan0001/mpx1x4_0001.h5'));
    const copy = join(folder, 'sample_0001.h5');
    expect(blissReader.list(copy)[0]).toMatchObject({
      whole: false,
      ended: true,
      framesPresent: 3,
      framesExpected: 6,
      missing: [join(folder, 'scan0001/mpx1x4_0001.h5')],
    });
    const source = blissReader.open({ format: 'bliss', source: copy, number: 1 });
    expect(sum(source.read(0, 3))).toBe((1080 * 1079) / 2);
    expect(errorCode(() => source.read(0, 6))).toBe('frames-missing');
    source.close();
  });

  it('does not count a later file past a missing one', () => {
    const folder = newFolder();
    cpSync(fixture, folder, { recursive: true });
    rmSync(join(folder, 'scan0001/mpx1x4_0000.h5'));
    expect(blissReader.list(join(folder, 'sample_0001.h5'))[0]).toMatchObject({ whole: false, framesPresent: 0 });
  });

  it('says so when a Lima file was cut, and lists the other scans', () => {
    const folder = newFolder();
    cpSync(fixture, folder, { recursive: true });
    truncateSync(join(folder, 'scan0001/mpx1x4_0001.h5'), 1500);
    const copy = join(folder, 'sample_0001.h5');
    expect(blissReader.list(copy)).toMatchObject([{ whole: false, framesPresent: 3 }, { whole: true }]);
    const source = blissReader.open({ format: 'bliss', source: copy, number: 1 });
    expect(errorCode(() => source.read(0, 6))).toBe('scan-truncated');
    source.close();
  });
});

describe('an external link to a Lima file', () => {
  it('reads bitshuffle-LZ4 frames', () => {
    const master = writeDataset(newFolder(), { truth: 'screw' });
    const facts = blissReader.list(master)[0]!;
    expect(facts).toMatchObject({
      whole: true,
      framesPresent: 5,
      frameShape: [20, 18],
      truth: 'screw',
      energyEv: 9000,
    });
    const source = blissReader.open(facts.ref);
    expect(source.read(0, 5)).toEqual(countingFrames(5, 20, 18));
    source.close();
  });

  it('ignores a truth that is none of the classes', () => {
    expect(blissReader.list(writeDataset(newFolder(), { truth: 'banana' }))[0]!.truth).toBeUndefined();
  });

  it('is not whole while the linked file is missing, and becomes so', () => {
    const folder = newFolder();
    const master = join(folder, 'a_0001.h5');
    const link = { file: 'scan0001/mpx1x4_0000.h5', object: '/entry_0000/measurement/data' };
    writeMaster(master, [{ title: 'ascan eta 16 16.04 4 1', points: 5, link }]);
    expect(blissReader.list(master)[0]).toMatchObject({ whole: false, framesPresent: 0, framesExpected: 5 });
    const source = blissReader.open({ format: 'bliss', source: master, number: 1 });
    expect(errorCode(() => source.read(0, 1))).toBe('frames-missing');
    source.close();
    writeLima(join(folder, link.file), countingFrames(5, 20, 18), [5, 20, 18]);
    expect(blissReader.list(master)[0]).toMatchObject({ whole: true, framesPresent: 5 });
  });

  it('finds the frames of a tree that was copied without its folders', () => {
    const folder = newFolder();
    const master = writeDataset(folder);
    copyFileSync(join(folder, 'scan0001/mpx1x4_0000.h5'), join(folder, 'mpx1x4_0000.h5'));
    rmSync(join(folder, 'scan0001'), { recursive: true });
    expect(blissReader.list(master)[0]).toMatchObject({ whole: true, framesPresent: 5 });
  });
});

describe('a scan that is being written', () => {
  it('counts the points of its table, not frames allocated ahead', () => {
    const folder = newFolder();
    const master = writeDataset(folder, { ended: false, points: 3, title: 'ascan eta 16 16.04 4 1' });
    const facts = blissReader.list(master)[0]!;
    expect(facts).toMatchObject({ whole: false, ended: false, framesExpected: 5, framesPresent: 3 });
    expect(facts.positions['eta']).toHaveLength(3);
  });

  it('does not count points whose frames are not written yet', () => {
    const folder = newFolder();
    const master = writeDataset(folder, { ended: false });
    const frames = countingFrames(5, 20, 18).fill(0, 4 * 360);
    writeLima(join(folder, 'scan0001/mpx1x4_0000.h5'), frames, [5, 20, 18]);
    expect(blissReader.list(master)[0]).toMatchObject({ framesPresent: 4 });
  });

  it('exists before its first point and before its detector', () => {
    const master = join(newFolder(), 'a_0001.h5');
    writeMaster(master, [{ title: 'ascan eta 16 16.04 4 1', points: 0, ended: false }]);
    expect(blissReader.list(master)[0]).toMatchObject({
      motor: 'eta',
      whole: false,
      framesExpected: 5,
      framesPresent: 0,
    });
  });

  it('is whole when it was stopped early and has ended', () => {
    const folder = newFolder();
    const master = writeDataset(folder, { title: 'ascan eta 16 17 100 1' });
    expect(blissReader.list(master)[0]).toMatchObject({ whole: true, framesExpected: 5 });
  });
});

describe('a master that is listed again', () => {
  it('shows scans that were added, and anew what was measured anew', () => {
    const folder = newFolder();
    const master = writeDataset(folder);
    expect(blissReader.list(master)).toMatchObject([{ framesPresent: 5 }]);
    const link = { file: 'scan0001/mpx1x4_0000.h5', object: '/entry_0000/measurement/data' };
    const again = { title: 'ascan eta 16 16.02 2 1', points: 3, link };
    writeMaster(master, [{ ...again, endTime: '2026-11-22T11:00:00+01:00' }, again]);
    expect(blissReader.list(master)).toMatchObject([{ framesPresent: 3 }, { framesPresent: 3 }]);
  });
});

describe('what is no rocking curve', () => {
  it.each(['dmesh a 0 1 10 b 0 1 10 1', 'loopscan 10 1', 'sxdm', '', 'timescan 1'])('%s has no motor', (title) => {
    expect(blissReader.list(writeDataset(newFolder(), { title }))[0]!.motor).toBeUndefined();
  });

  it.each(['dscan eta -0.1 0.1 4 1', 'a2scan eta 0 1 delta 0 1 4 1', 'fscan eta 0 0.1 5 1'])('%s has one', (title) => {
    expect(blissReader.list(writeDataset(newFolder(), { title, ended: false }))[0]).toMatchObject({
      motor: 'eta',
      framesExpected: 5,
    });
  });

  it('takes a finished scan without a detector for an alignment scan', () => {
    const master = join(newFolder(), 'a_0001.h5');
    writeMaster(master, [{ title: 'ascan eta 16 16.04 4 1', points: 5 }]);
    expect(blissReader.list(master)[0]).toMatchObject({ whole: true });
    expect(blissReader.list(master)[0]!.motor).toBeUndefined();
  });
});

describe('bad input', () => {
  it('an empty file', () => {
    const path = join(newFolder(), 'a.h5');
    writeFileSync(path, '');
    expect(errorCode(() => blissReader.list(path))).toBe('scan-truncated');
  });

  it.each([6, 40, 90, 700, 5000])('a file cut at byte %i', (size) => {
    const path = writeDataset(newFolder());
    truncateSync(path, size);
    expect(errorCode(() => blissReader.list(path))).toBe('scan-truncated');
  });

  it('text in an HDF5 name', () => {
    const path = join(newFolder(), 'a.h5');
    writeFileSync(path, 'not HDF5 at all, '.repeat(100));
    expect(errorCode(() => blissReader.list(path))).toBe('scan-unreadable');
  });

  it('a folder, and nothing', () => {
    const path = join(newFolder(), 'a.h5');
    expect(errorCode(() => blissReader.list(path))).toBe('path-missing');
    mkdirSync(path);
    expect(errorCode(() => blissReader.list(path))).toBe('scan-unreadable');
  });

  it('HDF5 without scans', () => {
    const path = join(newFolder(), 'a.h5');
    writeLima(path, countingFrames(1, 20, 18), [1, 20, 18]);
    expect(errorCode(() => blissReader.list(path))).toBe('scan-empty');
  });

  it('a number that is not there', () => {
    const source = writeDataset(newFolder());
    expect(errorCode(() => blissReader.open({ format: 'bliss', source, number: 9 }))).toBe('scan-not-found');
  });
});
