import { describe, expect, it } from 'vitest';
import { splitMask } from '@core/reduce/frame-masks';
import { boxScan, reduced, rockedAt } from './box-crystal';

const PIXELS = 120 * 130;
/** Steps three times as fine as the volume's voxel, as a fly scan's. */
const fine = Array.from({ length: 150 }, (_, i) => 17.6 + 0.0032 * (i - 75));
const options = { method: 'linear', frame: 'q', unblurred: 64 } as const;

describe('a scan that is cut some frames at a time', () => {
  it.each([
    ['evenly spaced', fine, undefined],
    ['with frames missing in the middle', fine.filter((_, i) => i < 60 || i > 66), undefined],
    ['with a part of one frame masked', fine, 80],
  ] as const)('and is %s gives the volume of one that is cut as a whole', (_, eta, masked) => {
    const at = rockedAt(eta);
    const scan = boxScan(1e5, 0.5, at);
    const mask = new Uint8Array(eta.length * PIXELS);
    if (masked !== undefined) mask.fill(1, (masked + 0.4) * PIXELS, (masked + 0.6) * PIXELS);
    const masks = masked === undefined ? undefined : splitMask(mask, PIXELS, eta.length);
    const of = (atOnce?: number) => reduced(scan, options, undefined, 1e9, at, masks, atOnce);
    const whole = of();
    expect(whole.measuredOversampling).toBeGreaterThan(4);
    for (const atOnce of [1, 2e5, 6e5]) expect(of(atOnce)).toEqual(whole);
  });
});
