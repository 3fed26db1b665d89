import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSources } from '@main/beamtime/watch/walk';
import { claimOf } from '@main/scan/formats';
import { h5wasm } from '@main/hdf5/index';
import { encodeNpz } from '@main/files/npy';
import { readerOf } from '@main/scan/readers';
import type { ScanSource } from '@main/scan/types';
import { edf } from '../../../helpers/writers/spec-edf';
import { fixture } from '../../../support/fixtures';
import { errorCode } from '../error-code';
import { temporaryFolders } from '../folder';
import { HEADER, specScan, tiff, writeFrames } from '../write-spec';

const newFolder = temporaryFolders();
const counted = Array.from({ length: 60 }, (_, i) => i);
const geometry = (points: number): string =>
  JSON.stringify({
    preset: 'id01',
    energyEv: 9000,
    positions: { delta: 30, eta: Array.from({ length: points }, (_, i) => i) },
  });

/** The one scan of a path, opened as `classify` opens it. */
function opened(path: string): ScanSource {
  const { format } = claimOf(path, 'file')!;
  const [facts, ...others] = readerOf(format).list(path);
  expect(others).toEqual([]);
  return readerOf(facts!.ref.format).open(facts!.ref);
}

describe('a MAT file', () => {
  it.each(['plain.mat', 'packed.mat', 'v73.mat'])('as %s holds the counts that were written', (name) => {
    const path = join(newFolder(), name);
    copyFileSync(fixture('mat', name), path);
    const source = opened(path);
    expect(source.facts).toMatchObject({ ref: { format: 'mat' }, framesPresent: 3, frameShape: [4, 5], whole: true });
    expect(Array.from(source.read(0, 3))).toEqual(counted);
    expect(source.mask?.indexOf(1)).toBe(name === 'plain.mat' ? 7 : undefined);
  });

  it('whose frames are its first axis is told by the number of positions', () => {
    const path = join(newFolder(), 'a.mat');
    copyFileSync(fixture('mat/plain.mat'), path);
    writeFileSync(join(path, '..', 'a.geometry.json'), geometry(4));
    const source = opened(path);
    expect(source.facts).toMatchObject({ framesPresent: 4, frameShape: [5, 3] });
    // Frame 2, row 1, column 0 is MATLAB's element (2, 1, 0): frame 0, row 2, column 1 of what was written.
    expect(source.read(2, 3)[3]).toBe(11);
  });

  it('that is cut, or of version 4, is refused with a code', () => {
    const path = join(newFolder(), 'a.mat');
    for (const name of ['plain.mat', 'packed.mat', 'v73.mat']) {
      const whole = readFileSync(fixture('mat', name));
      for (const length of [60, 200, whole.length - 40]) {
        writeFileSync(path, whole.subarray(0, length));
        expect(['scan-truncated', 'scan-unreadable', 'scan-empty']).toContain(errorCode(() => opened(path)));
      }
    }
  });
});

const frame = (n: number): Int32Array => new Int32Array(12).fill(n);

describe('positions of a geometry file that are one more or one fewer than the frames', () => {
  const stackOf = (name: string, frames: number): string => {
    const path = join(newFolder(), name);
    const all = Array.from({ length: frames }, (_, n) => frame(n + 1));
    const data = Int32Array.from(all.flatMap((each) => [...each]));
    const npz = name.endsWith('.npz');
    const bytes = npz
      ? encodeNpz({ data: { shape: [frames, 3, 4], data } })
      : Buffer.concat(all.map((each) => edf(each, 3, 4)));
    writeFileSync(path, bytes);
    return path;
  };

  it.each(['a.npz', 'a.edf'])('are paired from the first on, and both numbers are said: %s', (name) => {
    const path = stackOf(name, 20);
    // Images in files may still come where there are fewer than positions.
    for (const points of name === 'a.npz' ? [19, 21] : [19]) {
      writeFileSync(join(path, '../a.geometry.json'), geometry(points));
      const { facts } = opened(path);
      expect(facts.framesPresent).toBe(Math.min(20, points));
      const said = facts.warnings.find(({ code }) => code === 'points-differ');
      expect(said?.message).toContain(`20 frames, ${points} positions`);
    }
    // More than a scan's last ones are another scan's.
    writeFileSync(join(path, '../a.geometry.json'), geometry(25));
    expect(errorCode(() => opened(path))).toBe('points-mismatch');
  });

  it('leave a CXI that still grows unfinished until the last frame is there', () => {
    const path = join(newFolder(), 'a.cxi');
    writeFileSync(join(path, '../a.geometry.json'), geometry(20));
    for (const frames of [19, 20]) {
      const file = new h5wasm.File(path, 'w');
      const place = ['entry_1', 'instrument_1', 'detector_1'].reduce((at, name) => {
        file.create_group(`${at}/${name}`);
        return `${at}/${name}`;
      }, '');
      const data = new Int32Array(12 * frames).fill(7);
      new h5wasm.Group(file.file_id, place).create_dataset({ name: 'data', data, shape: [frames, 3, 4] });
      file.close();
      const [facts] = readerOf('cxi').list(path);
      expect(facts).toMatchObject({ framesPresent: frames, framesExpected: 20, whole: frames === 20 });
    }
  });

  it('are those of the frames that are there where the last image of a folder was cut', () => {
    const folder = newFolder();
    for (let n = 1; n <= 20; n++) writeFileSync(join(folder, `x_${n}.tif`), tiff(frame(n), 3, 4));
    writeFileSync(join(folder, 'x_20.tif'), readFileSync(join(folder, 'x_20.tif')).subarray(0, 520));
    writeFileSync(join(folder, 'geometry.json'), geometry(20));
    const { facts } = opened(join(folder, 'geometry.json'));
    expect(facts).toMatchObject({ framesPresent: 19, framesExpected: 20, whole: false });
  });
});

describe('images without a record of their own', () => {
  it('are a scan by the geometry file in their folder, or beside it, and one file of many by its own', () => {
    const folder = newFolder();
    for (const name of ['a', 'b']) {
      mkdirSync(join(folder, name));
      for (const n of [1, 2, 3]) writeFileSync(join(folder, name, `x_${n}.tif`), tiff(frame(n), 3, 4));
    }
    writeFileSync(join(folder, 'a/geometry.json'), geometry(3));
    writeFileSync(join(folder, 'b.geometry.json'), geometry(3));
    const stack = Buffer.concat([1, 2, 3].map((n) => edf(frame(n), 3, 4)));
    writeFileSync(join(folder, 'c.edf'), stack);
    writeFileSync(join(folder, 'c.geometry.json'), geometry(3));
    // Nothing tells what this one is.
    writeFileSync(join(folder, 'd.edf'), stack);
    const sources = findSources(folder);
    expect(sources.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      'a/geometry.json',
      'b.geometry.json',
      'c.edf',
    ]);
    for (const { path, format } of sources) {
      const [facts] = readerOf(format).list(path);
      expect(facts).toMatchObject({
        framesPresent: 3,
        whole: true,
        unmarked: true,
        frameShape: [3, 4],
        motor: 'eta',
        energyEv: 9000,
      });
      const source = readerOf(format).open(facts!.ref);
      expect(Array.from(source.read(0, 3))).toEqual([1, 2, 3].flatMap((n) => Array.from(frame(n))));
      source.close();
    }
    expect(readerOf('tiff').list(sources[0]!.path)[0]!.name).toBe('a');
  });

  it('grow, and tell of a gap', () => {
    const folder = newFolder();
    for (const n of [1, 2, 3, 4]) writeFileSync(join(folder, `x_${n}.tif`), tiff(frame(n), 3, 4));
    const path = join(folder, 'geometry.json');
    writeFileSync(path, geometry(5));
    expect(readerOf('tiff').list(path)[0]).toMatchObject({ framesPresent: 4, framesExpected: 5, whole: false });
    rmSync(join(folder, 'x_2.tif'));
    expect(readerOf('tiff').list(path)[0]).toMatchObject({ framesPresent: 1, missing: [join(folder, 'x_2.tif')] });
    expect(errorCode(() => opened(path))).toBe('frames-missing');
  });

  it('that are one only are told to be no scan', () => {
    const path = join(newFolder(), 'a.tif');
    writeFileSync(path, tiff(frame(1), 3, 4));
    expect(() => readerOf('tiff').list(path)).toThrow(`${path} is one image of 3 x 4 pixels`);
  });

  it('are no scan of their own where a SPEC file or other frames are what the geometry file is for', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'aps'));
    writeFileSync(join(folder, 'aps/demo.spec'), HEADER + specScan(3, 2));
    writeFrames(join(folder, 'aps/AD_demo_S0003'), 2);
    mkdirSync(join(folder, 'npz'));
    copyFileSync(fixture('mat/plain.mat'), join(folder, 'npz/a.mat'));
    for (const name of ['aps', 'npz']) {
      writeFileSync(join(folder, name, 'dark_1.tif'), tiff(frame(1), 3, 4));
      writeFileSync(join(folder, name, 'geometry.json'), geometry(3));
    }
    expect(findSources(folder).map(({ path }) => basename(path))).toEqual(['AD_demo_S0003', 'a.mat']);
  });
});
