import { describe, expect, it } from 'vitest';
import { createQMap } from '@core/geometry/q';
import { norm, type Vec3 } from '@core/math/vector';
import { completeGeometry } from '@main/reading/geometry';
import { reflectionOf } from '@main/reading/reflection';
import { shippedPresets } from '@main/scan/presets';
import type { ScanFacts } from '@main/scan/types';

const preset = shippedPresets().find(({ name }) => name === 'id01')!;
const none = { directBeam: null, distanceM: null, energyEv: null, element: null, hkl: null };
const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/a.h5', number: 1 },
  name: 'a #1',
  title: 'ascan eta 1 2 63 1',
  motor: 'eta',
  framesExpected: 64,
  framesPresent: 64,
  whole: true,
  frameShape: [516, 516],
  positions: { mu: 0, eta: Float64Array.of(1, 2), phi: 0, nu: 1, delta: 30 },
  energyEv: 9000,
  distanceM: 0.9,
  directBeam: [200, 210],
  detectorName: 'mpx1x4',
  warnings: [],
};
const complete = (change: Partial<ScanFacts>, answers: Partial<typeof preset.assumed> = {}) => {
  const result = completeGeometry({ ...facts, ...change }, { preset, answers: { ...none, ...answers } });
  const told = new Map(result.warnings.map(({ code, message }) => [code, message]));
  return { ...result, told };
};

describe('an answer and a record that differ', () => {
  it('the record is used, and both numbers are told', () => {
    const { geometry, warnings } = complete({}, { distanceM: 1.8, energyEv: 9600, directBeam: [100, 100] });
    expect(geometry).toMatchObject({ distanceM: 0.9, energyEv: 9000, directBeam: [200, 210] });
    const messages = warnings.filter(({ code }) => code === 'answer-overruled').map(({ message }) => message);
    expect(messages).toHaveLength(3);
    expect(messages.join('\n')).toMatch(/9\.0000 keV recorded, 9\.6000 keV answered/);
    expect(messages.join('\n')).toMatch(/0\.9000 m recorded, 1\.8000 m answered/);
  });

  it('an answer stands where nothing is recorded, and is silent where it says the same', () => {
    const silent: ScanFacts = { ...facts };
    Reflect.deleteProperty(silent, 'distanceM');
    const { geometry, warnings } = completeGeometry(silent, {
      preset,
      answers: { ...none, distanceM: 1.8, energyEv: 9000.1 },
    });
    expect(geometry.distanceM).toBe(1.8);
    expect(warnings.map(({ code }) => code)).not.toContain('answer-overruled');
  });
});

describe('frames that are not the detector’s shape', () => {
  it('are binned where the shape says so: the pixel grows, the gaps shrink, and it is told', () => {
    const { geometry, detector, told } = complete({ frameShape: [258, 258] });
    expect(geometry.pixelM[0]).toBeCloseTo(110e-6, 12);
    expect(detector.gaps).toContainEqual({ rows: [127, 131], cols: [0, 258] });
    expect(told.get('binning-found')).toMatch(/258 x 258.*516 x 516.*110\.0 um/);
  });

  it('are a region where the file records the pixel as it is, and gaps are not laid over what nobody knows', () => {
    for (const change of [
      { frameShape: [258, 258] as const, pixelM: [55e-6, 55e-6] as const },
      { frameShape: [300, 400] as const },
    ]) {
      const { geometry, detector, told } = complete(change);
      expect(geometry.pixelM[0]).toBeCloseTo(55e-6, 12);
      expect(detector.gaps).toEqual([]);
      expect(told.has('region-unknown')).toBe(true);
    }
  });

  it('keep their gaps where their place is recorded, and whole frames theirs', () => {
    for (const change of [{}, { frameShape: [300, 400] as const, roiStart: [10, 20] as const }]) {
      const { detector, told } = complete(change);
      expect(detector.gaps).toHaveLength(2);
      expect(told.has('region-unknown') || told.has('binning-found')).toBe(false);
    }
  });
});

describe('a circle that is not mounted', () => {
  it('stands at 0 with a word, where the preset says that it may be absent', () => {
    const { geometry, told } = complete({ positions: { eta: Float64Array.of(1, 2), phi: 0, nu: 1, delta: 30 } });
    expect(geometry.sampleAngles[0]).toEqual([0]);
    expect(told.get('circle-absent')).toContain('mu');
    expect(() => complete({ positions: { mu: 0, eta: 1, nu: 1, delta: 30 } })).toThrow(/position of phi/);
  });
});

describe('angles in radians', () => {
  const rad = (deg: number): number => (deg * Math.PI) / 180;

  it('are refused by name, with the spacing that degrees would make of them', () => {
    const positions = { mu: 0, eta: Float64Array.of(rad(16), rad(17)), phi: 0, nu: rad(1), delta: rad(35) };
    expect(() => complete({ positions })).toThrow(
      expect.objectContaining({
        code: 'geometry-invalid',
        message: expect.stringMatching(/delta 0\.6109 deg d is \d+ angstrom; in radians it would be 2\.\d+/) as string,
      }),
    );
  });

  it('are not seen in a detector near the beam that radians would not explain, nor in one that stands still', () => {
    const small = { mu: 0, eta: Float64Array.of(0.1, 0.2), phi: 0, nu: 0, delta: 0.05 };
    expect(complete({ positions: small }).geometry.detectorAngles).toContain(0.05);
    expect(() => complete({ positions: { ...small, delta: 0 } })).not.toThrow();
  });
});

describe('a spacing that does not fit what was named', () => {
  const { geometry } = complete({ positions: { ...facts.positions, delta: 34 } });
  const peak: Vec3 = [1, 200, 210];
  const measured = (2 * Math.PI) / norm(createQMap(geometry).at(...peak));
  const told = (spacing: number) =>
    reflectionOf({ element: 'Pt', hkl: [1, 1, 1], spacing, from: { geometry, peak } }).warnings.map(
      ({ code, message }) => ({ code, message }),
    );
  const PT111 = 3.9242 / Math.sqrt(3);

  it('is told with how far it is off, and what would make it fit', () => {
    const [warning, ...more] = told(measured);
    expect(more).toEqual([]);
    expect(warning!.code).toBe('spacing-off');
    expect(warning!.message).toContain(`d is ${measured.toFixed(4)} angstrom`);
    expect(warning!.message).toContain('off Pt 111');
    // With the direct beam that it names the spacing is the one that was meant.
    const [, row, col] = /with row (-?[\d.]+), column (-?[\d.]+) instead/.exec(warning!.message)!;
    const mended = createQMap({ ...geometry, directBeam: [Number(row), Number(col)] }).at(...peak);
    expect((2 * Math.PI) / norm(mended)).toBeCloseTo(PT111, 2);
  });

  it('is silent within what strain and a beam a few pixels off make of it', () => {
    expect(told(PT111 * 1.01)).toEqual([]);
    expect(told(PT111 * 0.975)).toMatchObject([{ code: 'spacing-off' }]);
  });
});
