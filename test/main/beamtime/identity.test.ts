import { describe, expect, it } from 'vitest';
import { resultMark, scanId } from '@main/beamtime/identity';
import { claimOf, looksLikeFrames } from '@main/scan/formats';

describe('the file of a result', () => {
  const ids = Array.from({ length: 500 }, (_, number) => scanId({ source: '/beamtime/a.h5', number }));

  it('is never taken for a detector’s, which may count in six digits', () => {
    // One in seventeen ids begins with six digits.
    expect(ids.some((id) => /^\d{6}/.test(id))).toBe(true);
    for (const id of ids) {
      const name = `S54-${resultMark(id)}.nxs`;
      expect([looksLikeFrames(name), claimOf(name, 'file')]).toEqual([false, undefined]);
    }
    for (const id of ids) expect(claimOf(`S54-${id}.nxs`, 'file')).toBeUndefined();
    expect(claimOf('S54-000001.nxs', 'file')?.format).toBe('hdf5');
  });

  it('begins with the id, as far as that has a letter soon enough', () => {
    const begins = ids.filter((id) => id.startsWith(resultMark(id)));
    expect(begins).toEqual(ids.filter((id) => !/^\d{6}/.test(id)));
    expect(resultMark('01234567890123456789')).toBe('012345');
  });
});
