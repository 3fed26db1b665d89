import { afterAll, describe, expect, it } from 'vitest';
import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { findRibbon, type RibbonReport } from '@core/crystal/ribbon';
import { dot, norm, normalise, scale, type Vec3 } from '@core/math/vector';
import { formFactor } from '@core/scatter/formFactor';
import { createScatterer } from '@core/scatter/nufft';
import { intensity } from '@core/scatter/window';
import { createRelaxer } from '@main/relax';
import { builtLauncher } from '../../support/build';
import { smallCrystal } from './crystals';

const wasm = createRelaxer('wasm', { threads: 1, launcher: builtLauncher() });
afterAll(() => wasm.close());

const BURGERS: Vec3 = [0.5, -0.5, 0];

/** Brightest voxel about (1 -1 1), where this screw shows, over that of as many atoms in a perfect crystal. */
function brightest(positions: Float64Array, a: number): number {
  const g = scale([1, -1, 1], (2 * Math.PI) / a);
  const frame = [normalise(g), normalise([1, 1, 0]), normalise([-1, 1, 2])] as const;
  const f = (q: number): number => formFactor('Al', q);
  const pattern = intensity(createScatterer().amplitude(positions, { g, frame, dq: 0.02 }, f));
  return pattern.reduce((m, x) => Math.max(m, x), 0) / ((positions.length / 3) * f(norm(g))) ** 2;
}

/** A relaxed crystal of aluminium with a screw dislocation so far (angstrom) below its (001) facet. */
async function relaxed(depth: number): Promise<{ report: RibbonReport; line: Vec3; point: Vec3; bright: number }> {
  // Farther than a training set's crystals, so that what can leave does.
  const job = { ...smallCrystal('Al', 16), energyTolerance: 1e-6 };
  const a = job.potential.bulk.latticeAngstrom;
  const line = normalise(BURGERS);
  const burgers = scale(BURGERS, a);
  const point: Vec3 = [job.shape.centroid[0], job.shape.centroid[1], job.shape.max[2] - depth];
  displace(job.positions, dislocationField({ burgers, line, glideNormal: normalise([1, 1, 1]), point, poisson: 0.35 }));
  const { positions, structure } = await wasm.relax(job);
  return { report: findRibbon(positions, structure, a, burgers), line, point, bright: brightest(positions, a) };
}

describe('after relaxation', () => {
  it('a screw in the middle is still there, as a screw, and darkens the reflection', async () => {
    const { report, line, bright } = await relaxed(32);
    expect(report.state).toBe('whole');
    expect(Math.abs(dot(normalise(report.burgers!), line))).toBeCloseTo(1, 9);
    expect(Math.abs(dot(report.line!, line))).toBeGreaterThan(0.9);
    expect(report.characterDeg!).toBeLessThan(30);
    expect(bright).toBeLessThan(0.6);
  });

  it('a screw below the surface has left, and the reflection is bright', async () => {
    const { report, bright } = await relaxed(5);
    expect(report.state).toBe('escaped');
    expect(bright).toBeGreaterThan(0.8);
  });
});
