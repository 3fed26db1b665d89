import { expect, it } from 'vitest';
import { createEarlyLooks } from '@main/beamtime/early';
import { PARTIAL_MS } from '@main/beamtime/rest';
import { factsOf } from './support/scan';

const grown = (framesPresent: number) => ({
  ...{ ...factsOf(1), motor: 'eta', whole: false },
  ...{ framesPresent, framesExpected: 200 },
});

it('a growing scan is worth looks from half of its frames on, and none any more once nearly all are there', () => {
  const early = createEarlyLooks();
  const looked = Array.from({ length: 40 }, (_, n) => 5 * (n + 1)).filter((n) => early.worth('a', grown(n), 0));
  expect(looked).toEqual([100, 130, 160]);
});

it('what rests unfinished is worth one at any time: it may be all that comes', () => {
  const early = createEarlyLooks();
  expect(early.worth('a', grown(190), 0)).toBe(false);
  expect(early.worth('a', grown(190), PARTIAL_MS)).toBe(true);
  expect(early.worth('a', grown(190), PARTIAL_MS)).toBe(false);
  expect(early.worth('a', grown(195), PARTIAL_MS)).toBe(true);
});
