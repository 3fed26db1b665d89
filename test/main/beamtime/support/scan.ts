import { factsPrint } from '@main/scan/fingerprint';
import type { ScanFacts } from '@main/scan/types';

/** What there is to say of a whole scan that nobody reads. */
export const factsOf = (number = 1): ScanFacts => ({
  ref: { source: '/x/scans.h5', format: 'bliss', number },
  name: `S${number}`,
  title: '',
  framesExpected: 41,
  framesPresent: 41,
  whole: true,
  frameShape: [64, 64],
  positions: {},
  warnings: [],
});

/** What a worker gives for it, as far as judging looks. */
export const recordOf = (facts: ScanFacts) => ({
  facts,
  hkl: [1, 1, 1],
  kept: String(facts.ref.number),
  seen: factsPrint(facts),
  reduction: {
    method: 'linear',
    frames: 41,
    peak: [20, 40, 40],
    q: 2.7,
    dAngstrom: 2.3,
    voxelInvAngstrom: 7e-4,
    oversampling: 3,
  },
  geometry: [],
  rockingCurve: { motor: 'eta', positions: [0], counts: [1] },
  warnings: [],
  timings: { read: 1, reduce: 1 },
});
