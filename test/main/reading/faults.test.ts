import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reduceSource } from '@main/reading/reduce-scan';
import { rejected } from '@main/beamtime/judge';
import { writeScan } from '@main/demo';
import { faultsIn } from '@main/nexus/faults';
import { writeNexus } from '@main/nexus/write';
import { readerOf } from '@main/scan/readers';
import type { ScanSource } from '@main/scan/types';
import { wishes } from './wishes';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'braggwatch-faults-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the faulty pixels of a scan', () => {
  it('are listed in its result: those that always count, and those that never do', () => {
    const { master } = writeScan(folder);
    const opened = readerOf('bliss').open({ format: 'bliss', source: master, number: 1 });
    const [rows, cols] = opened.facts.frameShape;
    // A pixel far from the peak that counts a thousand in every frame.
    const source: ScanSource = {
      ...opened,
      read(from, to, into) {
        const counts = opened.read(from, to, into);
        for (let frame = 0; frame < to - from; frame++) counts[(frame * rows + 9) * cols + 81] = 1000;
        return counts;
      },
    };
    const record = reduceSource(source, wishes);
    opened.close();
    expect(record.faults.columns).toBe(cols);
    expect(record.faults.hot).toContain(9 * cols + 81);
    const path = join(folder, 'result.nxs');
    writeNexus(path, record, rejected(record.facts, { code: 'internal', message: '' }).line);
    const { hot, dead } = faultsIn(path)!;
    expect(hot.found).toBe(record.faults.hot.length);
    expect(Array.from(hot.pixels).join()).toContain('9,81');
    expect(dead).toEqual({ found: record.faults.dead.length, pixels: expect.anything() });
  });

  it('are not known of a result from before they were listed, nor of what is no result', () => {
    const path = join(folder, 'other.nxs');
    writeFileSync(path, 'no HDF5');
    expect(faultsIn(path)).toBeUndefined();
    expect(faultsIn(join(folder, 'missing.nxs'))).toBeUndefined();
  });
});
