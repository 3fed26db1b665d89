import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cross, dot, normalise, type Vec3 } from '@core/math/vector';
import type { Complex } from '@core/phase/align';
import { vortexLines } from '@core/phase/lines';
import { unwound } from '@core/phase/unwound';

const SIZE = 32;
const RADIUS = 8;
const placeOf = (v: number): Vec3 => [
  Math.floor(v / SIZE ** 2) - 16,
  (Math.floor(v / SIZE) % SIZE) - 16,
  (v % SIZE) - 16,
];
const body = Uint8Array.from({ length: SIZE ** 3 }, (_, v) => (Math.hypot(...placeOf(v)) < RADIUS ? 1 : 0));
const within = [...body.keys()].filter((v) => body[v] === 1);

/** A ball with a phase. */
function ball(phase: (place: Vec3) => number) {
  const [re, im] = [new Float32Array(SIZE ** 3), new Float32Array(SIZE ** 3)];
  for (const v of within) {
    re[v] = 3 * Math.cos(phase(placeOf(v)));
    im[v] = 3 * Math.sin(phase(placeOf(v)));
  }
  return { re, im };
}
const slope = fc.double({ min: -0.02, max: 0.02, noNaN: true });

it('leaves a phase that is one surface as it is, however bent, but for a constant', () => {
  fc.assert(
    fc.property(slope, slope, slope, (a, b, c) => {
      const object = ball(([x, y, z]) => 0.3 * x + a * x * x + b * x * y + c * y * z * 2);
      const { re, im } = unwound(object, body, SIZE);
      let [s, t] = [0, 0];
      for (const v of within) {
        s += object.re[v]! * re[v]! + object.im[v]! * im[v]!;
        t += object.im[v]! * re[v]! - object.re[v]! * im[v]!;
      }
      expect(Math.hypot(s, t) / (3 * within.length)).toBeGreaterThan(0.999);
    }),
    { numRuns: 10 },
  );
});

it('takes every line out, and makes the body equally bright', () => {
  const component = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(component, component, component), slope, ([x, y, z], bend) => {
      const line = normalise([x, y, z + 1.5]);
      const first = normalise(cross(line, [0.9, -0.3, 0.2]));
      const second = cross(line, first);
      const winding = ball((at) => Math.atan2(dot(at, second) - 0.2, dot(at, first) - 0.3) + bend * at[0] * at[1]);
      const long = (object: Complex): number => vortexLines(object.re, object.im, body, SIZE)[0]?.points.length ?? 0;
      expect(long(winding)).toBeGreaterThan(RADIUS);
      const { re, im } = unwound(winding, body, SIZE);
      expect(long({ re, im })).toBeLessThan(4);
      for (const v of within) expect(Math.hypot(re[v]!, im[v]!)).toBeCloseTo(1, 5);
    }),
    { numRuns: 10 },
  );
});
