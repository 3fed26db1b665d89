import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answersSchema } from '@contract/geometry';
import { createQMap } from '@core/geometry/q';
import { completeGeometry } from '@main/reading/geometry';
import { presetFor, shippedPresets } from '@main/scan/presets';
import type { ScanFacts } from '@main/scan/types';
import { fixture } from '../../support/fixtures';

const pair = z.tuple([z.number(), z.number()]);
/** What xrayutilities was told, and what it answered: Q by frame and pixel, downstream, outboard, up. */
const judged = z
  .object({
    energyEv: z.number(),
    energyStepEv: z.number(),
    angleStepDeg: z.number(),
    distanceM: z.number(),
    pixelM: pair,
    directBeam: pair,
    pixels: z.array(pair),
    beamlines: z.record(
      z.string(),
      z.object({
        motors: z.record(z.string(), z.number()),
        rocks: z.string(),
        q: z.array(z.array(z.array(z.number()).length(3))),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(fixture('xrayutilities/q.json'), 'utf8')));
const { energyEv, energyStepEv, angleStepDeg, distanceM, pixelM, directBeam, pixels, beamlines } = judged;
const FRAMES = 3;

/** A scan that records the motors alone, as the beamline calls them. */
function factsOf(name: string, { motors, rocks }: (typeof beamlines)[string]): ScanFacts {
  const step = rocks === 'energy' ? energyStepEv : angleStepDeg;
  const middle = rocks === 'energy' ? energyEv : motors[rocks]!;
  return {
    ref: { format: 'npz', source: '/a.npz', number: 1 },
    name: 'a',
    title: '',
    motor: rocks,
    framesExpected: FRAMES,
    framesPresent: FRAMES,
    whole: true,
    frameShape: [100, 120],
    positions: { ...motors, [rocks]: Float64Array.of(middle - step, middle, middle + step) },
    energyEv,
    distanceM,
    pixelM,
    directBeam,
    // Its motors are called as those of ID01.
    ...(name === 'heps-id05' && { instrument: 'id05' }),
    warnings: [],
  };
}

describe('the geometry of a beamline', () => {
  it.each(Object.entries(beamlines))('%s is what xrayutilities makes of its circles', (name, beamline) => {
    const facts = factsOf(name, beamline);
    const preset = presetFor(facts, shippedPresets())!;
    expect(preset.name).toBe(name.replace(/ .*/, ''));
    const map = createQMap(completeGeometry(facts, { preset, answers: answersSchema.parse({}) }).geometry);
    beamline.q.forEach((frame, f) =>
      frame.forEach((q, p) => {
        const [row, col] = pixels[p]!;
        map.at(f, row, col).forEach((part, axis) => expect(part).toBeCloseTo(q[axis]!, 9));
      }),
    );
  });

  it('is judged for every preset that has circles of its own', () => {
    const judgedPresets = new Set(Object.keys(beamlines).map((name) => name.replace(/ .*/, '')));
    const own = shippedPresets().map(({ name }) => name);
    // EH2 and ID27 have one circle, which does not meet xrayutilities' detector circles; the generic one stands for a geometry file.
    expect(own.filter((name) => !judgedPresets.has(name)).sort()).toEqual(['generic', 'id27', 'petra-p10-eh2']);
  });
});
