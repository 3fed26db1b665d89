import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findSources } from '@main/beamtime/watch/walk';
import { sourcesOf } from '@main/cli/batch';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { specEdfReader } from '@main/scan/spec-tiff';
import type { ScanFacts } from '@main/scan/types';
import { firstCounts, plainScan, plainShape } from '../../../helpers/plain-scan';
import { writeBm02, writeId01Spec, writeSpecEdf } from '../../../helpers/writers/spec-edf';
import { errorCode } from '../error-code';
import { temporaryFolders } from '../folder';
import { HEADER, specScan, writeFrames } from '../write-spec';

const newFolder = temporaryFolders();
const [frames, rows, cols] = plainShape;

const only = (path: string): ScanFacts => specEdfReader.list(path)[0]!;
const presetOf = (facts: ScanFacts): string | undefined => presetFor(facts, shippedPresets())?.name;

const counts = (path: string): number[] => firstCounts(specEdfReader, path);

describe('a SPEC file that names its images', () => {
  it.each([
    ['a file each', false],
    ['one stack', true],
  ])('is a scan with %s', (_, stack) => {
    const path = writeId01Spec(newFolder(), plainScan('id01'), stack);
    expect(only(path)).toMatchObject({
      ref: { format: 'spec-edf', source: path, number: 12 },
      motor: 'eta',
      framesPresent: frames,
      whole: true,
      frameShape: [rows, cols],
      energyEv: 9000,
      distanceM: 0.5,
      directBeam: [44.5, 50.25],
      ...(!stack && { detectorName: 'mpx4' }),
      instrument: 'id01',
      missing: [],
      monitor: { name: 'exp1' },
    });
    expect(counts(path)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is found whatever became of the images: moved with their folder, beside the file, unpacked', () => {
    const folder = newFolder();
    const path = writeId01Spec(folder, plainScan('id01'));
    for (const to of ['images/pt', 'elsewhere/id01/inhouse/pt/data']) {
      mkdirSync(join(folder, to, '..'), { recursive: true });
      renameSync(join(folder, 'data'), join(folder, to));
      const spec = to.startsWith('elsewhere') ? join(folder, 'elsewhere/pt.spec') : path;
      if (spec !== path) renameSync(path, spec);
      expect(counts(spec)).toEqual([1, 2, 3, 4, 5]);
      if (spec === path) renameSync(join(folder, to), join(folder, 'data'));
    }
  });

  it('of before 2017 names motors in full and distances in millimetres', () => {
    const folder = newFolder();
    const path = writeSpecEdf(folder, plainScan('id01'), {
      motors: { Mu: 0.1, Phi: 24, Nu: 1, Delta: 35, Energy: 8.5 },
      scanned: ['Eta', 'Eta'],
      column: 'ccd_n',
      image: (number) => `pt_${String(number).padStart(4, '0')}.edf`,
      header: ['#UDETCALIB cen_pix_x=10,cen_pix_y=20,det_distance_CC=1402.175,det_distance_COM=1401.096'],
    });
    const facts = only(path);
    expect(facts).toMatchObject({ energyEv: 8500, directBeam: [20, 10], framesPresent: frames });
    expect(facts.distanceM).toBeCloseTo(1.401096, 9);
    expect(presetOf(facts)).toBe('id01');
    expect(counts(path)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is told from another beamline by its motors', () => {
    expect(presetOf(only(writeBm02(newFolder(), plainScan('bm02'))))).toBe('bm02');
    expect(presetOf(only(writeId01Spec(newFolder(), plainScan('id01'))))).toBe('id01');
  });

  it('names the image that is not there', () => {
    const folder = newFolder();
    const path = writeId01Spec(folder, plainScan('id01'));
    rmSync(join(folder, 'data/data_mpx4_00039.edf.gz'));
    const facts = only(path);
    expect(facts).toMatchObject({ framesPresent: 2, whole: false, ended: true });
    expect(facts.missing).toEqual([join(folder, 'data/data_mpx4_00039.edf.gz')]);
    expect(errorCode(() => specEdfReader.open(facts.ref))).toBe('frames-missing');
    rmSync(join(folder, 'data'), { recursive: true });
    expect(only(path).missing).toEqual(['/data/id01/inhouse/pt/data/data_mpx4_00037.edf.gz']);
  });

  it('grows with its images while it is measured, the last one a moment behind its line', () => {
    const folder = newFolder();
    const path = writeId01Spec(folder, plainScan('id01'));
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -2).join('\n')}\n`);
    const late = join(folder, 'data/data_mpx4_00039.edf.gz');
    renameSync(late, join(folder, 'late'));
    rmSync(join(folder, 'data/data_mpx4_00040.edf.gz'));
    rmSync(join(folder, 'data/data_mpx4_00041.edf.gz'));
    expect(only(path)).toMatchObject({ framesPresent: 2, framesExpected: frames, ended: false, missing: [] });
    renameSync(join(folder, 'late'), late);
    expect(only(path)).toMatchObject({ framesPresent: 3, framesExpected: frames, whole: false });
  });

  it('may hold scans without images: they are listed, and those that tell of none are no source', () => {
    const folder = newFolder();
    const path = writeId01Spec(folder, plainScan('id01'));
    appendFileSync(
      path,
      '\n#S 13  ascan  eta 0 1  1 1\n#N 2\n#L eta  exp1\n0 1\n1 1\n\n#S 14 loopscan 2 1\n#N 1\n#L exp1\n1\n1\n',
    );
    expect(specEdfReader.list(path).map(({ ref, frameless }) => [ref.number, frameless ?? false])).toEqual([
      [12, false],
      [13, true],
      [14, false],
    ]);
    expect(errorCode(() => specEdfReader.open({ ...only(path).ref, number: 13 }))).toBe('frames-missing');
    expect(errorCode(() => specEdfReader.open({ ...only(path).ref, number: 15 }))).toBe('scan-not-found');
  });
});

describe('SPEC files in one tree', () => {
  it.each(['pt', 'pt.2016-06-30', 'pt.dat'])('are found by what is in them, whatever they are called: %s', (name) => {
    const folder = newFolder();
    const path = join(folder, name);
    renameSync(writeId01Spec(folder, plainScan('id01')), path);
    writeFileSync(join(folder, 'notes.txt'), '#S is no scan');
    vi.spyOn(process.stderr, 'write');
    onTestFinished(() => void vi.restoreAllMocks());
    expect(sourcesOf([folder]).sources).toEqual([{ path, format: 'spec-tiff' }]);
    // Its images are no strangers.
    expect(process.stderr.write).not.toHaveBeenCalled();
    expect(only(path)).toMatchObject({ motor: 'eta', framesPresent: frames });
    expect(counts(path)).toEqual([1, 2, 3, 4, 5]);
  });

  it('are sources where no folder of frames beside or below them tells of their scans', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'id01'));
    writeId01Spec(join(folder, 'id01'), plainScan('id01'));
    mkdirSync(join(folder, 'aps'));
    writeFileSync(join(folder, 'aps/demo.spec'), HEADER + specScan(3, 2));
    writeFrames(join(folder, 'aps/AD_demo_S0003'), 2);
    expect(findSources(folder).map(({ path }) => basename(path))).toEqual(['AD_demo_S0003', 'pt.spec']);
  });
});
