import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedScans, Trial } from '@contract/adapting';
import { gainOf } from '@renderer/features/train/gain';

const judged = (right: number, sureWrong: number): JudgedScans => ({ right, found: 30, sure: 25, sureWrong });
const trial = (before: JudgedScans, after: JudgedScans): Pick<Trial, 'rows'> => ({
  rows: [
    // What is so of one kind alone decides nothing.
    { kind: 'few', scans: 30, before: after, after: before },
    { kind: 'all', scans: 120, before, after },
  ],
});
const counts = fc.tuple(fc.nat(120), fc.nat(120)).map(([right, sureWrong]) => judged(right, sureWrong));

describe('what came of a trial', () => {
  it('is better only where more are right and no more are sure and wrong, over all scans', () => {
    expect(gainOf(trial(judged(74, 3), judged(81, 1)))).toBe('better');
    expect(gainOf(trial(judged(74, 3), judged(75, 3)))).toBe('better');
    expect(gainOf(trial(judged(74, 3), judged(74, 3)))).toBe('none');
    expect(gainOf(trial(judged(74, 3), judged(81, 4)))).toBe('mixed');
    expect(gainOf(trial(judged(74, 3), judged(70, 1)))).toBe('mixed');
    expect(gainOf(trial(judged(74, 3), judged(74, 2)))).toBe('mixed');
    expect(gainOf(trial(judged(74, 3), judged(70, 5)))).toBe('none');
  });

  it('is never better both ways round', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        if (gainOf(trial(a, b)) === 'better') expect(gainOf(trial(b, a))).not.toBe('better');
        if (gainOf(trial(a, b)) === 'better' && a.sureWrong === b.sureWrong) expect(gainOf(trial(b, a))).toBe('none');
      }),
    );
  });
});
