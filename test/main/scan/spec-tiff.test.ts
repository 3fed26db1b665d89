import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specTiffReader } from '@main/scan/spec-tiff';
import { fixture, measuredData, noMeasuredData } from '../../support/fixtures';
import { errorCode } from './error-code';
import { temporaryFolders } from './folder';
import { HEADER, specScan, tiff, writeFrames } from './write-spec';

const newFolder = temporaryFolders();

interface Made {
  readonly folder: string;
  readonly spec: string;
  readonly frames: string;
}

function make(spec: string, frames: number): Made {
  const folder = newFolder();
  writeFileSync(join(folder, 'demo.spec'), HEADER + spec);
  return { folder, spec: join(folder, 'demo.spec'), frames: writeFrames(join(folder, 'AD_demo_S0003'), frames) };
}
const ref = (source: string, number = 3): { format: 'spec-tiff'; source: string; number: number } => ({
  format: 'spec-tiff',
  source,
  number,
});

describe('a finished scan', () => {
  it('is found by its frame folder, its SPEC file and the folder of both', () => {
    const { folder, spec, frames } = make(specScan(2, 4) + specScan(3, 5) + specScan(4, 4), 5);
    for (const source of [frames, spec, folder]) {
      expect(specTiffReader.list(source).map((facts) => facts.ref)).toEqual([ref(frames)]);
    }
  });

  it('gives what SPEC recorded, motors by their mnemonics', () => {
    const { frames } = make(specScan(3, 5), 5);
    expect(specTiffReader.list(frames)[0]).toMatchObject({
      name: 'S0003',
      title: 'ascan  th 0 0.4  4 0.25',
      motor: 'th',
      framesExpected: 5,
      framesPresent: 5,
      whole: true,
      frameShape: [2, 3],
      energyEv: 9000,
      distanceM: 0.5,
      detectorName: '34idcTIM2',
      roiStart: [1, 2],
      positions: { del: 32.174, chi: 90, phi: -5, gam: 12.6346, tw: 1, th: Float64Array.of(0, 0.1, 0.2, 0.3, 0.4) },
      monitor: { name: 'Monitor', counts: Float64Array.of(100, 101, 102, 103, 104) },
    });
  });

  it('reads its frames as they were counted, and says that no field was found', () => {
    const { frames } = make(specScan(3, 5), 5);
    const source = specTiffReader.open(ref(frames));
    expect(source.read(1, 3)).toEqual(Int32Array.of(2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3));
    expect(source.flat).toBeUndefined();
    expect(source.facts.warnings.map(({ code }) => code)).toEqual(['correction-missing']);
    expect(errorCode(() => source.read(3, 9))).toBe('frames-missing');
  });

  it('takes the last scan where SPEC counted anew', () => {
    const { frames } = make(`${specScan(3, 2)}\n${HEADER}${specScan(3, 5)}`, 5);
    expect(specTiffReader.list(frames)[0]).toMatchObject({ framesExpected: 5, whole: true });
  });
});

describe('a scan that is being written', () => {
  it('has as many frames as rows and files, and a last row without its end does not count', () => {
    const { frames, spec } = make(specScan(3, 3, 'ascan  th 0 0.4  4 0.25', '0.300 0.2 103'), 4);
    expect(specTiffReader.list(frames)[0]).toMatchObject({
      whole: false,
      ended: false,
      framesPresent: 3,
      framesExpected: 5,
    });
    appendFileSync(spec, ' 21\n0.400 0.2 104 28\n');
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: false, ended: true, framesPresent: 4 });
    writeFrames(frames, 5);
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: true, framesPresent: 5 });
  });

  it('does not count a last frame that is shorter than the first', () => {
    const { frames } = make(specScan(3, 5), 5);
    truncateSync(join(frames, 'demo_S0003_00004.tif'), 520);
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: false, framesPresent: 4 });
  });

  it('may have its frames before its SPEC file', () => {
    const { frames, spec } = make('', 5);
    rmSync(spec);
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: false, framesPresent: 0, framesExpected: 0 });
    expect(errorCode(() => specTiffReader.open(ref(frames)))).toBe('points-mismatch');
  });
});

describe('a table that disagrees with the frames', () => {
  it('fewer rows than frames, and the next scan begun', () => {
    const { frames } = make(specScan(3, 3, 'ascan  th 0 0.4  4 0.25') + specScan(4, 2), 5);
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: false, ended: true });
    expect(errorCode(() => specTiffReader.open(ref(frames)))).toBe('points-mismatch');
  });

  it('fewer frames than rows', () => {
    const { frames } = make(specScan(3, 5), 4);
    expect(errorCode(() => specTiffReader.open(ref(frames)))).toBe('frames-missing');
  });

  it('a frame missing in the middle, which is named', () => {
    const { frames } = make(specScan(3, 5), 5);
    rmSync(join(frames, 'demo_S0003_00002.tif'));
    expect(specTiffReader.list(frames)[0]).toMatchObject({
      whole: false,
      framesPresent: 2,
      missing: [join(frames, 'demo_S0003_00002.tif')],
    });
    expect(errorCode(() => specTiffReader.open(ref(frames)))).toBe('frames-missing');
  });

  it('an aborted scan is whole with the frames it has', () => {
    const { frames } = make(
      specScan(3, 3, 'ascan  th 0 0.4  4 0.25', '#C Tue Feb 04 2020.  Scan aborted after 3 points.\n'),
      3,
    );
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: true, framesExpected: 3 });
  });
});

describe('bad frames', () => {
  const broken: readonly (readonly [string, Buffer, string])[] = [
    ['another size', tiff(new Int32Array(12), 4, 3), 'frame-size-mismatch'],
    [
      'absurd dimensions',
      tiff(new Int32Array(6), 2, 3, { entries: { 256: [4, 1, 4e9], 257: [4, 1, 4e9] } }),
      'scan-unreadable',
    ],
    [
      'more pixels than bytes',
      tiff(new Int32Array(6), 2, 3, { entries: { 256: [4, 1, 4000], 257: [4, 1, 4000], 279: [4, 1, 64e6] } }),
      'scan-truncated',
    ],
    [
      'more pixels than any detector has',
      tiff(new Int32Array(6), 2, 3, { entries: { 256: [4, 1, 6000], 257: [4, 1, 6000], 279: [4, 1, 144e6] } }),
      'scan-unreadable',
    ],
    [
      'a directory that claims 16 GB',
      tiff(new Int32Array(6), 2, 3, { entries: { 270: [4, 4e9, 8] } }),
      'scan-unreadable',
    ],
    ['text', Buffer.from('this is no TIFF at all, '.repeat(30)), 'scan-unreadable'],
    ['nothing', Buffer.alloc(0), 'scan-truncated'],
  ];
  it.each(broken)('%s', (_what, bytes, code) => {
    const { frames } = make(specScan(3, 5), 5);
    const source = specTiffReader.open(ref(frames));
    writeFileSync(join(frames, 'demo_S0003_00002.tif'), bytes);
    expect(source.read(0, 2)).toHaveLength(12);
    expect(errorCode(() => source.read(0, 5))).toBe(code);
  });

  it('not-a-numbers and negative counts pass through', () => {
    const { frames } = make(specScan(3, 2), 2);
    const values = Float32Array.of(1.5, NaN, -3, Infinity, 0, 7);
    for (const k of [0, 1])
      writeFileSync(join(frames, `demo_S0003_0000${k}.tif`), tiff(values, 2, 3, { bigEndian: k === 1 }));
    const source = specTiffReader.open(ref(frames));
    expect(Array.from(source.read(0, 2))).toEqual([...values, ...values]);
  });

  it('a path without scans, and none', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, 5));
    expect(errorCode(() => specTiffReader.list(join(folder, 'demo.spec')))).toBe('scan-empty');
    expect(errorCode(() => specTiffReader.list(join(folder, 'nothing.spec')))).toBe('path-missing');
    writeFrames(join(folder, 'demo_S0003'), 1);
    expect(errorCode(() => specTiffReader.open(ref(folder, 7)))).toBe('scan-not-found');
  });
});

describe('dark and white fields', () => {
  const field = (values: readonly number[]): Buffer => tiff(Float32Array.from(values), 2, 3);

  it('mask what counts in the dark, and what is blind in the white field', () => {
    const { frames, folder } = make(specScan(3, 5), 5);
    writeFileSync(join(folder, 'darkfield.tif'), field([0, 1, 2, 0, 0, 0]));
    writeFileSync(join(frames, 'whitefield.tif'), field([10, 20, 10, 5, 0, 15]));
    const source = specTiffReader.open(ref(frames));
    expect(source.mask).toEqual(Uint8Array.of(0, 0, 1, 0, 1, 0));
    // Mean of the white field, 10, over each pixel; a masked pixel takes the mean of its neighbours.
    expect(source.flat![0]).toBeCloseTo(1, 6);
    expect(source.flat![1]).toBeCloseTo(0.5, 6);
    expect(source.flat![3]).toBeCloseTo(2, 6);
    expect(source.flat![2]).toBeCloseTo((0.5 + 10 / 15) / 2, 6);
    expect(source.facts.warnings).toEqual([]);
  });

  it('come from the region that the frames hold', () => {
    const { frames, folder } = make(specScan(3, 5), 5);
    // Region: columns 2 to 4, rows 1 and 2 of a field of 4 x 6.
    const whole = Float32Array.from({ length: 24 }, (_, i) => i + 1);
    mkdirSync(join(folder, 'detector_corrections/34idcTIM2'), { recursive: true });
    writeFileSync(join(folder, 'detector_corrections/34idcTIM2/current_white.tif'), tiff(whole, 4, 6));
    const { flat } = specTiffReader.open(ref(frames));
    const expected = [9, 10, 11, 15, 16, 17].map((value) => 12.5 / value);
    expect(flat).toHaveLength(6);
    flat!.forEach((factor, i) => expect(factor).toBeCloseTo(expected[i]!, 5));
  });

  it('are the latest that are not later than the scan, unless one is called current', () => {
    const { frames, folder } = make(specScan(3, 5), 5);
    const put = (name: string, first: number): void => writeFileSync(join(folder, name), field([first, 0, 0, 0, 0, 0]));
    const masked = (): number => specTiffReader.open(ref(frames)).mask![0]!;
    put('run1_20180606_darkfield.tif', 0);
    put('run2_20200203_darkfield.tif', 9);
    put('run3_20200205_darkfield.tif', 0);
    expect(masked()).toBe(1);
    put('current_dark.tif', 0);
    expect(masked()).toBe(0);
  });
});

/** Sum and maximum of each frame. */
function counted(source: ReturnType<typeof specTiffReader.open>, frames: number): { sums: number[]; maxima: number[] } {
  const all = Array.from({ length: frames }, (_, k) => source.read(k, k + 1) as Int32Array);
  return {
    sums: all.map((frame) => frame.reduce((sum, value) => sum + value, 0)),
    maxima: all.map((frame) => frame.reduce((high, value) => Math.max(high, value), 0)),
  };
}

describe('a gold nanocrystal measured at 34-ID-C, its surroundings cut away', () => {
  const example = fixture('scan54/spec');
  const counts = JSON.parse(readFileSync(join(example, 'counts.json'), 'utf8')) as Readonly<
    Record<'sums' | 'maxima' | 'theta_deg' | 'monitor' | 'rows' | 'cols', number[]>
  >;

  it('is the only scan there, with what SPEC recorded of it', () => {
    const list = specTiffReader.list(example);
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({
      name: 'S0054',
      motor: 'th',
      whole: true,
      framesPresent: 50,
      frameShape: [64, 64],
      energyEv: 9000,
      distanceM: 0.5,
      detectorName: '34idcTIM2',
      roiStart: [counts.rows[0], counts.cols[0]],
      positions: { del: 32.174, chi: 90, phi: -5, gam: 12.6346, th: Float64Array.from(counts.theta_deg) },
      monitor: { name: 'Monitor', counts: Float64Array.from(counts.monitor) },
    });
  });

  it('has the counts that NumPy finds in each frame, and its peak where it was seen', () => {
    const [facts] = specTiffReader.list(example);
    const source = specTiffReader.open(facts!.ref);
    const { sums, maxima } = counted(source, 50);
    expect(sums).toEqual(counts.sums);
    expect(maxima).toEqual(counts.maxima);
    const frame = source.read(24, 25) as Int32Array;
    expect(frame.indexOf(165_297)).toBe((126 - 94) * 64 + (127 - 95));
  });
});

describe.skipIf(noMeasuredData)('a gold nanocrystal measured at 34-ID-C, whole', () => {
  const example = measuredData('aps-34idc-scan54/example_data');
  const [facts] = noMeasuredData ? [] : specTiffReader.list(example);

  it('is the only scan there', () => {
    expect(specTiffReader.list(example)).toHaveLength(1);
    expect(facts).toMatchObject({
      motor: 'th',
      whole: true,
      framesPresent: 201,
      frameShape: [256, 256],
      energyEv: 9000,
      distanceM: 0.5,
    });
    expect(facts!.ref.number).toBe(54);
  });

  it('sums and maxima of all frames equal the counters that SPEC recorded', () => {
    const lines = readFileSync(join(example, 'Staff20-1a.spec'), 'latin1').split('\n');
    const start = lines.findIndex((line) => line.startsWith('#S 54 '));
    const labels = lines
      .slice(start)
      .find((line) => line.startsWith('#L '))!
      .slice(3)
      .split(/ {2,}/);
    const rows = lines
      .slice(
        start,
        lines.findIndex((line) => line.startsWith('#S 55 ')),
      )
      .filter((line) => /^[-\d]/.test(line));
    const recorded = rows
      .map((row) => row.split(' ').map(Number))
      .map((row) => [row[labels.indexOf('ImageTot')], row[labels.indexOf('ImageMax')]]);
    const source = specTiffReader.open(facts!.ref);
    expect(recorded).toHaveLength(201);
    const { sums, maxima } = counted(source, 201);
    expect(sums.map((sum, k) => [sum, maxima[k]])).toEqual(recorded);
  });

  it('has its peak where it was seen, and both fields', () => {
    const source = specTiffReader.open(facts!.ref);
    const frame = source.read(99, 100) as Int32Array;
    expect(frame.indexOf(frame.reduce((high, value) => Math.max(high, value), 0))).toBe(126 * 256 + 127);
    expect(source.facts.warnings).toEqual([]);
    expect(source.mask![0 * 256 + 255]).toBe(1);
    const factors = source.flat!.filter((_, i) => source.mask![i] === 0);
    expect(Math.min(...factors)).toBeGreaterThan(0.2);
    expect(Math.max(...factors)).toBeLessThan(20);
  });
});
