import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { samplePosition } from '@main/beamtime/stage';
import { createBlissScan } from '@main/demo/bliss';
import { demoRecipe } from '@main/demo/recipe';
import { drawSpecs } from '@main/demo/spec';
import { openLedger } from '@main/ledger/ledger';
import { blissReader } from '@main/scan/bliss';
import { shippedPresets } from '@main/scan/presets';
import { temporaryFolder } from '../../support/build';
import { writeDataset } from '../scan/write-bliss';

const id01 = shippedPresets().find(({ name }) => name === 'id01')!;

describe('the place of a scan on its sample', () => {
  it('is read back from the file that the demo writes as ID01 does', () => {
    const folder = temporaryFolder();
    const spec = drawSpecs(demoRecipe, 4)[2]!;
    const writer = createBlissScan(folder, {
      ...spec,
      motor: 'eta',
      positions: Float64Array.of(17, 17.01),
      motors: { mu: 0, phi: 0, nu: 0, delta: 30 },
      pixelM: [55e-6, 55e-6],
      shape: [24, 30],
      startedAt: new Date(spec.startedAt),
    });
    writer.append(new Int32Array(2 * 24 * 30).fill(1), Float64Array.of(1, 1));
    writer.finish();
    const [facts] = blissReader.list(writer.master);
    expect(facts!.sample).toBe(demoRecipe.sample);
    const { axes } = samplePosition(facts!, id01)!;
    expect(axes.map(({ micrometres }) => micrometres)).toEqual(Object.values(spec.stage!));
    expect(axes.map(({ motors }) => motors)).toEqual([['pix'], ['piy'], ['piz']]);
  });

  it('adds coarse and fine motors up, each in its unit', () => {
    const folder = temporaryFolder();
    const scalars = { delta: 33, nu: 1, phi: 0, mu: 0, mononrj: 9, pix: 12.5, piy: 40, samx: -1.5 };
    const [facts] = blissReader.list(writeDataset(folder, { scalars }));
    expect(samplePosition(facts!, id01)?.axes).toEqual([
      { name: 'x', micrometres: -1487.5, motors: ['pix', 'samx'] },
      { name: 'y', micrometres: 40, motors: ['piy'] },
    ]);
  });

  it('takes the file’s word for the unit before the preset’s', () => {
    const facts = { positions: { pix: 3e-6, piy: 4000 }, units: { pix: 'm', piy: 'nm' } };
    const values = samplePosition(facts, id01)!.axes.map(({ micrometres }) => micrometres);
    expect(values[0]).toBeCloseTo(3, 9);
    expect(values[1]).toBeCloseTo(4, 9);
  });

  it('is not known with fewer than two axes, or none', () => {
    expect(samplePosition({ positions: { pix: 3 } }, id01)).toBeUndefined();
    expect(samplePosition({ positions: { pix: NaN, piy: 2 } }, id01)).toBeUndefined();
    expect(samplePosition({ positions: {} }, id01)).toBeUndefined();
  });

  it('is what the middle frame says of a motor that was read out at every frame', () => {
    const facts = { positions: { pix: Float64Array.of(1, 2, 30), piy: 1 } };
    expect(samplePosition(facts, id01)?.axes[0]?.micrometres).toBe(2);
  });
});

describe('a ledger of an earlier version', () => {
  it('gets the columns that it lacks, and keeps its rows', () => {
    const path = join(temporaryFolder(), 'old', 'ledger.sqlite');
    mkdirSync(dirname(path), { recursive: true });
    openLedger(path).close();
    const old = new DatabaseSync(path);
    old.exec('ALTER TABLE scans DROP COLUMN sample; ALTER TABLE scans DROP COLUMN position;');
    old.exec(`INSERT INTO scans (id, source, number, format, name, title, state, frames_present, frames_expected, seen_at)
      VALUES ('a', '/a.h5', 1, 'bliss', 'a #1', '', 'arriving', 0, 0, '2026-11-22T03:00:00Z')`);
    old.close();
    const ledger = openLedger(path);
    const row = ledger.get('a')!;
    expect(row).toMatchObject({ name: 'a #1', sample: null, position: null });
    ledger.put({
      ...row,
      position: {
        axes: [
          { name: 'x', micrometres: 1, motors: ['pix'] },
          { name: 'y', micrometres: 2, motors: ['piy'] },
        ],
      },
    });
    expect(ledger.get('a')?.position?.axes[1]?.micrometres).toBe(2);
    ledger.close();
  });
});
