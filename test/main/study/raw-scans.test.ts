import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot } from '@core/math/vector';
import { BURGERS } from '@main/demo/particle';
import { openDataSet } from '@main/learn/dataset';
import { drawRawScan, rawScans } from '@main/study/raw-spec';
import { makeRawScans } from '@main/study/raw-scans';

describe('raw scans for judging networks', () => {
  it('show every class at reflections that see the dislocation, within the ranges promised', () => {
    const specs = Array.from({ length: 90 }, (_, i) => drawRawScan(7, i));
    for (const defect of ['perfect', 'screw', 'edge'])
      expect(specs.filter((s) => s.defect === defect)).toHaveLength(30);
    for (const spec of specs) {
      expect(dot(spec.hkl, BURGERS)).not.toBe(0);
      expect(spec.lateralNm).toBeGreaterThanOrEqual(rawScans.lateralNm[0]);
      expect(spec.peakCounts).toBeGreaterThanOrEqual(rawScans.peakCounts[0] * (1 - 1e-12));
      expect(spec.offCentre).toBeLessThanOrEqual(0.25);
    }
  });

  describe('made through the whole reduction', () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggwatch-test-raw-'));
    let first: Awaited<ReturnType<typeof makeRawScans>>;
    beforeAll(async () => {
      first = await makeRawScans(folder, { scans: 2, seed: 3 });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('are a data set that evaluate can read: centred, maximum 1, all in the test part', async () => {
      expect(first).toEqual({ reduced: 2, refused: {} });
      const set = await openDataSet(folder);
      expect(set.entries.map(({ split }) => split)).toEqual(['test', 'test']);
      const volume = await set.read(1);
      await set.close();
      expect(volume.reduce((most, x) => Math.max(most, x), 0)).toBe(1);
      let [total, along] = [0, 0];
      volume.forEach((x, i) => {
        total += x;
        along += x * Math.floor(i / 4096);
      });
      expect(along / total).toBeCloseTo(32, 1);
    });

    it('are not made twice', async () => {
      const path = join(folder, 'patterns-0000.npy');
      utimesSync(path, 1, 1);
      const before = readFileSync(join(folder, 'manifest.jsonl'), 'utf8');
      await makeRawScans(folder, { scans: 2, seed: 3 });
      expect(statSync(path).mtimeMs).toBe(1000);
      expect(readFileSync(join(folder, 'manifest.jsonl'), 'utf8')).toBe(before);
    });
  });
});
