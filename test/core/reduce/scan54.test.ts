import { expect, it } from 'vitest';
import { createQMap } from '@core/geometry/q';
import { gridMean } from '@core/reduce/grid';
import { fixtureArrays, scan54Geometry } from '../../support/fixtures';

it("scan 54 gridded in the sample frame equals xrayutilities' Gridder3D to float32 rounding", () => {
  const { data, theta_deg, first } = fixtureArrays('scan54/crop.npz');
  const reference = fixtureArrays('scan54/gridder3d.npz');
  const [frames, rows, cols] = data!.shape as [number, number, number];
  expect([frames, rows, cols]).toEqual([81, 128, 128]);
  const map = createQMap(scan54Geometry(Array.from(theta_deg!.data, Number)));
  const n = frames * rows * cols;
  const points: [Float64Array, Float64Array, Float64Array] = [
    new Float64Array(n),
    new Float64Array(n),
    new Float64Array(n),
  ];
  for (let f = 0, i = 0; f < frames; f++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < cols; c++, i++) {
        map.at(f, Number(first!.data[1]) + r, Number(first!.data[2]) + c).forEach((q, axis) => (points[axis]![i] = q));
      }
    }
  }
  const { mean, axes } = gridMean(points, Float64Array.from(data!.data, Number), [64, 64, 64]);
  const theirs = reference['mean']!.data;
  expect(theirs).toHaveLength(mean.length);
  let worst = 0;
  for (let i = 0; i < mean.length; i++) {
    worst = Math.max(worst, Math.abs(mean[i]! - Number(theirs[i])) / Math.max(1, Number(theirs[i])));
  }
  expect(worst).toBeLessThan(2 ** -23);
  (['qx', 'qy', 'qz'] as const).forEach((name, axis) => {
    expect(reference[name]!.data).toHaveLength(64);
    reference[name]!.data.forEach((q, i) => expect(Math.abs(axes[axis]![i]! - Number(q))).toBeLessThan(1e-9));
  });
});
