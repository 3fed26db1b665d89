import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sourcesOf } from '@main/cli/batch';
import { recognise } from '@main/scan/recognise';
import { srsReader } from '@main/scan/srs';
import { pointsOf } from '@main/scan/srs/file';
import type { ScanFacts } from '@main/scan/types';
import { firstCounts, plainScan, plainShape } from '../../../helpers/plain-scan';
import { writeSrs, type SrsOptions } from '../../../helpers/writers/srs';
import { measuredData, noMeasuredData } from '../../../support/fixtures';
import { errorCode } from '../error-code';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();
const [frames] = plainShape;

const only = (path: string): ScanFacts => srsReader.list(path)[0]!;
const written = (options?: SrsOptions): string => writeSrs(newFolder(), plainScan('i16Eulerian'), options);

const counts = (path: string): number[] => firstCounts(srsReader, path);

describe("GDA's .dat files", () => {
  it.each<[string, SrsOptions]>([
    ['images', {}],
    ['HDF5', { hdf5: true }],
  ])('lead to %s, and say which motor was scanned', (_, options) => {
    const path = written(options);
    expect(only(path)).toMatchObject({
      ref: { format: 'srs', source: path, number: 1109527 },
      motor: 'eta',
      framesPresent: frames,
      framesExpected: frames,
      whole: true,
      ended: true,
      energyEv: 9000,
      monitor: { name: 'ic1monitor' },
      positions: { chi: 4, phi: 27, delta: 43 },
      warnings: [{ code: 'circles-assumed' }],
    });
    expect(Array.from(only(path).positions['eta'] as Float64Array)).toEqual([17, 17.01, 17.02, 17.03, 17.04]);
    expect(counts(path)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each<[SrsOptions, number]>([
    [{ rows: 3 }, 3],
    [{ rows: 3, images: 2 }, 2],
    [{ rows: 0, images: 0 }, 0],
  ])('are followed while they grow: %j', (options, present) => {
    const facts = only(written(options));
    expect(facts).toMatchObject({
      framesPresent: present,
      framesExpected: frames,
      whole: false,
      ended: false,
      missing: [],
    });
  });

  it('name the image that lacks once all points are there', () => {
    const path = written();
    const lost = join(dirname(path), '1109527-pil3_100k-files/00003.tif');
    rmSync(lost);
    expect(only(path)).toMatchObject({ framesPresent: 2, whole: false, missing: [lost] });
    expect(errorCode(() => srsReader.open(only(path).ref).read(0, 5))).toBe('frames-missing');
  });

  it('of another detector say nothing of its directions, and those that name no images are told by what they are', () => {
    expect(only(written({ detector: 'merlin' })).transformations).toBeUndefined();
    const path = join(newFolder(), 'a.dat');
    writeFileSync(path, " &SRS\ncmd='scan en 7 7.1 0.01 ic1'\n &END\nen\tic1\n7\t5\n");
    expect(errorCode(() => srsReader.list(path))).toBe('not-a-scan');
    writeFileSync(path, " &SRS\ncmd='scan x 0 1 0.1 y 0 2 0.1 pil 1'\n &END\nx\ty\n7\t5\n");
    expect(() => srsReader.list(path)).toThrow(/a map, 11 x 21 points/);
  });

  it.each([{}, { hdf5: true } as const])('are found by what is in them, and nothing but them: %j', (options) => {
    vi.spyOn(process.stderr, 'write');
    onTestFinished(() => void vi.restoreAllMocks());
    const path = written(options);
    expect(sourcesOf([dirname(path)]).sources).toEqual([{ path, format: 'srs' }]);
    expect(process.stderr.write).not.toHaveBeenCalled();
  });

  it('are none where the NeXus file beside them tells more', () => {
    const path = written();
    writeFileSync(join(dirname(path), '1109527.nxs'), '');
    expect(recognise(path)).toEqual({ what: 'a file of GDA (Diamond)' });
  });

  it.each([
    ['scan eta 17 18 0.01 pil 1', [101]],
    ['scan eta 18 17 -0.1 pil 1', [11]],
    ['scan eta (17,17.1,17.2) pil 1', [3]],
    ['scancn eta 0.01 61 pil 1', [61]],
    ['scan x 0 1 0.5 y 0 1 0.25 pil 1', [3, 5]],
    ['scan hkl [0,0,1] [0,0,2] [0,0,0.1] pil', [0]],
    ['pos eta 1', [0]],
  ])('%s takes so many points', (command, points) => {
    expect(pointsOf(command)).toEqual(points);
  });

  it.skipIf(noMeasuredData)("of I16's own hand say which images lack", () => {
    const path = join(newFolder(), '1109527.dat');
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(measuredData('diamond-nxs/tests/data/1109527.dat'), path);
    const facts = only(path);
    expect(facts).toMatchObject({ motor: 'eta', framesExpected: 61, framesPresent: 0, ended: true, instrument: 'i16' });
    expect(facts.missing).toEqual([join(dirname(path), '1109527-pil3_100k-files/00001.tif')]);
    expect(facts.energyEv).toBeCloseTo(7113, 0);
  });
});
