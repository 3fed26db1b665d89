import { describe, expect, it } from 'vitest';
import { compare, madeFrom } from '@main/beamtime/made-from';
import { fresh } from '@main/beamtime/rows';
import type { ScanFacts } from '@main/scan/types';

const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/data/a.h5', number: 3 },
  ...{ name: 'S3', title: 'ascan eta', motor: 'eta', framesExpected: 64, framesPresent: 64, whole: true },
  ...{ frameShape: [516, 516], positions: { eta: Float64Array.of(1, 2, 3) }, warnings: [] },
};
/** A worker that finds these frames in the file; 'unreadable' where it is being written. */
const holding = (data: string) => ({
  call: (() => (data === 'unreadable' ? Promise.reject(new Error(data)) : Promise.resolve(data))) as never,
});
const steady = { steady: true, alone: true };

describe('a judged scan', () => {
  it.each<[string, string, ScanFacts, string, typeof steady, 'same' | 'other' | 'later']>([
    ['nothing happened', 'v1', facts, 'other frames', steady, 'same'],
    ['it was copied anew', 'v2', facts, 'frames', steady, 'same'],
    ['other frames are there', 'v2', facts, 'other frames', steady, 'other'],
    [
      'other frames are there, and it is still written',
      'v2',
      facts,
      'other frames',
      { ...steady, steady: false },
      'later',
    ],
    ['its frames cannot be read now', 'v2', facts, 'unreadable', steady, 'later'],
    ['further frames came', 'v2', { ...facts, framesPresent: 65 }, 'frames', steady, 'other'],
    [
      'it has other angles',
      'v2',
      { ...facts, positions: { eta: Float64Array.of(1, 2, 4) } },
      'frames',
      steady,
      'other',
    ],
    ['its file got a further scan', 'v2', facts, 'never read', { ...steady, alone: false }, 'same'],
    ['its number was used again', 'v2', { ...facts, title: 'ascan phi' }, '', { ...steady, alone: false }, 'other'],
  ])('is what its verdict was made from, or not: %s', async (_what, source, now, data, seen, expected) => {
    const row = { ...fresh('a', facts), madeFrom: await madeFrom(holding('frames'), facts, 'v1') };
    expect(await compare(holding(data), row, now, source, seen)).toBe(expected);
  });

  it('by a version that did not record it is left alone', async () => {
    expect(await compare(holding('other'), fresh('a', facts), facts, 'v2', steady)).toBe('same');
  });
});
