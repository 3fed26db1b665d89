import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, identity, transpose, type Mat3, type Vec3 } from '@core/math/vector';
import { qFrame } from '@core/geometry/affine';
import { standardise, type OrthogonalVolume, type StandardVolume } from '@core/reduce/orthogonal';
import { qOfVoxel, type Target } from '@core/reduce/target';
import { sinc } from './box-crystal';

/** A box crystal's edges along the axes of its Q frame, angstrom; its pattern is a formula. */
const edges: Vec3 = [1300, 1700, 2100];
const g: Vec3 = [1.4, 0.6, 2.3];
const crystal = qFrame(g);

const intensityAt = (q: Vec3): number => {
  const d = apply(crystal, [q[0] - g[0], q[1] - g[1], q[2] - g[2]]);
  return (sinc((d[0] * edges[0]) / 2) * sinc((d[1] * edges[1]) / 2) * sinc((d[2] * edges[2]) / 2)) ** 2;
};

/** The crystal's pattern on a grid about g. */
function grid(axes: Mat3, shape: Vec3, step: Vec3, middle: Vec3): OrthogonalVolume {
  const centre = apply(axes, g);
  const origin = centre.map((q, k) => q - middle[k]! * step[k]!) as unknown as Vec3;
  const back = transpose(axes);
  const intensity = new Float32Array(shape[0] * shape[1] * shape[2]);
  for (let i = 0, at = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++, at++)
        intensity[at] = intensityAt(
          apply(back, [origin[0] + i * step[0], origin[1] + j * step[1], origin[2] + k * step[2]]),
        );
  return { shape, intensity, origin, step, axes };
}

const made = (given: OrthogonalVolume, unblurred?: number): StandardVolume => {
  const volume = standardise(given, 'q', unblurred);
  if ('refused' in volume) throw new Error(`${volume.refused}: ${volume.detail}`);
  return volume;
};

/** Correlation of amplitudes with the formula at the target's own voxels. */
function likeness({ intensity, target }: { intensity: Float32Array; target: Target }): number {
  let [ab, aa, bb] = [0, 0, 0];
  const { size = 64 } = target;
  for (let i = 0, at = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      for (let k = 0; k < size; k++, at++) {
        const a = Math.sqrt(intensity[at]!);
        const b = Math.sqrt(intensityAt(qOfVoxel(target, [i, j, k])));
        [ab, aa, bb] = [ab + a * b, aa + a * a, bb + b * b];
      }
  return ab / Math.sqrt(aa * bb);
}

const voxel = 0.001;

describe('a volume that is orthogonal already', () => {
  it('is taken voxel by voxel where it is standard: the same bits', () => {
    const given = grid(crystal, [64, 64, 64], [voxel, voxel, voxel], [32, 32, 32]);
    const volume = made({ ...given, intensity: given.intensity.map((v) => Math.fround(v * 1000)) });
    expect(volume.asItIs).toBe(true);
    expect(volume.target.voxel).toBe(voxel);
    expect(volume.oversampling).toBeCloseTo((2 * Math.PI) / (Math.cbrt(1300 * 1700 * 2100) * voxel), 0);
    const most = given.intensity.reduce((a, b) => Math.max(a, b), 0);
    given.intensity.forEach((v, i) => expect(Math.abs(volume.intensity[i]! - v / most)).toBeLessThan(1e-6));
  });

  it('whatever its axes, its size, its steps and where the peak lies, becomes what the crystal scatters', () => {
    const turned = qFrame([0.3, -1, 0.5]);
    fc.assert(
      fc.property(
        fc.constantFrom<Mat3>(identity, crystal, turned),
        fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 56, max: 84 }))),
        fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.7, max: 1.1, noNaN: true }))),
        fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -4, max: 4, noNaN: true }))),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        (axes, shape, scale, shift, flip) => {
          const step = scale.map((s, k) => (flip[k] ? -s : s) * 0.0008) as unknown as Vec3;
          const middle = shape.map((n, k) => n / 2 + shift[k]!) as unknown as Vec3;
          const volume = made(grid(axes, shape as unknown as Vec3, step, middle));
          expect(volume.q).toBeCloseTo(Math.hypot(...g), 2);
          expect(volume.oversampling).toBeGreaterThan(2.4);
          expect(likeness(volume)).toBeGreaterThan(0.97);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('is twice as wide for phase retrieval where that is asked for: the same voxels in the middle, and what it scatters beyond', () => {
    const given = grid(identity, [140, 136, 132], [0.0009, 0.001, 0.0011], [70, 68, 66]);
    const [narrow, wide] = [64, 128].map((edge) => made(given, edge)) as [StandardVolume, StandardVolume];
    expect(narrow.unblurred!.intensity).toHaveLength(64 ** 3);
    const { intensity, mask } = wide.unblurred!;
    for (let v = 0; v < 64 ** 3; v++) {
      const [i, j, k] = [Math.floor(v / 4096) + 32, (Math.floor(v / 64) % 64) + 32, (v % 64) + 32];
      const at = (i * 128 + j) * 128 + k;
      if (narrow.unblurred!.mask[v] === 1) continue;
      if (mask[at] === 1) expect.fail(`voxel ${v} is measured in the small cube alone`);
      expect(Math.abs(intensity[at]! - narrow.unblurred!.intensity[v]!)).toBeLessThan(1e-5);
    }
    expect(likeness({ intensity, target: { ...wide.target, size: 128 } })).toBeGreaterThan(0.97);
    expect(wide.intensity).toHaveLength(64 ** 3);
  });

  it('has its unmeasured voxels filled from what lies about them, and they stay unmeasured', () => {
    const given = grid(crystal, [64, 64, 64], [voxel, voxel, voxel], [32, 32, 32]);
    const mask = new Uint8Array(given.intensity.length);
    const spoiled = Float32Array.from(given.intensity);
    for (let at = 0; at < mask.length; at++) {
      const [i, j] = [Math.floor(at / 4096), Math.floor(at / 64) % 64];
      if (j === 40 || (i === 20 && j < 30)) {
        mask[at] = 1;
        spoiled[at] = at % 3 === 0 ? NaN : 1e9;
      }
    }
    const volume = made({ ...given, intensity: spoiled, mask });
    expect(likeness(volume)).toBeGreaterThan(0.98);
    expect(volume.mask.reduce((sum, m) => sum + m, 0)).toBe(mask.reduce((sum, m) => sum + m, 0));
    expect(volume.hidden).toBeGreaterThan(0);
  });

  it.each([
    ['nothing', (v: number) => v * 0, 'peak-absent'],
    ['a logarithm', (v: number) => Math.log10(1 + 1e6 * v), 'not-counts'],
    ['roots of counts', (v: number) => Math.sqrt(Math.round(3e4 * v)), 'not-counts'],
  ] as const)('is refused where it holds %s', (_, change, code) => {
    const given = grid(crystal, [64, 64, 64], [voxel, voxel, voxel], [32, 32, 32]);
    expect(standardise({ ...given, intensity: given.intensity.map(change) }, 'q')).toMatchObject({ refused: code });
  });

  it('is refused where its peak lies at the edge', () => {
    const given = grid(crystal, [64, 64, 64], [voxel, voxel, voxel], [0.5, 32, 32]);
    expect(standardise(given, 'q')).toMatchObject({ refused: 'peak-at-edge' });
  });
});
