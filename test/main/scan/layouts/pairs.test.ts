import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSources } from '@main/beamtime/watch/walk';
import { npzReader } from '@main/scan/npz';
import { cxiReader } from '@main/scan/cxi';
import { instruments } from '../../../helpers/instruments';
import { measure, type Measured } from '../../../helpers/truth';
import { ALIEN, writeBcdi, writeCdiutils } from '../../../helpers/writers/cdiutils';

const [frames, rows, cols] = [31, 112, 112];
let folder = '';
let truth: Measured;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pairs-'));
  const whole = measure(instruments.id01Unmoved);
  truth = {
    ...whole,
    instrument: { ...whole.instrument, frames },
    positions: whole.positions.slice(0, frames),
    all: () => new Uint32Array(frames * rows * cols).fill(5),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('counts and mask in two files', () => {
  it('are one scan, whose voxels are masked in their own frame only', () => {
    const paths = [writeCdiutils(folder, truth).npz, writeBcdi(folder, truth, '{}')];
    expect(
      findSources(folder)
        .map(({ path }) => basename(path))
        .sort(),
    ).toEqual(['S7_preprocessed_data.cxi', ...paths.map((path) => basename(path))].sort());
    for (const source of paths) {
      const { mask, facts, close } = npzReader.open({ format: 'npz', source, number: 1 });
      expect(facts.framesPresent).toBe(frames);
      expect(mask).toHaveLength(frames * rows * cols);
      expect([mask!.indexOf(1), mask!.lastIndexOf(1)]).toEqual(
        [0, 0].map(() => (ALIEN[0] * rows + ALIEN[1]) * cols + ALIEN[2]),
      );
      close();
    }
  });
});

describe('a preprocessed file of cdiutils', () => {
  it('brings the whole geometry, the direct beam where its frames were cut', () => {
    const { cxi, npz } = writeCdiutils(folder, truth);
    for (const [facts] of [cxiReader.list(cxi), npzReader.list(npz)]) {
      expect(facts).toMatchObject({
        instrument: 'ID01',
        motor: 'eta',
        energyEv: 9000,
        distanceM: 0.5,
        detectorName: 'mpx1x4',
      });
      expect(facts).toMatchObject({ directBeam: [44.5, 50.25], roiStart: [100, 80], sample: 'Pt', warnings: [] });
      expect(facts!.positions).toMatchObject({ phi: -31, nu: -0.7 });
    }
  });
});
