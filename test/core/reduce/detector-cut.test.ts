import fc from 'fast-check';
import { expect, it } from 'vitest';
import { identity, type Vec3 } from '@core/math/vector';
import { detectorCut, smoothEven } from '@core/reduce/detector-cut';
import { cutRegion, type Box } from '@core/reduce/region';

const shape: Vec3 = [20, 30, 26];
const at = ([f, r, c]: Vec3): number => (f * shape[1] + r) * shape[2] + c;
const counts = Float32Array.from({ length: 20 * 30 * 26 }, (_, v) => v + 1);
const block = { frames: 20, rows: 30, cols: 26, counts };
const dead = at([0, 7, 9]);
const mask = Uint8Array.from({ length: 30 * 26 }, (_, p) => (p === dead ? 1 : 0));
/** Q of an index is the index itself. */
const affine = { index: [0, 0, 0], q: [0, 0, 0], jacobian: identity, inverse: identity, steps: [1, 1, 1] } as const;
const cut = (box: Box) => cutRegion(block, mask, box);

it('has the peak in the middle, every count in its place, and marks what was not measured', () => {
  const whole = { frames: [0, 20], rows: [0, 30], cols: [0, 26] } as const;
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 17 }), fc.integer({ min: 3, max: 27 }), (frame, row) => {
      const target = { centre: [frame, row, 13] as Vec3, frame: identity, voxel: 1 };
      const made = detectorCut(shape, whole, cut, affine, target);
      expect(made.shape).toEqual([20, 30, 24]);
      expect(made.first.map((start, axis) => start + made.shape[axis]! / 2)).toEqual([frame, row, 13]);
      let v = 0;
      for (let i = 0; i < 20; i++) {
        for (let j = 0; j < 30; j++) {
          for (let k = 0; k < 24; k++, v++) {
            const place = [i + made.first[0], j + made.first[1], k + made.first[2]] as const;
            const within = place.every((x, axis) => x >= 0 && x < shape[axis]!);
            if (made.counts[v] !== (within ? counts[at(place)]! : 0)) expect(place).toEqual('its own count');
            const measured = within && at([0, place[1], place[2]]) !== dead;
            if (made.mask[v] !== (measured ? 0 : 1)) expect(place).toEqual(measured ? 'measured' : 'masked');
          }
        }
      }
    }),
    { numRuns: 20 },
  );
});

it('has edges that fast transforms take', () => {
  expect([20, 21, 22, 26, 34, 65, 129, 1000, 3].map(smoothEven)).toEqual([20, 20, 20, 24, 32, 64, 128, 1000, 8]);
});
