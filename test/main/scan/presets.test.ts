import { describe, expect, it } from 'vitest';
import { axisFromCxi } from '@core/geometry/circles';
import { presetFor, shippedPresets } from '@main/scan/presets';
import type { ScanFacts } from '@main/scan/types';

const facts = (change: Partial<ScanFacts>): ScanFacts => ({
  ref: { format: 'npz', source: '/a.npz', number: 1 },
  name: 'a',
  title: '',
  framesExpected: 0,
  framesPresent: 0,
  whole: true,
  frameShape: [0, 0],
  positions: {},
  warnings: [],
  ...change,
});
const chosen = (change: Partial<ScanFacts>): string | undefined => presetFor(facts(change), shippedPresets())?.name;

describe('shipped presets', () => {
  it('have names of their own and axes that the science knows', () => {
    const presets = shippedPresets();
    expect(presets.length).toBeGreaterThan(5);
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
    for (const { sampleCircles, detectorCircles, detectors } of presets) {
      const axes = [...sampleCircles, ...detectorCircles].map(({ axis }) => axis);
      for (const axis of [...axes, ...detectors.flatMap(({ directions }) => directions)]) axisFromCxi(axis);
    }
  });

  it('have gaps inside their detectors, and directions that span them', () => {
    const all = shippedPresets().flatMap(({ detectors }) => detectors);
    expect(all.flatMap(({ gaps }) => gaps).length).toBeGreaterThan(5);
    for (const { shape, gaps, directions } of all) {
      expect(directions[0][0]).not.toBe(directions[1][0]);
      for (const { rows, cols } of gaps) {
        expect(rows[0]).toBeLessThan(rows[1]);
        expect(cols[0]).toBeLessThan(cols[1]);
        expect([rows[1] <= shape[0], cols[1] <= shape[1]]).toEqual([true, true]);
      }
    }
  });

  it('rock motors that turn one of their sample circles', () => {
    for (const { name, sampleCircles, rockingMotors } of shippedPresets().filter((p) => p.name !== 'generic')) {
      expect(rockingMotors.length, name).toBeGreaterThan(0);
      for (const motor of rockingMotors)
        expect([name, sampleCircles.map((c) => c.motor)]).toEqual([name, expect.arrayContaining([motor])]);
    }
  });

  it('subtract 90 degrees from chi at 34-ID-C, P10 and HEPS', () => {
    const offsets = shippedPresets().flatMap((p) =>
      p.sampleCircles.filter((c) => c.offsetDeg !== 0).map((c) => [p.name, c.motor, c.offsetDeg]),
    );
    expect(offsets).toEqual([
      ['aps-34idc', 'chi', 90],
      ['petra-p10', 'chi', 90],
      ['heps-id05', 'chi', 90],
    ]);
  });
});

describe('the preset of a scan', () => {
  it('follows the format', () => {
    expect(chosen({ ref: { format: 'bliss', source: '/a.h5', number: 1 } })).toBe('id01');
    expect(chosen({ ref: { format: 'spec-tiff', source: '/a_S0001', number: 1 } })).toBe('aps-34idc');
  });

  it('follows the motors and the detector where several read the format', () => {
    expect(chosen({ positions: { gontheta: 1, gonphi: 2, gamma: 3, delta: 4 } })).toBe('nanomax');
    expect(chosen({ motor: 'om', detectorName: 'e4m' })).toBe('petra-p10');
    expect(chosen({ motor: 'eta', positions: { mu: 0, eta: 1, phi: 0, nu: 0, delta: 30 } })).toBe('id01');
  });

  it('is the generic one where nothing fits', () => {
    expect(chosen({})).toBe('generic');
  });
});
