import { describe, expect, it } from 'vitest';
import { createQMap } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import { completeGeometry } from '@main/reading/geometry';
import { geometryOutlook } from '@main/reading/outlook';
import { shippedPresets } from '@main/scan/presets';
import type { ScanFacts } from '@main/scan/types';

const preset = shippedPresets().find(({ name }) => name === 'id01')!;
const answers = { directBeam: null, distanceM: null, energyEv: null, element: null, hkl: null };
const assumed = answers;
const sources = { preset: { ...preset, assumed }, answers };
const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/a.h5', number: 1 },
  ...{ name: 'a #1', title: 'ascan eta 16 17 63 1', motor: 'eta', framesExpected: 64, framesPresent: 64, whole: true },
  frameShape: [516, 516],
  positions: { mu: 0, eta: Float64Array.from({ length: 64 }, (_, f) => 16 + f / 63), phi: 0, nu: 0, delta: 34 },
  ...{ energyEv: 9000, distanceM: 0.9, directBeam: [250, 260], detectorName: 'mpx1x4', warnings: [] },
};
const without = (...names: (keyof ScanFacts)[]): ScanFacts => {
  const some = { ...facts };
  for (const name of names) Reflect.deleteProperty(some, name);
  return some;
};
const peak = [30, 258, 258] as const;

describe('what is known of a scan’s geometry', () => {
  it('is what its file says, and what nobody says, the first number to be asked for first', () => {
    const found = geometryOutlook(without('distanceM', 'directBeam'), sources, undefined);
    expect(found.recorded).toEqual({ ...answers, energyEv: 9000 });
    expect(found.missing).toEqual(['directBeam', 'distanceM']);
    expect([found.spacing, found.near]).toEqual([null, []]);
    const answered = { ...sources, answers: { ...answers, directBeam: [1, 2] as [number, number] } };
    expect(geometryOutlook(without('distanceM', 'directBeam'), answered, undefined).missing).toEqual(['distanceM']);
  });

  it('names reflections near the peak’s spacing, and for each the beam with which it would be that one', () => {
    const { spacing, near } = geometryOutlook(facts, sources, peak);
    expect(near.length).toBeGreaterThan(1);
    expect(near.map(({ deviation }) => Math.abs(deviation))).toEqual(
      near.map(({ deviation }) => Math.abs(deviation)).toSorted((a, b) => a - b),
    );
    for (const { deviation, directBeam } of near) {
      const { geometry } = completeGeometry({ ...facts, directBeam: directBeam! }, sources);
      const mended = (2 * Math.PI) / norm(createQMap(geometry).at(...peak));
      expect(mended * (1 + deviation)).toBeCloseTo(spacing!, 4);
    }
  });

  it('puts what was named before what is nearer, as it was named', () => {
    const plain = geometryOutlook(facts, sources, peak).near;
    const { element, hkl } = plain.at(-1)!;
    const named: [number, number, number] = [hkl[2], -hkl[1], hkl[0]];
    const [first] = geometryOutlook({ ...facts, element, hkl: named }, sources, peak).near;
    expect(first).toMatchObject({ element, hkl: named });
  });
});
