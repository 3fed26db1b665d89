import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScanGeometry } from '@core/geometry/q';
import { decodeNpz } from '@main/files/npy';

/** A file of test/fixtures; where each comes from stands in the README beside it. */
export const fixture = (...path: string[]): string => join(import.meta.dirname, '../fixtures', ...path);

/** Everything in an .npz of test/fixtures. */
export const fixtureArrays = (...path: string[]): ReturnType<typeof decodeNpz> =>
  decodeNpz(readFileSync(fixture(...path)));

/** Measured data too large for the repository, beside the checkout where they are at hand. */
export const measuredData = (...path: string[]): string => join(import.meta.dirname, '../../../shared/data', ...path);
/** Whether they are: what needs them is skipped elsewhere, and `scripts/lib/skips.mjs` allows it there only. */
export const noMeasuredData = !existsSync(measuredData());

/** 34-ID-C as scan 54 was measured: what xrayutilities was told for `scan54/q.json`. */
export const scan54Geometry = (thetaDeg: readonly number[]): ScanGeometry => ({
  sampleCircles: ['z+', 'x-', 'z+'],
  sampleAngles: [thetaDeg, [0], [-5]],
  detectorCircles: ['z+', 'y-'],
  detectorAngles: [32.174, 12.6346],
  detectorDirections: ['z-', 'y+'],
  energyEv: 9000,
  distanceM: 0.5,
  pixelM: [55e-6, 55e-6],
  directBeam: [128, 128],
});

/** Native LAMMPS's own numbers on tables that were made apart from ours. */
export type BulkValues = Record<'a0_angstrom' | 'cohesive_eV' | 'C11_GPa' | 'C12_GPa' | 'C44_GPa', number>;
export function lammpsBulk(): Readonly<Record<string, BulkValues>> {
  const { values } = JSON.parse(readFileSync(fixture('lammps/zhou04-bulk.json'), 'utf8')) as {
    values: Record<string, BulkValues>;
  };
  return values;
}
