import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureStrangeness } from '@main/study/strangeness';
import { writeNoiseSet } from '../../support/noise-set';
import { temporaryFolder } from '../../support/build';

describe('strangeness', () => {
  it('finds the shipped model astonished by all that is no crystal, a set of noise among it', async () => {
    const folder = join(temporaryFolder(), 'noise');
    writeNoiseSet(folder);
    const found = await measureStrangeness('three-class', folder, 1);
    expect(found.map(({ kind }) => kind).slice(0, 3)).toEqual(['crystals', 'white noise', 'counting noise']);
    // Its 'crystals' are its two test patterns, and what is made of them is no better.
    expect(found[0]).toMatchObject({ volumes: 2, strange: 1, unsure: 1 });
    for (const { kind, strange, unsure, medianDistance } of found) {
      expect({ kind, strange, unsure }).toEqual({ kind, strange: 1, unsure: 1 });
      expect(medianDistance).toBeGreaterThan(1);
    }
  });

  it('refuses a set with nothing to test', async () => {
    const folder = join(temporaryFolder(), 'untested');
    writeNoiseSet(folder, { splits: ['train'] });
    await expect(measureStrangeness('three-class', folder, 1)).rejects.toMatchObject({ code: 'dataset-invalid' });
  });
});
