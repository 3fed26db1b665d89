import { expect, it } from 'vitest';
import type { VerdictLine } from '@contract/scan';
import { crystalsOf } from '@main/beamtime/crystals';
import { fresh } from '@main/beamtime/rows';
import type { LedgerRow } from '@main/ledger/row';
import { factsOf } from './support/scan';

const line: VerdictLine = {
  ...{ scan: 'S0001', source: '/data/a.h5', format: 'bliss', state: 'classified', hkl: [1, -1, 1], warnings: [] },
  reduction: {
    ...{ method: 'linear', frames: 61, peak: [30, 200, 200], q: 2.77 },
    // A crystal of 200 nm: 2 pi / (2000 angstrom x 3).
    ...{ dAngstrom: 2.266, voxelInvAngstrom: (2 * Math.PI) / 6000, oversampling: 3, measuredOversampling: 4 },
  },
};
const row: LedgerRow = {
  ...fresh('a', factsOf(1)),
  ...{ source: '/data/now/a.h5', state: 'classified', line },
  rockingCurve: { motor: 'eta', positions: [0, 1, 2], counts: [1000, 161_000, 1000] },
};

it('is its size, metal, family, sampling and counts that a judged scan tells of its crystal', () => {
  // 2.266 angstrom is {111} of platinum, 3.9242 / sqrt(3), and within 1 % that of palladium, 3.8898 / sqrt(3).
  expect(crystalsOf([row], '/data/now')).toEqual([
    { elements: ['Pt', 'Pd'], family: '111', sizeNm: expect.closeTo(200, 6), oversampling: 3, counts: 10_000 },
  ]);
});

it('is nothing before it is judged, or of another folder', () => {
  const others: LedgerRow[] = [
    { ...row, state: 'waiting' },
    { ...row, line: null },
    { ...row, source: '/data/before/a.h5' },
  ];
  expect(crystalsOf(others, '/data/now')).toEqual([]);
  expect(crystalsOf(others, null)).toHaveLength(1);
});
