import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDepth } from '@core/crystal/depth';
import { winterbottom } from '@core/crystal/shape';
import { add, normalise, scale, type Vec3 } from '@core/math/vector';

const shape = winterbottom({ element: 'Pt', lateral: 100, interfaceIndex: 2, height: 0.7 });
const coordinate = fc.double({ min: -30, max: 30, noNaN: true });
const direction = fc
  .tuple(coordinate, coordinate, coordinate)
  .filter((v) => Math.hypot(...v) > 1)
  .map((v) => normalise(v as Vec3));

describe('the depth of a line', () => {
  it('is that of its deepest point, found by walking along it', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate, coordinate), direction, (point, line) => {
        let deepest = -Infinity;
        for (let t = -150; t <= 150; t += 0.05)
          deepest = Math.max(deepest, -shape.signedDistance(...add(point, scale(line, t))));
        expect(Math.abs(lineDepth(shape, point as Vec3, line) - deepest)).toBeLessThan(0.05);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the point that the line is given by', () => {
    const line = normalise([1, 1, 0]);
    const depth = lineDepth(shape, shape.centroid, line);
    expect(lineDepth(shape, add(shape.centroid, scale(line, 40)), line)).toBeCloseTo(depth, 6);
    expect(lineDepth(shape, add(shape.centroid, [0, 0, 500]), line)).toBeLessThan(0);
  });
});
