import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { fioReader } from '@main/scan/fio';
import { hdf5Reader } from '@main/scan/hdf5';
import { instruments } from '../../../helpers/instruments';
import { measure, type Measured } from '../../../helpers/truth';
import { writeP10, type Share } from '../../../helpers/writers/p10';
import { errorCode } from '../error-code';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();
/** Seven frames of the one crystal. */
let few: Measured;
beforeAll(() => {
  const truth = measure(instruments.petraP10);
  few = {
    ...truth,
    instrument: { ...truth.instrument, frames: 7 },
    positions: truth.positions.slice(26, 33),
    frame: (f) => truth.frame(f + 26),
  };
});

describe('PETRA III P10', () => {
  it.each<[string, Share]>([
    ['all frames in one file', { perFile: 2000 }],
    ['so many frames in each file', { perFile: 3 }],
    ['one file per point', { perFile: 1 }],
    ['a file of several exposures per point', { exposures: 2 }],
  ])('reads %s, with a master and without', (_, share) => {
    for (const master of [true, false]) {
      const path = writeP10(newFolder(), few, { share, master });
      const [facts] = fioReader.list(path);
      expect(facts).toMatchObject({
        framesPresent: 7,
        framesExpected: 7,
        whole: true,
        motor: 'om',
        sample: 'align',
        detectorName: 'e4m',
        startedAt: 'Sat Nov 28 21:04:11 2026',
      });
      const source = fioReader.open(facts!.ref);
      expect(Array.from(source.read(2, 5))).toEqual([2, 3, 4].flatMap((f) => Array.from(few.frame(f))));
      expect(source.typeMaximum).toBe(2 ** 32 - 1);
      source.close();
    }
  });

  it('takes positions, energy and distance from the .fio file, and what a pixel counts at most and which do not count from the master', () => {
    const masked = new Uint32Array(112 * 112);
    masked[5 * 112 + 7] = 2;
    const path = writeP10(newFolder(), few, { masked });
    const [facts] = fioReader.list(path);
    expect(facts).toMatchObject({
      energyEv: 9000,
      distanceM: 0.7,
      pixelM: [75e-6, 75e-6],
      directBeam: [44.5, 50.25],
      saturation: 1_270_000,
    });
    expect(facts!.positions).toMatchObject({ chi: 91.5, gam: 1.5 });
    expect(Array.from(facts!.positions['om'] as Float64Array)).toEqual(Array.from(few.positions));
    expect(facts!.monitor).toMatchObject({ name: 'curpetra' });
    const source = fioReader.open(facts!.ref);
    expect(source.mask?.indexOf(1)).toBe(5 * 112 + 7);
    source.close();
  });

  it('is one scan, whether the .fio file or the master is named', () => {
    const path = writeP10(newFolder(), few);
    const master = join(dirname(path), 'e4m', 'align_00012_master.h5');
    expect(hdf5Reader.list(master).map(({ ref }) => ref)).toEqual([{ format: 'fio', source: path, number: 12 }]);
  });

  it('has as many frames as are there, and is whole with the last of them', () => {
    const running = writeP10(newFolder(), few, { rows: 4, frames: 3, share: { perFile: 1 } });
    expect(fioReader.list(running)[0]).toMatchObject({
      framesPresent: 3,
      framesExpected: 7,
      whole: false,
      ended: false,
    });
    const late = writeP10(newFolder(), few, { frames: 5, share: { perFile: 1 } });
    expect(fioReader.list(late)[0]).toMatchObject({ framesPresent: 5, framesExpected: 7, whole: false, ended: true });
    const stopped = writeP10(newFolder(), few, { rows: 5, frames: 5, ended: true });
    expect(fioReader.list(stopped)[0]).toMatchObject({ framesPresent: 5, framesExpected: 5, whole: true });
  });

  it('names the file that a master lists and that is not there', () => {
    const path = writeP10(newFolder(), few, { share: { perFile: 3 } });
    const lost = join(dirname(path), 'e4m', 'align_00012_data_000002.h5');
    rmSync(lost);
    const [facts] = fioReader.list(path);
    expect(facts).toMatchObject({ framesPresent: 3, whole: false, missing: [lost] });
    const source = fioReader.open(facts!.ref);
    expect(errorCode(() => source.read(0, 7))).toBe('frames-missing');
    source.close();
  });

  it('leaves a half-written line for the next look, and keeps the place of a garbled one', () => {
    const path = writeP10(newFolder(), few, { rows: 3 });
    appendFileSync(path, ' 18.123 100');
    expect(fioReader.list(path)[0]).toMatchObject({ framesPresent: 3 });
    writeFileSync(path, readFileSync(path, 'latin1').replace(/ 18.123 100$/, ' 18.1\n'));
    const [facts] = fioReader.list(path);
    expect(facts).toMatchObject({ framesPresent: 4 });
    expect((facts!.positions['om'] as Float64Array)[3]).toBeNaN();
  });

  it('takes no other beamline of DESY for P10, nor a scan of other motors for a rocking curve', () => {
    const [other] = fioReader.list(writeP10(newFolder(), few, { user: 'p08user' }));
    expect(presetFor(other!, shippedPresets())).toBeUndefined();
    const [mesh] = fioReader.list(writeP10(newFolder(), few, { command: 'mesh hx 0 1 6 hy 0 1 6 0.1' }));
    expect(mesh!.motor).toBeUndefined();
  });

  it('refuses what is no .fio file', () => {
    const path = join(newFolder(), 'a_00001.fio');
    writeFileSync(path, 'nothing of that kind\n');
    expect(errorCode(() => fioReader.list(path))).toBe('scan-empty');
  });
});
