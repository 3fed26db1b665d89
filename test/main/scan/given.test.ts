import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersSchema, type GeometryFile } from '@contract/geometry';
import { reduceSource } from '@main/reading/reduce-scan';
import { claimOf } from '@main/scan/formats';
import { withGeometry } from '@main/scan/given';
import { presetFor, shippedPresets } from '@main/scan/presets';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts } from '@main/scan/types';
import { instruments, type InstrumentName } from '../../helpers/instruments';
import { measure, type Measured } from '../../helpers/truth';
import { writeBliss } from '../../helpers/writers/bliss';
import { writeCdiutils } from '../../helpers/writers/cdiutils';
import { writeNanomax, writeTransformations } from '../../helpers/writers/nexus';
import { writeP10 } from '../../helpers/writers/p10';
import { writeCristal } from '../../helpers/writers/soleil';
import { writeSpecTiff } from '../../helpers/writers/spec-tiff';
import { temporaryFolders } from './folder';

const newFolder = temporaryFolders();

/** A layout of each format, and what its file records of what the geometry file gives below. */
const layouts: Readonly<
  Record<string, readonly [InstrumentName, (folder: string, truth: Measured) => string, 'distance' | 'nothing']>
> = {
  bliss: ['id01', (folder, truth) => writeBliss(folder, truth, { instrument: 'ESRF-id01' }), 'distance'],
  'spec-tiff': ['aps34idc', writeSpecTiff, 'distance'],
  cxi: ['id01Unmoved', (folder, truth) => writeCdiutils(folder, truth).cxi, 'distance'],
  npz: ['id01Unmoved', (folder, truth) => writeCdiutils(folder, truth).npz, 'distance'],
  fio: ['petraP10', writeP10, 'distance'],
  soleil: ['cristal', writeCristal, 'nothing'],
  nanomax: ['nanomax', writeNanomax, 'nothing'],
  nexus: ['i16', writeTransformations, 'distance'],
};

it.each(Object.entries(layouts))(
  'a geometry file beside a scan of %s counts before its record, one that is named before both, and both are told',
  (format, [name, write, records]) => {
    const truth = measure(instruments[name]);
    const path = write(newFolder(), truth);
    const claim = claimOf(path, statSync(path).isDirectory() ? 'folder' : 'file')!;
    const before = readerOf(claim.format).list(path)[0]!;
    expect(before.ref.format).toBe(format);
    const distanceM = truth.still['distance'] ?? truth.instrument.distanceM;
    const directBeam = [truth.instrument.beam[0] + 2, truth.instrument.beam[1] - 2] as const;
    const beside: GeometryFile = { distanceM: 2 * distanceM, directBeam: [...directBeam], element: 'Pt' };
    writeFileSync(join(dirname(before.ref.source), 'geometry.json'), JSON.stringify(beside));
    const facts = readerOf(claim.format).list(path)[0]!;
    expect(facts.geometry).toMatchObject(beside);
    const source = readerOf(facts.ref.format).open(facts.ref);
    const preset = presetFor(facts, shippedPresets())!;
    const file: GeometryFile = { distanceM: 1.05 * distanceM };
    const wishes = { preset, answers: answersSchema.parse({}), method: 'linear', frame: 'q', file } as const;
    const record = reduceSource(source, wishes);
    source.close();
    const said = record.geometry.find((entry) => entry.name === 'detector distance');
    expect(said).toEqual({ name: 'detector distance', value: `${(1.05 * distanceM).toFixed(4)} m`, from: 'answer' });
    expect(record.geometry).toContainEqual({
      name: 'direct beam',
      value: `row ${directBeam[0]}, column ${directBeam[1]}`,
      from: 'answer',
    });
    const told = record.warnings.filter(({ code }) => code === 'record-overruled').map(({ message }) => message);
    if (records === 'distance')
      expect(told.join('\n')).toContain(`${(2 * distanceM).toFixed(4)} m given, ${distanceM.toFixed(4)} m recorded`);
    // Between the two files too.
    expect(told.join('\n')).toContain(`${(1.05 * distanceM).toFixed(4)} m given, ${(2 * distanceM).toFixed(4)} m`);
  },
);

const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/a.h5', number: 1 },
  name: 'a #1',
  title: 'ascan eta 1 2 63 1',
  motor: 'eta',
  framesExpected: 3,
  framesPresent: 3,
  whole: true,
  frameShape: [16, 16],
  positions: { eta: Float64Array.of(1, 1.01, 1.02), phi: 3, Delta: 30, pix: 5 },
  units: { pix: 'um' },
  energyEv: 9000,
  warnings: [],
};
const told = (geometry: GeometryFile): string =>
  withGeometry(facts, geometry)
    .warnings.filter(({ code }) => code === 'record-overruled')
    .map(({ message }) => message)
    .join('\n');

describe('what a geometry file gives', () => {
  it('is told where the record says otherwise, with both numbers, and only there', () => {
    expect(told({ energyEv: 9100 })).toMatch(/9\.1000 keV given, 9\.0000 keV recorded/);
    expect(told({ positions: { delta: 31 } })).toMatch(/delta: 31\.0000 given, 30\.0000 recorded/);
    expect(told({ positions: { eta: [1, 1.01, 1.03] } })).toMatch(/eta: 1\.0000 to 1\.0300 given, 1\.0000 to 1\.0200/);
    expect(told({ positions: { eta: 2 } })).toMatch(/eta: 2\.0000 given/);
    for (const same of [
      { energyEv: 9000.5 },
      { distanceM: 1, directBeam: [1, 2] as [number, number] },
      { positions: { delta: 30.0001, chi: 4 } },
      // An encoder's noise; where the scan began; a motor that turns nothing.
      { positions: { eta: [1.001, 1.011, 1.021] } },
      { positions: { eta: 1 } },
      { positions: { pix: 7 } },
    ])
      expect(told(same)).toBe('');
  });

  it('stands for a motor of the same name, however that is written, and leaves the others', () => {
    const { positions, motor } = withGeometry(facts, { positions: { delta: 31, phi: [1, 2, 3] } });
    expect(positions).toEqual({
      eta: facts.positions['eta'],
      delta: 31,
      phi: Float64Array.of(1, 2, 3),
      pix: 5,
    });
    expect(motor).toBe('eta');
  });

  it('says which motor moved where the recorded one stands still, and not where that one moved, or came back', () => {
    const phi = [1, 2, 3];
    const moved = (eta: number | Float64Array): ScanFacts =>
      withGeometry({ ...facts, positions: { ...facts.positions, eta } }, { positions: { phi } });
    for (const still of [1, Float64Array.of(1, 1, 1), Float64Array.of(1, 1.001, 1), Float64Array.of(NaN, 1, NaN)]) {
      const { motor, positions, warnings } = moved(still);
      expect(motor).toBe('phi');
      expect(positions['phi']).toEqual(Float64Array.from(phi));
      expect(warnings.map(({ message }) => message).join()).toContain('motor: phi given, eta recorded');
    }
    for (const scan of [Float64Array.of(1, 1.001, 1.002), Float64Array.of(1, 1.5, 1)]) {
      expect(moved(scan).motor).toBe('eta');
      expect(
        moved(scan)
          .warnings.map(({ message }) => message)
          .join(),
      ).not.toContain('motor:');
    }
  });

  it('given twice is as given once, and a later file counts before a former', () => {
    const file = (names: readonly string[]): fc.Arbitrary<GeometryFile> =>
      fc.record(
        {
          energyEv: fc.integer({ min: 1000, max: 200_000 }),
          distanceM: fc.integer({ min: 1, max: 9 }),
          positions: fc.dictionary(fc.constantFrom(...names), fc.integer({ min: -9, max: 9 })),
        },
        { requiredKeys: [] },
      );
    fc.assert(
      fc.property(file(['eta', 'phi', 'chi']), file(['Eta', 'phi', 'DELTA']), (one, other) => {
        const once = withGeometry(facts, one);
        expect(withGeometry(once, once.geometry)).toEqual(once);
        const both = withGeometry(once, other);
        expect(both.energyEv).toBe(other.energyEv ?? one.energyEv ?? facts.energyEv);
        expect(both.distanceM).toBe(other.distanceM ?? one.distanceM);
        for (const [name, value] of Object.entries(other.positions ?? {})) expect(both.positions[name]).toBe(value);
      }),
    );
  });
});
