import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersSchema } from '@contract/geometry';
import type { Volume } from '@contract/volume';
import { add, apply, scale, subtract, transpose, type Vec3 } from '@core/math/vector';
import { reduceSource } from '@main/reading/reduce-scan';
import { writeScan, type FixtureScan } from '@main/demo';
import { beamline } from '@main/demo/beamline';
import { blissReader } from '@main/scan/bliss';
import { correlation } from '../../support/correlation';

const VOXELS = 64 ** 3;

/** What the crystal itself scatters at the voxels of a volume: no detector, no photons. */
function truth({ target }: FixtureScan, { origin, voxel, frame }: Volume): Float64Array {
  const toCrystal = transpose(target.orientation);
  const offsets = new Float64Array(3 * VOXELS);
  for (let n = 0; n < VOXELS; n++) {
    const index: Vec3 = [n >> 12, (n >> 6) & 63, n & 63];
    const q = index.reduce<Vec3>((sum, i, axis) => add(sum, scale(frame[axis]!, origin[axis]! + i * voxel)), [0, 0, 0]);
    offsets.set(subtract(apply(toCrystal, q), target.g), 3 * n);
  }
  const amplitudes = target.amplitude(offsets, new Float64Array(2 * VOXELS));
  return Float64Array.from({ length: VOXELS }, (_, n) => amplitudes[2 * n]! ** 2 + amplitudes[2 * n + 1]! ** 2);
}

describe('a simulated scan, reduced as any other', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'braggwatch-truth-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['perfect', 'linear'],
    ['edge', 'linear'],
    ['screw', 'grid'],
  ] as const)('gives back what its crystal scatters, voxel by voxel (%s, %s)', (defect, method) => {
    const scan = writeScan(folder, { defect, dataset: defect, seed: 7, fringes: 9, frames: 61, peak: [30, 47, 49] });
    const source = blissReader.open({ format: 'bliss', source: scan.master, number: 1 });
    try {
      const options = { preset: beamline, answers: answersSchema.parse({}), method, frame: 'q' } as const;
      const { volume, reduction } = reduceSource(source, options);
      expect(reduction.dAngstrom! / (3.9242 / Math.sqrt(3))).toBeCloseTo(1, 2);
      const intensity = new Float32Array(volume.intensity.slice().buffer);
      expect(correlation(intensity, truth(scan, volume))).toBeGreaterThan(0.97);
      // And by nothing else: the same crystal seen from the other side of Q fits worse, unless it has a centre of symmetry.
      const mirrored = intensity.toReversed();
      if (defect !== 'perfect') expect(correlation(mirrored, truth(scan, volume))).toBeLessThan(0.95);
    } finally {
      source.close();
    }
  });
});
