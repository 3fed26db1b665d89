import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createQMap } from '@core/geometry/q';
import { gridMean } from '@core/reduce/grid';
import { decodeNpz } from '@main/files/npy';

const derived = new URL('../../../../shared/data/aps-34idc-scan54/derived/', import.meta.url);
const here = existsSync(derived);
const load = (name: string): ReturnType<typeof decodeNpz> => decodeNpz(readFileSync(new URL(name, derived)));

describe('gridding of scan 54, sample frame', () => {
  it.skipIf(!here)("equals xrayutilities' Gridder3D to float32 rounding", () => {
    const stack = load('scan54_stack.npz');
    const reference = load('scan54_xu_gridded_reference.npz');
    const [[f0, f1], [r0, r1], [c0, c1]] = [0, 1, 2].map((k) => [
      Number(reference['crop']!.data[2 * k]),
      Number(reference['crop']!.data[2 * k + 1]),
    ]) as [[number, number], [number, number], [number, number]];
    const map = createQMap({
      sampleCircles: ['z+', 'x-', 'z+'],
      sampleAngles: [[...stack['theta_deg']!.data], [0], [-5]],
      detectorCircles: ['z+', 'y-'],
      detectorAngles: [32.174, 12.6346],
      detectorDirections: ['z-', 'y+'],
      energyEv: 9000,
      distanceM: 0.5,
      pixelM: [55e-6, 55e-6],
      directBeam: [128, 128],
    });
    const n = (f1 - f0) * (r1 - r0) * (c1 - c0);
    const points: [Float64Array, Float64Array, Float64Array] = [
      new Float64Array(n),
      new Float64Array(n),
      new Float64Array(n),
    ];
    const values = new Float64Array(n);
    for (let f = f0, i = 0; f < f1; f++) {
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++, i++) {
          map.at(f, r, c).forEach((q, axis) => (points[axis]![i] = q));
          values[i] = stack['data']!.data[(f * 256 + r) * 256 + c]!;
        }
      }
    }
    const { mean, axes } = gridMean(points, values, [64, 64, 64]);
    const g64 = reference['g64']!.data;
    let worst = 0;
    for (let i = 0; i < g64.length; i++) worst = Math.max(worst, Math.abs(mean[i]! - g64[i]!) / Math.max(1, g64[i]!));
    expect(worst).toBeLessThan(2 ** -23);
    (['gx', 'gy', 'gz'] as const).forEach((name, axis) => {
      reference[name]!.data.forEach((q, i) => expect(Math.abs(axes[axis]![i]! - q)).toBeLessThan(1e-9));
    });
  });
});
