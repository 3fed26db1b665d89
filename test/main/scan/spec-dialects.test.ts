import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specTiffReader } from '@main/scan/spec-tiff';
import { errorCode } from './error-code';
import { temporaryFolders } from './folder';
import { HEADER, specScan, writeFrames } from './write-spec';
import { writeTiff } from './write-tiff';

const newFolder = temporaryFolders();
const POINTS = 12;

function facts(text: string, name = 'demo.spec') {
  const folder = newFolder();
  const path = join(folder, 'AD_demo_S0003');
  writeFileSync(join(folder, name), text);
  writeFrames(path, POINTS);
  return specTiffReader.list(path)[0]!;
}

const theta = Float64Array.from({ length: POINTS }, (_, i) => Number((0.1 * i).toFixed(3)));
const positions = { del: 32.174, chi: 90, phi: -5, gam: 12.6346, tw: 1, th: theta };

describe('motors of a SPEC scan', () => {
  it('are the same whatever the order of their lines, and wherever their names stand', () => {
    const motors = [
      ['Delta', 'del', 32.174],
      ['Theta', 'th', 0.05],
      ['Chi', 'chi', 90],
      ['Phi', 'phi', -5],
      ['camdist', 'cam', 500],
      ['two words', 'tw', 1],
      ['Gamma', 'gam', 12.6346],
      ['Energy', 'en', 9],
    ] as const;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...motors], { minLength: motors.length }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (order, perLine, inScan, newline, again) => {
          const lines = Array.from({ length: Math.ceil(order.length / perLine) }, (_, i) =>
            order.slice(i * perLine, (i + 1) * perLine),
          );
          const named = lines.flatMap((line, i) => [
            `#O${i} ${line.map(([name]) => name).join('  ')}`,
            `#o${i} ${line.map(([, mnemonic]) => mnemonic).join(' ')}`,
          ]);
          const placed = lines.map((line, i) => `#P${i} ${line.map(([, , value]) => value).join(' ')}`);
          const scan = specScan(3, POINTS)
            .split('\n')
            .flatMap((line) =>
              line.startsWith('#P0') ? [...(inScan ? named : []), ...placed] : line.startsWith('#P') ? [] : [line],
            );
          // An older header, of a diffractometer that was set up otherwise.
          const former = again
            ? ['#F a', '#E 1', '#O0 Phi  Theta', '#o0 phi th', '', ...specScan(1, 2).split('\n'), '']
            : [];
          const text = [...former, '#F a', '#E 2', ...(inScan ? [] : named), '', ...scan].join(newline);
          expect(facts(text)).toMatchObject({ motor: 'th', whole: true, energyEv: 9000, distanceM: 0.5, positions });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a line whose lengths differ are left out with a word, and the others are right', () => {
    const read = facts(
      HEADER + specScan(3, POINTS).replace('#P0 32.174 0.05 90 -5 500 1', '#P0 32.174 0.05 90 -5 500'),
    );
    expect(read.positions).toEqual({ gam: 12.6346, en: 9, th: theta });
    expect(read.warnings).toEqual([
      { code: 'motors-unpaired', message: expect.stringContaining('#P0 has 5 positions for 6 motors') as string },
    ]);
  });

  it('keep their order in a header that comes again without its name', () => {
    const second = '\n#E 5\n#D Sat Feb 01 20:15:38 2020\n#O0 Theta  Delta\n#o0 th del\n#O1 Energy\n#o1 en\n';
    const text = HEADER + specScan(2, 2) + second + specScan(3, POINTS).replace(/#P0.*\n#P1.*/, '#P0 0.5 31\n#P1 8');
    expect(facts(text)).toMatchObject({ energyEv: 8000, positions: { del: 31, th: theta } });
  });
});

describe('the table of a SPEC scan', () => {
  const plain = HEADER + specScan(3, POINTS);
  const dialects: readonly (readonly [string, (text: string) => string])[] = [
    ['decimal commas', (text) => text.replace(/^[\d.]+ 0\.2 .*$/gm, (line) => line.replaceAll('.', ','))],
    ['decimal commas everywhere', (text) => text.replace(/(\d)\.(\d)/g, '$1,$2')],
    [
      'spectra with continuation lines',
      (text) => text.replace(/^([\d.]+ 0\.2 .*)$/gm, '$1\n@A 1 2 3 4\\\n5 6 7 8\\\n 1 2 3 4'),
    ],
    ['spectra before their point', (text) => text.replace(/^([\d.]+ 0\.2 .*)$/gm, '@A1 1 2 3 4\\\n5 6 7 8\n$1')],
    ['comments inside', (text) => text.replace(/^(0\.[23]00 0\.2 .*)$/gm, '#C the beam was lost\n$1\n#R 1 2 3 4')],
    [
      'names by one space',
      (text) => text.replace('#L Theta  Epoch  Monitor  ImageTot', '#L Theta Epoch Monitor ImageTot'),
    ],
    [
      'columns in another order',
      (text) => text.replace('Theta  Epoch  Monitor', 'Epoch  Theta  Monitor').replace(/^([\d.]+) (0\.2) /gm, '$2 $1 '),
    ],
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ];
  it.each(dialects)('reads the same with %s', (_what, change) => {
    const text = change(plain);
    expect(text).not.toBe(plain);
    expect(facts(text)).toMatchObject({
      motor: 'th',
      whole: true,
      framesPresent: POINTS,
      positions: { th: theta },
      monitor: { counts: Float64Array.from({ length: POINTS }, (_, i) => 100 + i) },
    });
  });

  it.each([
    ['nan', 'nan 0.2 105 35'],
    ['a garbled line', '0.500 0.2 10'],
  ])('keeps the place of a point that reads %s', (_what, line) => {
    const read = facts(plain.replace('0.500 0.2 105 35', line));
    const expected = Float64Array.from(theta);
    expected[5] = NaN;
    expect(read).toMatchObject({ whole: true, framesPresent: POINTS });
    expect(read.positions['th']).toEqual(expected);
  });
});

describe('a SPEC file', () => {
  it.each(['P1', 'P1.dat', 'scan.txt', 'Feb14_26'])('called %s is known by its first line', (name) => {
    expect(facts(HEADER + specScan(3, POINTS), name)).toMatchObject({ whole: true, motor: 'th' });
  });

  it('beside another one that has the scan is chosen by the frames’ time, and both are named', () => {
    const folder = newFolder();
    const frames = writeFrames(join(folder, 'AD_S0003'), POINTS);
    const dated = (day: number, energy: number): string =>
      HEADER.replace('Feb 01', `Feb 0${day}`) +
      specScan(3, POINTS).replace('Feb 04', `Feb 0${day}`).replace('12.6346 9', `12.6346 ${energy}`);
    writeFileSync(join(folder, 'apples.spec'), dated(4, 9));
    writeFileSync(join(folder, 'pears.spec'), dated(8, 10));
    for (const [day, energyEv] of [
      [4, 9000],
      [8, 10_000],
    ] as const) {
      const time = new Date(`Feb 0${day} 2020 13:00:00`);
      utimesSync(join(frames, 'demo_S0003_00000.tif'), time, time);
      const [read] = specTiffReader.list(frames);
      expect(read).toMatchObject({ energyEv, whole: true });
      expect(read!.warnings.map(({ code }) => code)).toEqual(['scan-ambiguous']);
      expect(read!.warnings[0]!.message).toMatch(/apples\.spec.*pears\.spec|pears\.spec.*apples\.spec/);
    }
  });

  it('beside its own copy or an older state of it leaves no doubt', () => {
    const folder = newFolder();
    const frames = writeFrames(join(folder, 'AD_S0003'), POINTS);
    writeFileSync(join(folder, 'a.spec'), HEADER + specScan(3, POINTS));
    writeFileSync(join(folder, 'a.spec.bak'), HEADER + specScan(3, POINTS));
    writeFileSync(join(folder, 'older'), HEADER + specScan(3, POINTS).split('\n').slice(0, -4).join('\n') + '\n');
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: true, warnings: [] });
  });
});

describe('frames', () => {
  it.each([
    ['from 1', (k: number) => `demo_S0003_${String(k + 1).padStart(5, '0')}.tif`],
    ['with four digits', (k: number) => `demo_S0003_${String(k).padStart(4, '0')}.tif`],
    ['without leading zeros', (k: number) => `frame${k + 1}.tiff`],
    ['by a number alone', (k: number) => `${k + 101}.TIF`],
  ])('counted %s are all found, in order', (_what, name) => {
    const folder = newFolder();
    const frames = writeFrames(join(folder, 'AD_S0003'), POINTS);
    for (let k = POINTS - 1; k >= 0; k--) {
      renameSync(join(frames, `demo_S0003_${String(k).padStart(5, '0')}.tif`), join(frames, name(k)));
    }
    writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, POINTS));
    const source = specTiffReader.open({ format: 'spec-tiff', source: frames, number: 3 });
    expect(source.facts).toMatchObject({ whole: true, framesPresent: POINTS, missing: [] });
    expect([...source.read(0, POINTS)].filter((_, i) => i % 6 === 0)).toEqual(
      Array.from({ length: POINTS }, (_, k) => k + 1),
    );
    rmSync(join(frames, name(4)));
    expect(specTiffReader.list(frames)[0]!.missing).toEqual([join(frames, name(4))]);
  });

  it('of other sizes in bytes are whole if their own directory says so', () => {
    const folder = newFolder();
    const frames = writeFrames(join(folder, 'AD_S0003'), POINTS);
    // A last file that is shorter because its image lies where it ends.
    const last = join(frames, `demo_S0003_000${POINTS - 1}.tif`);
    writeFileSync(join(frames, 'demo_S0003_00000.tif'), Buffer.concat([readFileSync(last), Buffer.alloc(500)]));
    writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, POINTS));
    expect(specTiffReader.list(frames)[0]).toMatchObject({ whole: true });
  });
});

describe('a scan that was stopped', () => {
  const stoppedAfter = (rows: number, frames: number) => {
    const folder = newFolder();
    const path = writeFrames(join(folder, 'AD_S0003'), frames);
    const note = `#C Tue Feb 04 2020.  Scan aborted after ${rows} points.\n`;
    writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, rows, 'ascan  th 0 9  90 0.25', note));
    return { format: 'spec-tiff', source: path, number: 3 } as const;
  };

  it.each([
    [50, 49],
    [50, 51],
    [50, 30],
  ])('with %i rows and %i frames is read with what both have, and both numbers are said', (rows, frames) => {
    const { facts: read } = specTiffReader.open(stoppedAfter(rows, frames));
    expect(read).toMatchObject({ ended: true, whole: false, framesPresent: Math.min(rows, frames) });
    expect(read.warnings.map(({ code }) => code)).toEqual(['points-differ', 'scan-stopped', 'correction-missing']);
    expect(read.warnings[0]!.message).toContain(`${frames} frames, ${rows} positions`);
    expect(read.warnings[1]!.message).toContain(`${rows} of 91 points`);
  });

  it('says so also where rows and frames agree, and nothing where all points are there', () => {
    const codes = (rows: number): string[] =>
      specTiffReader.open(stoppedAfter(rows, rows)).facts.warnings.map(({ code }) => code);
    expect(codes(60)).toContain('scan-stopped');
    expect(codes(91)).not.toContain('scan-stopped');
  });

  it('is refused where most of it is missing, and gone on with when SPEC resumes it', () => {
    expect(errorCode(() => specTiffReader.open(stoppedAfter(50, 20)))).toBe('frames-missing');
    expect(errorCode(() => specTiffReader.open(stoppedAfter(20, 50)))).toBe('points-mismatch');
    const note = '#C Tue Feb 04 2020.  Scan aborted after 12 points.\n#C Tue Feb 04 2020.  Scan continued.\n';
    expect(facts(HEADER + specScan(3, POINTS, 'ascan  th 0 9  90 0.25', note))).toMatchObject({
      ended: false,
      whole: false,
    });
  });
});

describe('a table that was filled up with rows of nothing', () => {
  const filledUp = (frames: number) => {
    const folder = newFolder();
    const path = writeFrames(join(folder, 'AD_S0003'), frames);
    const rows = specScan(3, 30).replace(/^(2\.[3-9]\d*) /gm, 'nan ');
    writeFileSync(join(folder, 'demo.spec'), HEADER + rows);
    return { format: 'spec-tiff', source: path, number: 3 } as const;
  };

  it('is read with the frames of the rows that have a position, and both numbers are said', () => {
    const { facts: read } = specTiffReader.open(filledUp(23));
    expect(read).toMatchObject({ ended: true, framesPresent: 23 });
    expect(read.warnings.map(({ message }) => message).join()).toContain('23 frames, 30 positions');
  });

  it('is refused where frames of other rows lack', () => {
    expect(errorCode(() => specTiffReader.open(filledUp(22)))).toBe('frames-missing');
  });
});

describe('a macro that nobody knows', () => {
  it.each([
    ['flyscan  th 0 1.1  11 0.25', { whole: true, ended: true }],
    ['flyscan  th 0 1.1  12 0.25', { whole: true, ended: false, unmarked: true }],
    ['rockit', { whole: true, ended: false, unmarked: true }],
    ['fly.ascan  th 0 1.1  11 0.25', { whole: true, ended: true }],
  ])('%s moves the motor that has a list', (command, expected) => {
    expect(facts(HEADER + specScan(3, POINTS, command))).toMatchObject({
      motor: 'th',
      positions: { th: theta },
      ...expected,
    });
  });

  it('gives every motor that moved its list, so that no other circle is taken to stand still', () => {
    const both = specScan(3, POINTS, 'a2scan  th 0 1.1  del 30 31.1  11 0.25').replace(/^(#L .*)$/m, '$1  Delta');
    const turned = both.replace(
      /^([\d.]+)( 0\.2 .*)$/gm,
      (_line, at: string, rest: string) => `${at}${rest} ${30 + Number(at)}`,
    );
    const { motor, positions: read } = facts(HEADER + turned);
    expect(motor).toBe('th');
    expect(read['del']).toEqual(Float64Array.from(theta, (at) => 30 + at));
    expect(read['phi']).toBe(-5);
  });

  it('that moves nothing, and a mesh, are no rocking curves', () => {
    const still = specScan(3, POINTS, 'rockit').replace(/^[\d.]+ (0\.2 .*)$/gm, '0.1 $1');
    expect(facts(HEADER + still).motor).toBeUndefined();
    expect(facts(HEADER + specScan(3, POINTS, 'mesh  th 0 1 3  phi 0 1 2  1')).motor).toBeUndefined();
  });
});

describe('a folder with pages', () => {
  it('reads the pages of one file as frames', () => {
    const folder = newFolder();
    const path = join(folder, 'AD_S0003');
    mkdirSync(path);
    const pages = Array.from({ length: POINTS }, (_, k) => [
      [k, 0, 1],
      [2, 3, k],
    ]);
    const kind = {
      little: false,
      big: false,
      tile: undefined,
      rowsPerStrip: 2,
      compression: 'deflate',
      predictor: 1,
      type: 'u16',
    } as const;
    writeFileSync(join(path, 'stack_0001.tif'), writeTiff(pages, kind));
    writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, POINTS));
    const source = specTiffReader.open({ format: 'spec-tiff', source: path, number: 3 });
    expect(source.facts).toMatchObject({ whole: true, framesPresent: POINTS });
    expect([...source.read(0, POINTS)]).toEqual(pages.flat(2));
  });
});
