import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { foldFrames } from '@core/reduce/statistics';
import { uncountedParts, withUncounted } from '@core/reduce/uncounted';

const [ROWS, COLS] = [6, 10];
const PIXELS = ROWS * COLS;

const stacks = fc.record({
  frames: fc.integer({ min: 2, max: 20 }),
  /** Pixels without a count in every frame, voxels without one, and frames without any. */
  always: fc.uniqueArray(fc.nat(PIXELS - 1), { maxLength: 5 }),
  holes: fc.uniqueArray(fc.nat(20 * PIXELS - 1), { maxLength: 30 }),
  gone: fc.uniqueArray(fc.nat(19), { maxLength: 3 }),
  own: fc.constantFrom('none', 'shared', 'each'),
  wrong: fc.constantFrom(NaN, -1, Infinity, 2 ** 32 - 1),
  /** Frames that come at once, and whether the statistics are asked for in between. */
  pieces: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 6 }),
});

it('law: what is no count masks its own voxel and no other, in whatever pieces the frames come, beside what the file masks', () => {
  fc.assert(
    fc.property(stacks, ({ frames, always, holes, gone, own, wrong, pieces }) => {
      const counts = new Float32Array(frames * PIXELS).fill(3);
      for (let f = 0; f < frames; f++) {
        for (const p of always) counts[f * PIXELS + p] = wrong;
        if (gone.includes(f)) counts.fill(wrong, f * PIXELS, (f + 1) * PIXELS);
      }
      for (const at of holes) if (at < counts.length) counts[at] = wrong;
      const isWrong = Array.from(counts, (value) => value !== 3);
      const given = own === 'none' ? undefined : new Uint8Array(own === 'each' ? counts.length : PIXELS).fill(1, 5, 6);
      const masks = given && splitMask(given, PIXELS, frames);
      const fold = foldFrames(ROWS, COLS, { masks });
      for (let f = 0, k = 0; f < frames; k++) {
        const [count, asked] = pieces[k % pieces.length]!;
        const next = Math.min(frames, f + count);
        fold.add(counts.subarray(f * PIXELS, next * PIXELS));
        if (asked) fold.statistics();
        f = next;
      }
      const parts = uncountedParts(fold.statistics().uncounted, PIXELS);
      const all = withUncounted(masks, parts);
      const lost = (f: number): boolean => gone.includes(f) && gone.filter((g) => g < frames).length < frames;
      for (let f = 0; f < frames; f++) {
        if (lost(f)) {
          expect(all!.whole.has(f)).toBe(true);
          continue;
        }
        const here = new Set(all?.own.get(f));
        for (let p = 0; p < PIXELS; p++) {
          const named = given !== undefined && given[own === 'each' ? f * PIXELS + p : p] !== 0;
          const masked = parts.common[p] === 1 || all?.common[p] === 1 || here.has(p);
          expect(masked, `frame ${f}, pixel ${p}`).toBe(named || isWrong[f * PIXELS + p]);
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('frames with the same gaps share one list, which takes no room for each of them', () => {
  const fold = foldFrames(ROWS, COLS);
  for (let f = 0; f < 24; f++) fold.add(Float32Array.from({ length: PIXELS }, (_, p) => (p < 9 ? -1 : f)));
  const { uncounted } = fold.statistics();
  expect(new Set(uncounted).size).toBe(1);
  expect(uncountedParts(uncounted, PIXELS)).toMatchObject({ commonPixels: 9, whole: [], share: 9 / PIXELS });
});
