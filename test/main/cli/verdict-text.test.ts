import { describe, expect, it } from 'vitest';
import { warning } from '@contract/errors';
import type { VerdictLine } from '@contract/scan';
import { doubts } from '@vocabulary/doubts';
import { keysOf } from '@vocabulary/keys';
import { formatLine } from '@main/cli/output';

const line: VerdictLine = {
  scan: 'S0054',
  source: '/data/S0054.h5',
  format: 'bliss',
  state: 'classified',
  verdict: {
    class: 'perfect',
    defective: 0.3,
    probabilities: { perfect: 0.7, screw: 0.2, edge: 0.1 },
    sure: false,
    doubts: keysOf(doubts),
  },
  hkl: [1, 1, 1],
  invisible: ['1/2[1-10]', '1/2[10-1]', '1/2[01-1]'],
  reduction: {
    method: 'linear',
    frames: 64,
    peak: [32, 10, 10],
    q: 2.77,
    dAngstrom: 2.266,
    voxelInvAngstrom: 7e-4,
    oversampling: 3.5,
  },
  warnings: [warning('hot-pixels', '3 of them.'), warning('monitor-missing')],
};

describe('the line that a person reads', () => {
  it('names what qualifies the verdict: every doubt, what the reflection cannot see, every warning', () => {
    const text = formatLine(line, false);
    for (const { short } of Object.values(doubts)) expect(text).toContain(short);
    for (const vector of line.invisible!) expect(text).toContain(vector);
    for (const { message } of line.warnings) expect(text).toContain(message);
    expect(text.split('\n')).toHaveLength(1 + 1 + line.warnings.length);
  });

  it('says nothing of doubts where the verdict is sure, and nothing of blindness where the reflection is not known', () => {
    const verdict = { ...line.verdict!, sure: true, doubts: [] };
    const text = formatLine({ ...line, verdict, hkl: null, invisible: [] }, false);
    expect(text).toContain('  perfect  [perfect 70 %');
    expect(text).not.toContain('unsure');
    expect(text).not.toContain('cannot see');
  });

  it('says apart that a defect is certain and which one is not', () => {
    const { verdict } = line;
    const told = (of: NonNullable<typeof verdict>['doubts']): string =>
      formatLine({ ...line, verdict: { ...verdict!, doubts: of } }, false);
    expect(told(['character'])).toContain('(defective for sure; unsure: which kind of defect it is)');
    expect(told(['character', 'unlike-training'])).toContain('(unsure: which kind');
  });
});
