import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { assertEnoughFrames } from '@main/scan/rocking';
import { claimOf } from '@main/scan/formats';
import { readImage } from '@main/scan/image';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts } from '@main/scan/types';
import { measuredData, noMeasuredData } from '../../support/fixtures';

function scans(path: string): readonly ScanFacts[] {
  return readerOf(claimOf(path, 'file')!.format).list(path);
}

function refusal(step: () => unknown): string {
  try {
    step();
  } catch (error) {
    if (error instanceof BraggwatchError) return `${error.code}: ${error.detail}`;
    throw error;
  }
  return 'none';
}

describe.skipIf(noMeasuredData)('files of beamlines, as measured', () => {
  it.each([
    [
      'nexus-examples/Therm_6_2.nxs',
      /^not-a-scan: .* is an NXmx file of DLS: 488 frames .* a rotation of omega by 121\.8 deg/,
    ],
    ['nexus-examples/NXmx.hdf5', /^not-a-scan: .* is an NXmx file .*: without detector frames/],
    ['nexus-examples/AgBehenate_228.hdf5', /^not-a-scan: .* is an NXsas file of APS .* one image of 195 x 487 pixels/],
    ['nexus-examples/p45-1168.nxs', /^not-a-scan: .* a map, 5 x 5 points/],
    ['diamond-nxs/tests/data/1040323.nxs', /^not-a-scan: .* i16: a scan through reciprocal space/],
    ['diamond-nxs/tests/data/1049598.nxs', /^not-a-scan: .* i16: a scan through reciprocal space/],
    ['nanomax-layout/data/000008.h5', /^not-a-scan: .* is NanoMAX's: a map of sx and sy, 101 x 11 points/],
    ['nanomax-layout/data/scan_000008_xspress3.hdf5', /^not-a-scan: .* 1111 spectra of 4096 channels/],
    [
      'id01-real/ALIGNMENT_2021_03_14_140646_fast_00004.spec',
      /^scan-empty: .* is a SPEC file of 5 scans \(the last: a map of pix and piz, 101 x 101 points\)/,
    ],
    ['edf/logo5mu_20sec.edf', /^not-a-scan: .* is one image of 512 x 512 pixels/],
  ])('%s is told by what it is', (name, words) => {
    expect(refusal(() => scans(measuredData(name)))).toMatch(words);
  });

  it.each([
    ['id01-real/PTO_STO_SL/PTO_STO_SL_0001/PTO_STO_SL_0001.h5', 'id01', 'eta', /scan0020\/mpx1x4_0000\.h5$/],
    ['nexus-examples/538039.nxs', 'generic', 'theta', /538039-pilatus100k-files\/538039\.hdf$/],
  ])('%s is a rocking scan whose frame file is named', (name, preset, motor, file) => {
    const [facts, ...others] = scans(measuredData(name));
    expect(others).toEqual([]);
    expect(facts).toMatchObject({ motor, framesPresent: 0 });
    expect(presetFor(facts!, shippedPresets())?.name).toBe(preset);
    expect(refusal(() => assertEnoughFrames(facts!))).toMatch(/^frames-missing/);
    expect(facts!.missing![0]).toMatch(file);
  });

  it('an EDF image of ID10 has the maximum that fabio found', () => {
    const { shape, data } = readImage(measuredData('edf/logo5mu_20sec.edf'));
    expect(shape).toEqual([512, 512]);
    expect(Float64Array.from(data).reduce((most, value) => Math.max(most, value), 0)).toBe(841_233);
    expect(readImage(measuredData('edf/mask_logo5mu_20sec.edf')).shape).toEqual([512, 512]);
  });
});
