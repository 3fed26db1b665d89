import { expect, it } from 'vitest';
import type { GeometryFile } from '@contract/geometry';
import { createScanSetup, type Wishes } from '@main/beamtime/scan-setup';
import { fresh } from '@main/beamtime/rows';
import { openLedger } from '@main/ledger/ledger';
import { AUTO_PRESET, createSettings } from '@main/ledger/settings';
import type { ScanFacts } from '@main/scan/types';
import { factsOf } from './support/scan';

const factsWith = (geometry?: GeometryFile): ScanFacts => ({ ...factsOf(), ...(geometry && { geometry }) });

const setupFor = (wishes: Partial<Wishes> = {}) => {
  const settings = createSettings(openLedger(':memory:'));
  return { settings, setup: createScanSetup(settings, { preset: () => AUTO_PRESET, ...wishes }) };
};
const presetOf = (wishes: Partial<Wishes>, geometry?: GeometryFile): string =>
  setupFor(wishes).setup.optionsFor(factsWith(geometry)).preset.name;

it("the preset is the command's geometry file's, else that of the file beside the scan, else the one wished for", () => {
  const wished = { preset: () => 'cristal' };
  expect(presetOf(wished)).toBe('cristal');
  expect(presetOf(wished, { preset: 'nanomax' })).toBe('nanomax');
  expect(presetOf({ ...wished, file: { preset: 'id01' } }, { preset: 'nanomax' })).toBe('id01');
  // One that names none leaves the word to the file beside.
  expect(presetOf({ ...wished, file: { energyEv: 9000 } }, { preset: 'nanomax' })).toBe('nanomax');
  expect(() => presetOf({ preset: () => 'no-such' })).toThrow(/no-such/);
});

it("the geometry is the command's file, else the one beside; what was answered for the preset comes along", () => {
  const { settings, setup } = setupFor({ preset: () => 'id01' });
  const nothing = { directBeam: null, distanceM: null, energyEv: null, element: null, hkl: null };
  settings.saveAnswers('id01', { ...nothing, energyEv: 9123 });
  const beside: GeometryFile = { distanceM: 1 };
  expect(setup.optionsFor(factsWith(beside))).toMatchObject({
    answers: { energyEv: 9123 },
    file: beside,
    method: 'linear',
    frame: 'q',
  });
  const file: GeometryFile = { distanceM: 2 };
  const given = setupFor({ preset: () => 'id01', file, method: 'grid', frame: 'sample' }).setup;
  expect(given.optionsFor(factsWith(beside))).toMatchObject({ file, method: 'grid', frame: 'sample' });
});

it('a scan that was reduced keeps its preset, whatever is wished for now; one that is gone is said', () => {
  const { setup } = setupFor({ preset: () => 'cristal' });
  const row = { ...fresh('a', factsWith()), preset: 'nanomax' };
  expect(setup.sourcesOf(row).preset.name).toBe('nanomax');
  expect(() => setup.sourcesOf({ ...row, preset: 'gone' })).toThrow(/gone/);
});

it('a scan that no preset fits has no place, and that is no failure', () => {
  expect(setupFor({ preset: () => 'no-such' }).setup.placeOf(factsWith())).toBeUndefined();
});
