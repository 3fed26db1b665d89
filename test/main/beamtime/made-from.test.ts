import { describe, expect, it } from 'vitest';
import { compareFacts, compareFrames, madeFrom, madeFromFacts } from '@main/beamtime/made-from';
import { fresh } from '@main/beamtime/rows';
import type { ScanFacts } from '@main/scan/types';

const facts: ScanFacts = {
  ref: { format: 'bliss', source: '/data/a.h5', number: 3 },
  ...{ name: 'S3', title: 'ascan eta', motor: 'eta', framesExpected: 64, framesPresent: 64, whole: true },
  ...{ frameShape: [516, 516], positions: { eta: Float64Array.of(1, 2, 3) }, startedAt: '02:10', warnings: [] },
};
/** A worker that finds these frames in the file; 'unreadable' where it is being written. */
const holding = (data: string) => ({
  call: (() => (data === 'unreadable' ? Promise.reject(new Error(data)) : Promise.resolve(data))) as never,
});
const judged = async () => ({ ...fresh('a', facts), madeFrom: await madeFrom(holding('frames'), facts, 'v1') });

describe('a judged scan', () => {
  it.each<[string, string, ScanFacts, 'same' | 'other' | 'unknown']>([
    ['nothing happened', 'v1', facts, 'same'],
    ['its files look otherwise', 'v2', facts, 'unknown'],
    ['an earlier version knew less of how they look', 'v1:and more', facts, 'same'],
    ['further frames came', 'v2', { ...facts, framesPresent: 65 }, 'other'],
    ['frames are gone', 'v1', { ...facts, framesPresent: 63 }, 'other'],
    ['it has other angles', 'v2', { ...facts, positions: { eta: Float64Array.of(1, 2, 4) } }, 'other'],
    ['its number was used again', 'v2', { ...facts, title: 'ascan phi' }, 'other'],
    ['it was begun at another time', 'v2', { ...facts, startedAt: '02:11' }, 'other'],
    ['another distance is recorded', 'v1', { ...facts, distanceM: 1 }, 'other'],
    ['a geometry file came', 'v2', { ...facts, geometry: { distanceM: 1 } }, 'other'],
  ])('is what its verdict was made from, or not, by its facts: %s', async (_what, source, now, expected) => {
    expect(compareFacts(await judged(), now, source)).toBe(expected);
  });

  it.each<[string, string, 'same' | 'other' | 'unknown']>([
    ['it was copied anew', 'frames', 'same'],
    ['other frames are there', 'other frames', 'other'],
    ['they cannot be read now', 'unreadable', 'unknown'],
  ])('is what its verdict was made from, or not, by its frames: %s', async (_what, data, expected) => {
    expect(await compareFrames(holding(data), await judged(), facts)).toBe(expected);
  });

  it('by a version that did not record it is left alone', () => {
    expect(compareFacts(fresh('a', facts), facts, 'v2')).toBe('same');
  });

  it('by a version that recorded its facts otherwise is told by its frames', async () => {
    const row = await judged();
    expect(compareFacts({ ...row, madeFrom: { ...row.madeFrom, facts: 'of old' } }, facts, 'v2')).toBe('unknown');
  });

  it('that was refused by its facts alone is the same as long as these are, whatever else comes into its file', () => {
    const row = { ...fresh('a', facts), state: 'skipped' as const, madeFrom: madeFromFacts(facts, 'v1') };
    expect(compareFacts(row, facts, 'v2')).toBe('same');
    expect(compareFacts(row, { ...facts, framesPresent: 65 }, 'v2')).toBe('other');
    expect(compareFacts(row, { ...facts, title: 'ascan phi' }, 'v2')).toBe('other');
  });
});
