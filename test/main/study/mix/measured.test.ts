import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '@main/files/npy';
import { reduceMeasured } from '@main/study/mix/measured';
import { temporaryFolder } from '../../../support/build';

describe('measured scans', () => {
  it('that cannot be read or reduced are left out by name, and nothing else is lost for them', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'damaged.npz'), 'no archive');
    // A stack of frames that nobody said the geometry of.
    const frames = { shape: [3, 4, 4], data: new Float32Array(48).fill(1) };
    writeFileSync(join(folder, 'stack.npy'), encodeNpy(frames));
    const refused = new Map<string, string>();
    const scans = reduceMeasured([folder], (name, why) => refused.set(name, (why as { code?: string }).code ?? ''));
    expect(scans).toEqual([]);
    expect([...refused.keys()].sort()).toEqual(['damaged.npz', expect.stringContaining('stack')]);
    expect([...refused.values()].every((code) => code !== '')).toBe(true);
  });
});
