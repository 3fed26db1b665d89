import { truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findSources } from '@main/beamtime/watch/walk';
import { cxiReader } from '@main/scan/cxi';
import { h5wasm } from '@main/hdf5/index';
import { encodeNpy, encodeNpz } from '@main/files/npy';
import { npzReader } from '@main/scan/npz';
import { readFrames } from '@main/reading/frames';
import { frameMasks } from '@main/reading/read-into';
import { claimOf } from '@main/scan/formats';
import { recognise } from '@main/scan/recognise';
import { errorCode } from './error-code';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();
const found = (path: string): string[] => findSources(path).map((source) => basename(source.path));

const counts = Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => (i === 5 ? NaN : i - 1));
const stack = { shape: [3, 2, 4], data: counts };
const geometry = {
  energyEv: 8500,
  distanceM: 0.8,
  directBeam: [10, 20],
  detector: 'mpx1x4',
  positions: { delta: 30, eta: [16, 16.1, 16.2] },
  roiStart: [100, 200],
};

function writeCxi(path: string, change: { readonly energy?: number; readonly mask?: readonly number[] } = {}): void {
  const file = new h5wasm.File(path, 'w');
  for (const group of [
    'entry_1',
    'entry_1/instrument_1',
    'entry_1/instrument_1/detector_1',
    'entry_1/instrument_1/source_1',
  ])
    file.create_group(group);
  const detector = new h5wasm.Group(file.file_id, '/entry_1/instrument_1/detector_1');
  detector.create_dataset({ name: 'data', data: counts, shape: [3, 2, 4], chunks: [1, 2, 4], compression: 'gzip' });
  if (change.mask)
    detector.create_dataset({
      name: 'mask',
      data: Int32Array.from(change.mask),
      shape: change.mask.length === 8 ? [2, 4] : [3, 2, 4],
    });
  for (const [name, value] of Object.entries({ distance: 0.84, x_pixel_size: 55e-6, y_pixel_size: 50e-6 })) {
    detector.create_dataset({ name, data: value, shape: [], dtype: '<d' });
  }
  const source = new h5wasm.Group(file.file_id, '/entry_1/instrument_1/source_1');
  source.create_dataset({ name: 'energy', data: change.energy ?? 1.602176634e-15, shape: [], dtype: '<d' });
  file.close();
}

describe('npz and npy', () => {
  it('give their frames, mask and the geometry beside them', () => {
    const path = join(newFolder(), 'S100.npz');
    const mask = { shape: [3, 2, 4], data: new Uint8Array(24).fill(1, 9, 10) };
    writeFileSync(path, encodeNpz({ iobs: stack, mask }));
    writeFileSync(path.replace('.npz', '.geometry.json'), JSON.stringify(geometry));
    const [facts] = npzReader.list(path);
    expect(facts).toMatchObject({
      name: 'S100',
      motor: 'eta',
      framesPresent: 3,
      whole: true,
      frameShape: [2, 4],
      energyEv: 8500,
      distanceM: 0.8,
      directBeam: [10, 20],
      detectorName: 'mpx1x4',
      roiStart: [100, 200],
      positions: { delta: 30, eta: Float64Array.of(16, 16.1, 16.2) },
    });
    const source = npzReader.open(facts!.ref);
    expect(source.mask).toEqual(Uint8Array.from(mask.data));
    // What is no count in one frame alone is masked there, beside what the file masks.
    const own = Object.fromEntries(readFrames(source, 3, { masks: frameMasks(source) }).masks!.own);
    expect(own).toEqual({ 0: Int32Array.of(0, 5), 1: Int32Array.of(1) });
    expect(source.read(0, 1)).toEqual(counts.slice(0, 8));
    expect(source.read(1, 3)).toEqual(counts.slice(8));
    expect(errorCode(() => source.read(2, 4))).toBe('frames-missing');
    source.close();
  });

  it('may share one geometry file in their folder, or have none', () => {
    const folder = newFolder();
    const path = join(folder, 'a.npy');
    writeFileSync(path, encodeNpy(stack));
    expect(npzReader.list(path)[0]!.motor).toBeUndefined();
    writeFileSync(join(folder, 'geometry.json'), JSON.stringify(geometry));
    expect(npzReader.list(path)[0]!.motor).toBe('eta');
  });

  it.each([
    ['a geometry that is no JSON', '{', 'geometry-invalid'],
    ['a geometry with an unknown key', '{"colour": "red"}', 'geometry-invalid'],
    ['a negative distance', '{"distanceM": -1}', 'geometry-invalid'],
    ['a text for a number', '{"energyEv": "9 keV"}', 'geometry-invalid'],
  ])('refuse %s', (_what, text, code) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.npy'), encodeNpy(stack));
    writeFileSync(join(folder, 'geometry.json'), text);
    expect(errorCode(() => npzReader.list(join(folder, 'a.npy')))).toBe(code);
  });

  it('refuse positions that do not count the frames', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.npy'), encodeNpy(stack));
    writeFileSync(join(folder, 'geometry.json'), JSON.stringify({ positions: { eta: [1, 2] } }));
    const source = join(folder, 'a.npy');
    expect(errorCode(() => npzReader.open({ format: 'npz', source, number: 1 }))).toBe('points-mismatch');
    expect(errorCode(() => npzReader.open({ format: 'npz', source, number: 2 }))).toBe('scan-not-found');
  });

  it('are found whatever the one array of three axes is called', () => {
    const path = join(newFolder(), 'a.npz');
    const other = { shape: [4], data: new Float64Array(4) };
    writeFileSync(path, encodeNpz({ qx: other, frames: stack, mask: { shape: [2, 4], data: new Uint8Array(8) } }));
    expect(npzReader.list(path)[0]).toMatchObject({ framesPresent: 3, frameShape: [2, 4] });
  });

  it.each([
    ['bad_pixels', 1],
    ['BadPixels', 1],
    ['hot_pixel_mask', 1],
    ['pixel_mask', 4],
    ['valid', 0],
    ['good_pixels', 0],
    ['valid_mask', 0],
  ])('are masked by what is called %s', (name, masked) => {
    const path = join(newFolder(), 'a.npz');
    const data = new Uint8Array(8).fill(masked === 0 ? 1 : 0).fill(masked, 2, 4);
    writeFileSync(path, encodeNpz({ data: stack, [name]: { shape: [2, 4], data } }));
    const source = npzReader.open({ format: 'npz', source: path, number: 1 });
    expect(source.mask).toEqual(Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0));
    // Alone it is no scan.
    writeFileSync(path, encodeNpz({ [name]: { shape: [3, 2, 4], data: new Uint8Array(24) } }));
    expect(errorCode(() => npzReader.list(path))).toBe('scan-empty');
  });

  it('are masked by all that masks them, and say of what fits nothing', () => {
    const path = join(newFolder(), 'a.npz');
    const valid = { shape: [2, 4], data: new Uint8Array(8).fill(1, 1) };
    const mask = { shape: [3, 2, 4], data: new Uint8Array(24).fill(1, 23) };
    const open = (more: Parameters<typeof encodeNpz>[0]) => {
      writeFileSync(path, encodeNpz({ data: stack, mask, valid, ...more }));
      return npzReader.open({ format: 'npz', source: path, number: 1 });
    };
    const both = new Uint8Array(24);
    for (const voxel of [0, 8, 16, 23]) both[voxel] = 1;
    expect(open({}).mask).toEqual(both);
    const { mask: kept, unfitMask } = open({ bad_pixels: { shape: [2, 2], data: new Uint8Array(4) } });
    expect([kept, unfitMask]).toEqual([both, [2, 2]]);
  });

  it('are scans although they are called masks, where a geometry is theirs and they hold counts; no mask of another then', () => {
    const folder = newFolder();
    const [own, other] = [join(folder, 'run_mask.npz'), join(folder, 'run.npz')];
    writeFileSync(own, encodeNpz({ data: stack }));
    expect(found(folder)).toEqual([]);
    writeFileSync(join(folder, 'geometry.json'), JSON.stringify(geometry));
    expect(recognise(own).format).toBe('npz');
    writeFileSync(join(folder, 'run_mask.geometry.json'), JSON.stringify(geometry));
    expect([found(folder), found(own)]).toEqual([['run_mask.npz'], ['run_mask.npz']]);
    writeFileSync(other, encodeNpz({ data: stack }));
    expect(found(folder).sort()).toEqual(['run.npz', 'run_mask.npz']);
    expect(npzReader.open({ format: 'npz', source: other, number: 1 }).mask).toBeUndefined();
    // Zeros and ones are a mask, whatever geometry its folder has.
    const mask = join(newFolder(), 'mask.npz');
    writeFileSync(mask, encodeNpz({ data: { shape: [3, 2, 4], data: new Uint8Array(24).fill(1, 3, 9) } }));
    writeFileSync(join(mask, '../geometry.json'), JSON.stringify(geometry));
    expect(recognise(mask).format).toBeUndefined();
  });

  it.each([[[1, 3, 2, 4]], [[3, 1, 2, 4]]])('may have an axis of one element more: %j', (shape) => {
    const path = join(newFolder(), 'a.npz');
    writeFileSync(path, encodeNpz({ data: { ...stack, shape } }));
    expect(npzReader.list(path)[0]).toMatchObject({ framesPresent: 3, frameShape: [2, 4] });
  });

  it('notice that the file was replaced', () => {
    const path = join(newFolder(), 'a.npy');
    writeFileSync(path, encodeNpy(stack));
    expect(npzReader.list(path)[0]!.framesPresent).toBe(3);
    writeFileSync(path, encodeNpy({ shape: [5, 2, 4], data: new Float32Array(40).fill(2) }));
    expect(npzReader.list(path)[0]!.framesPresent).toBe(5);
  });

  it.each([
    ['one image', encodeNpz({ data: { shape: [2, 4], data: new Float32Array(8) } }), 'scan-empty'],
    ['no counts', encodeNpz({ qx: stack }), 'scan-empty'],
    ['two that could be the counts', encodeNpz({ a: stack, b: stack }), 'scan-empty'],
    ['no archive', Buffer.from('nothing'), 'scan-unreadable'],
    ['an archive of text', zipSync({ 'data.npy': Buffer.from('hello, this is no array at all') }), 'scan-unreadable'],
  ])('refuse %s', (_what, bytes, code) => {
    const path = join(newFolder(), 'a.npz');
    writeFileSync(path, bytes);
    expect(errorCode(() => npzReader.list(path))).toBe(code);
  });
});

describe('cxi', () => {
  it('gives its frames, not-a-numbers included, and doubts the energy', () => {
    const path = join(newFolder(), 'S1398.cxi');
    writeCxi(path);
    const [facts] = cxiReader.list(path);
    expect(facts).toMatchObject({
      name: 'S1398',
      framesPresent: 3,
      whole: true,
      frameShape: [2, 4],
      distanceM: 0.84,
      pixelM: [50e-6, 55e-6],
    });
    expect(facts!.energyEv).toBeCloseTo(10_000, 6);
    expect(facts!.warnings.map(({ code }) => code)).toEqual(['record-doubtful']);
    const source = cxiReader.open(facts!.ref);
    expect(source.read(0, 3)).toEqual(counts);
    expect(source.mask).toBeUndefined();
    source.close();
  });

  it('believes a geometry file rather than itself', () => {
    const folder = newFolder();
    writeCxi(join(folder, 'a.cxi'));
    writeFileSync(join(folder, 'a.geometry.json'), JSON.stringify(geometry));
    expect(cxiReader.list(join(folder, 'a.cxi'))[0]).toMatchObject({
      energyEv: 8500,
      distanceM: 0.8,
      motor: 'eta',
      warnings: [],
    });
  });

  it('takes electronvolts for what they are, and no energy for none', () => {
    const path = join(newFolder(), 'a.cxi');
    writeCxi(path, { energy: 9000 });
    expect(cxiReader.list(path)[0]!.energyEv).toBe(9000);
    writeCxi(path, { energy: 0 });
    expect(cxiReader.list(path)[0]!.energyEv).toBeUndefined();
  });

  it.each([
    ['one for all frames', [0, 0, 0, 0, 0, 0, 1, 0]],
    ['one for each', [...new Array<number>(22).fill(0), 1, 0]],
  ])('hands on a mask, %s', (_what, mask) => {
    const path = join(newFolder(), 'a.cxi');
    writeCxi(path, { mask });
    const source = cxiReader.open({ format: 'cxi', source: path, number: 1 });
    expect(source.mask).toEqual(Uint8Array.from(mask));
    source.close();
  });

  it('takes the bits of a mask as CXI numbers them: what was corrected, or belongs to a peak, counts', () => {
    const path = join(newFolder(), 'a.cxi');
    // Background subtracted, of a peak, signal; then hot, dead, to be ignored, saturated, one of those beside the others.
    writeCxi(path, { mask: [0x4000, 0x2020, 0x10000, 4, 8, 0x40, 2, 0x4001] });
    const source = cxiReader.open({ format: 'cxi', source: path, number: 1 });
    expect(source.mask).toEqual(Uint8Array.of(0, 0, 0, 1, 1, 1, 1, 1));
    source.close();
  });

  it('refuses a cut file, and one without counts', () => {
    const path = join(newFolder(), 'a.cxi');
    writeCxi(path);
    truncateSync(path, 900);
    expect(errorCode(() => cxiReader.list(path))).toBe('scan-truncated');
    new h5wasm.File(path, 'w').close();
    expect(errorCode(() => cxiReader.list(path))).toBe('scan-empty');
  });
});

describe('the format of a path', () => {
  it.each([
    ['/a/sample_0001.h5', 'file', 'hdf5'],
    ['/a/align_00012/align_00012.fio', 'file', 'fio'],
    ['/a/align_00012/e4m/align_00012_master.h5', 'file', 'hdf5'],
    ['/a/align_00012/e4m/align_00012_data_000001.h5', 'file', undefined],
    ['/a/scan0001/mpx1x4_0000.h5', 'file', undefined],
    ['/a/AD_Staff20-1a_S0054', 'folder', 'spec-tiff'],
    ['/a/Staff20-1a.spec', 'file', 'spec-tiff'],
    ['/a/S1398.cxi', 'file', 'cxi'],
    ['/a/S1398.npz', 'file', 'npz'],
    ['/a/S1398.NPY', 'file', 'npz'],
    ['/a/.S1398.npz', 'file', undefined],
    ['/a/S1398.npz.part', 'file', undefined],
    ['/a/S1398.npz', 'folder', undefined],
    ['/a/1040323.nxs', 'file', 'hdf5'],
    ['/home/results/0123456789abcdef0123.nxs', 'file', undefined],
    ['/a/example_data', 'folder', undefined],
  ] as const)('%s (%s) is %s', (path, kind, format) => {
    expect(claimOf(path, kind)?.format).toBe(format);
  });

  it('is told without a look at all other names of a folder, unless the name could be one of a mask', () => {
    let looks = 0;
    const names = new Proxy(['stack.npz', 'mask.npz', 'mask.geometry.json', 'scan.h5', 'S0001.spec', 'notes.txt'], {
      get: (target, key, receiver) => {
        looks++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    const told = ['stack.npz', 'scan.h5', 'S0001.spec', 'notes.txt'].map(
      (name) => claimOf(name, 'file', names)?.format,
    );
    expect(told).toEqual(['npz', 'hdf5', 'spec-tiff', undefined]);
    expect(looks).toBe(0);
    expect(claimOf('mask.npz', 'file', names)?.format).toBe('npz');
    expect(looks).toBeGreaterThan(0);
  });
});
