import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blissReader } from '@main/scan/bliss';
import { cxiReader } from '@main/scan/cxi';
import { h5wasm, hdf5Usable, openHdf5 } from '@main/hdf5/index';
import { openFrames } from '@main/hdf5/frames';
import { createFilePool } from '@main/hdf5/link';
import { fixture, measuredData, noMeasuredData } from '../../support/fixtures';
import { errorCode } from '../scan/error-code';
import { temporaryFolders } from '../scan/folder';
import { BITSHUFFLE } from '../scan/write-bliss';

const newFolder = temporaryFolders();

/** A file with one dataset, `data`. */
function write(values: Parameters<InstanceType<typeof h5wasm.File>['create_dataset']>[0]): string {
  const path = join(newFolder(), 'a.h5');
  const file = new h5wasm.File(path, 'w');
  file.create_dataset(values);
  file.close();
  return path;
}

describe('what is not there', () => {
  // Each exception that leaves h5wasm takes 256 bytes of its stack of 4 MB for good: 16 384 of them would write into its heap.
  it('may be asked for any number of times, and what is there is read as before', () => {
    const path = write({ name: 'data', data: Float64Array.of(1.5, -2), shape: [2], dtype: '<d' });
    const file = openHdf5(path);
    for (let n = 0; n < 20_000; n++) expect(file.number(`absent/${n}`)).toBeUndefined();
    expect(file.numbers('data')).toEqual(Float64Array.of(1.5, -2));
    expect(file.kind('absent')).toBe('absent');
    file.close();
    const again = openHdf5(path);
    expect(again.read('data', 0, 2)).toEqual(Float64Array.of(1.5, -2));
    again.close();
  });
});

describe('values', () => {
  it.each([
    ['<b', Int8Array.of(-1, 2), Int32Array.of(-1, 2)],
    ['<B', Uint8Array.of(255, 2), Uint8Array.of(255, 2)],
    ['<h', Int16Array.of(-1, 2), Int32Array.of(-1, 2)],
    ['<H', Uint16Array.of(65535, 2), Uint16Array.of(65535, 2)],
    ['<I', Uint32Array.of(2 ** 32 - 1, 2), Uint32Array.of(2 ** 32 - 1, 2)],
    ['<q', BigInt64Array.of(-(2n ** 40n), 2n), Float64Array.of(-(2 ** 40), 2)],
    ['<f', Float32Array.of(NaN, -2), Float32Array.of(NaN, -2)],
    ['<d', Float64Array.of(1e300, -2), Float64Array.of(1e300, -2)],
  ])('%s are read into the narrowest array that holds them', (dtype, values, expected) => {
    const file = openHdf5(write({ name: 'data', data: values, shape: [2], dtype }));
    expect(file.read('data', 0, 2)).toEqual(expected);
    expect(file.read('data', 1, 2)).toEqual(expected.slice(1));
    expect(file.numbers('data')).toEqual(Float64Array.from(expected));
    expect(file.number('data')).toBeUndefined();
    file.close();
  });

  it('answer undefined where there is nothing, or nothing of that kind', () => {
    const file = openHdf5(write({ name: 'data', data: 'eta' }));
    expect([file.text('data'), file.number('data'), file.numbers('data')]).toEqual(['eta', undefined, undefined]);
    expect([file.text('no'), file.number('no/no'), file.info('no'), file.kind('no')]).toEqual([
      undefined,
      undefined,
      undefined,
      'absent',
    ]);
    expect([file.keys('no'), file.keys('data'), file.keys('/')]).toEqual([[], [], ['data']]);
    expect(errorCode(() => file.read('no', 0, 1))).toBe('scan-unreadable');
    expect(errorCode(() => file.read('data', 0, 1))).toBe('scan-unreadable');
    file.close();
  });

  it('come whole from chunks that hold several frames each', () => {
    const values = Uint32Array.from({ length: 7 * 4 * 4 }, (_, i) => i);
    const path = write({ name: 'data', data: values, shape: [7, 4, 4], dtype: '<I', chunks: [3, 4, 4], ...BITSHUFFLE });
    const file = openHdf5(path);
    expect(file.read('data', 0, 7)).toEqual(values);
    expect(file.read('data', 2, 5)).toEqual(values.slice(32, 80));
    expect(errorCode(() => file.read('data', 5, 8))).toBe('scan-truncated');
    file.close();
  });

  it('say which filter is missing', () => {
    const file = openHdf5(fixture('bliss-vds/unknown_filter.h5'));
    expect(errorCode(() => file.read('data', 0, 4))).toBe('filter-missing');
    expect(() => file.read('data', 0, 4)).toThrow(/32777/);
    file.close();
  });

  it('that HDF5 cannot reach are no zeros', () => {
    const path = write({
      name: 'data',
      data: new Uint32Array(40_000).fill(7),
      shape: [40_000],
      dtype: '<I',
      chunks: [40_000],
      ...BITSHUFFLE,
    });
    const bytes = readFileSync(path);
    bytes.fill(0xff, bytes.length - 200);
    writeFileSync(path, bytes);
    const file = openHdf5(path);
    expect(errorCode(() => file.read('data', 0, 40_000))).toBe('scan-truncated');
    file.close();
  });
});

describe('links', () => {
  it('that go in circles are missing', () => {
    const folder = newFolder();
    const file = new h5wasm.File(join(folder, 'a.h5'), 'w');
    file.create_external_link('a.h5', '/loop', 'loop');
    file.create_external_link('b.h5', '/x', 'away');
    file.create_soft_link('/nowhere', 'soft');
    file.close();
    const pool = createFilePool();
    const opened = pool.open(join(folder, 'a.h5'));
    for (const name of ['loop', 'away', 'soft']) {
      const frames = openFrames(pool, opened, name);
      expect([frames.available, frames.missing.length]).toEqual([0, 1]);
      expect(errorCode(() => frames.read(0, 1))).toBe('frames-missing');
    }
    pool.close();
  });

  it('to what is no file are not opened', () => {
    const folder = newFolder();
    const file = new h5wasm.File(join(folder, 'a.h5'), 'w');
    file.create_external_link('/dev/zero', '/x', 'device');
    file.create_external_link('text.h5', '/x', 'text');
    file.close();
    writeFileSync(join(folder, 'text.h5'), 'no HDF5');
    const pool = createFilePool();
    const opened = pool.open(join(folder, 'a.h5'));
    expect(errorCode(() => openFrames(pool, opened, 'device').read(0, 1))).toBe('not-a-file');
    expect(errorCode(() => openFrames(pool, opened, 'text').read(0, 1))).toBe('scan-unreadable');
    pool.close();
  });
});

describe('frames that hdf5plugin compressed', () => {
  const sumOf = (path: string, frames: number): number => {
    const file = openHdf5(path);
    expect(file.info('entry/data/data')!.shape).toEqual([frames, 128, 128]);
    const counts = file.read('entry/data/data', 0, frames) as Uint32Array;
    file.close();
    return counts.reduce((sum, value) => sum + value, 0);
  };
  const filters = ['gzip', 'bslz4', 'lz4'];

  it.each(filters)('with %s sum up', (filter) => {
    expect(sumOf(fixture(`scan54/crop_${filter}.h5`), 7)).toBe(21_506_112);
  });
  it.skipIf(noMeasuredData).each(filters)('with %s sum up, all that were measured', (filter) => {
    expect(sumOf(measuredData('aps-34idc-scan54/derived', `scan54_crop_${filter}.h5`), 61)).toBe(44_245_718);
  });
});

/** A NeXus file that is no rocking scan of ours: one entry, frames linked to a file that is not there. */
function foreign(entry: string, frames: string, target: string): string {
  const path = join(newFolder(), '000008.h5');
  const file = new h5wasm.File(path, 'w');
  const group = file.create_group(entry);
  group.create_attribute('NX_class', 'NXentry');
  group.create_dataset({ name: 'title', data: 'flyscan sx -1 1 10 sy -1 1 10 0.1' });
  const parents = frames.split('/').slice(0, -1);
  parents.forEach((_, i) => file.create_group([entry, ...parents.slice(0, i + 1)].join('/')));
  file.create_external_link(target, '/entry/instrument/Pilatus3/data', `${entry}/${frames}`);
  file.close();
  return path;
}

describe('files laid out as at NanoMAX and at I16', () => {
  it.each([
    ['entry', 'measurement/pilatus/frames', 'scan_000008_pilatus.hdf5'],
    ['entry1', 'pil3_100k/image_data', '1040323-pilatus3_100k-files/1040323.hdf'],
  ])('%s/%s: no scan that we know, and the dangling link is missing by name', (entry, frames, target) => {
    const path = foreign(entry, frames, target);
    expect(errorCode(() => blissReader.list(path))).toBe('scan-empty');
    expect(errorCode(() => cxiReader.list(path))).toBe('scan-empty');
    const pool = createFilePool();
    const opened = openFrames(pool, pool.open(path), `${entry}/${frames}`);
    expect(opened.missing.map(({ missing }) => missing.endsWith(target))).toEqual([true]);
    pool.close();
  });
});

describe.skipIf(noMeasuredData)('files of other beamlines, as measured', () => {
  it('Diamond and NanoMAX have no scans that we know, and nothing breaks', () => {
    const diamond = measuredData('diamond-nxs/tests/data');
    const files = readdirSync(diamond)
      .filter((name) => name.endsWith('.nxs'))
      .map((name) => join(diamond, name));
    const nanomax = ['000008.h5', 'scan_000008_xspress3.hdf5'].map((name) => measuredData('nanomax-layout/data', name));
    for (const path of [...files, ...nanomax]) {
      expect(errorCode(() => blissReader.list(path))).toBe('scan-empty');
      expect(errorCode(() => cxiReader.list(path))).toBe('scan-empty');
    }
    expect(files).toHaveLength(2);
  });

  it('the dangling link of NanoMAX is missing, by name', () => {
    const pool = createFilePool();
    const frames = openFrames(
      pool,
      pool.open(measuredData('nanomax-layout/data/000008.h5')),
      'entry/measurement/pilatus/frames',
    );
    expect(frames.missing[0]!.missing).toMatch(/scan_000008_pilatus\.hdf5$/);
    pool.close();
  });
});

it('WebAssembly is whole after all of this', () => {
  expect(hdf5Usable()).toBe(true);
});
