import { describe, expect, it } from 'vitest';
import { shippedPresets } from '@main/scan/presets';
import { refusalByFacts } from '@main/scan/rocking';
import type { ScanFacts } from '@main/scan/types';

const preset = shippedPresets().find(({ name }) => name === 'id01')!;
const list = (from: number, count = 41): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + 0.01 * i);
const facts = (more: Partial<ScanFacts>): ScanFacts => ({
  ref: { format: 'bliss', source: '/data/a.h5', number: 3 },
  ...{ name: 'S3', title: 'ascan eta 16 17 40 1', framesExpected: 41, framesPresent: 41, whole: true },
  ...{ frameShape: [516, 516], positions: {}, warnings: [] },
  ...more,
});

describe('a whole scan is refused by what its listing tells', () => {
  it.each<[string, Partial<ScanFacts>, RegExp]>([
    ['its motor rocks nothing', { motor: 'piz', positions: { piz: list(0) } }, /piz is no rocking motor of ESRF ID01/],
    ['no motor was scanned', { title: 'loopscan 10 1' }, /loopscan/],
  ])('%s', (_, more, words) => {
    const refusal = refusalByFacts(facts(more), { preset });
    expect(refusal?.code).toBe('not-a-rocking-curve');
    expect(refusal?.detail).toMatch(words);
  });

  it.each<[string, Partial<ScanFacts>]>([
    ['it rocks', { motor: 'eta', positions: { eta: list(16) } }],
    ['another motor that moved along rocks', { motor: 'piz', positions: { piz: list(0), eta: list(16) } }],
    ['the photon energy was scanned', { motor: 'mononrj', positions: { mononrj: list(9) } }],
    ['it is not whole yet', { motor: 'piz', whole: false, positions: { piz: list(0) } }],
    [
      'its points are too few, which those on disk are to tell',
      { motor: 'eta', framesPresent: 5, positions: { eta: list(16, 5) } },
    ],
    ['its listing names nothing', { title: '' }],
    ['it may be a volume', { ref: { format: 'hdf5', source: '/data/a.h5', number: 1 } }],
    ['its positions may still be given', { ref: { format: 'npz', source: '/data/a.npz', number: 1 } }],
  ])('and not where %s', (_, more) => {
    expect(refusalByFacts(facts(more), { preset })).toBeUndefined();
  });

  it('nor where a geometry file lists its positions', () => {
    const scan = facts({ motor: 'piz', positions: { piz: list(0) } });
    expect(refusalByFacts(scan, { preset, file: { positions: { piz: [...list(0)] } } })).toBeUndefined();
  });
});
