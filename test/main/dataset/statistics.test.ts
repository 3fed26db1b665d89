import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setStatistics } from '@main/dataset/peak-statistics';
import { describeStatistics, readStatistics, writeStatistics } from '@main/dataset/statistics';
import { temporaryFolder } from '../../support/build';

/** Two small perfect crystals, a large one, and dislocated ones; every percentage below is worked out by hand from these. */
const crystals = [
  { crystal: 0, atoms: 100_000, defect: 'perfect' },
  { crystal: 1, atoms: 110_000, defect: 'perfect' },
  { crystal: 2, atoms: 900_000, defect: 'perfect' },
  { crystal: 3, atoms: 100_000, defect: 'screw', dislocation: { placement: 'CD' } },
  { crystal: 4, atoms: 900_000, defect: 'screw', dislocation: { placement: 'RPD' } },
  { crystal: 5, atoms: 300_000, defect: 'edge', dislocation: { placement: 'RPD' } },
  { crystal: 6, atoms: 110_000, defect: 'edge', dislocation: { placement: 'CD' } },
] as const;
const patterns = [
  { crystal: 0, label: 'perfect', peakShare: 0.9 },
  { crystal: 1, label: 'perfect', peakShare: 0.8 },
  { crystal: 1, label: 'perfect', peakShare: 1 },
  { crystal: 2, label: 'perfect', peakShare: 0.5 },
  { crystal: 3, label: 'screw', peakShare: 0.363 },
  { crystal: 4, label: 'screw', peakShare: 0.25 },
  { crystal: 5, label: 'edge', peakShare: 0.4 },
  // Hidden from its reflection: it looks perfect, and is no reference.
  { crystal: 6, label: 'perfect', peakShare: 1.2 },
] as const;

const of = (label: string, placement?: string) =>
  setStatistics(crystals, patterns).groups.find((g) => g.label === label && g.placement === placement);

describe('setStatistics', () => {
  it('compares with the brightest defect-free pattern of a similar number of atoms', () => {
    expect(of('screw', 'CD')?.percent).toEqual({ mean: expect.closeTo((100 * 0.363) / 1.21, 9), sd: 0 });
    expect(of('screw', 'RPD')?.percent.mean).toBeCloseTo(50, 9);
    expect(of('screw')?.percent).toEqual({ mean: expect.closeTo(40, 9), sd: expect.closeTo(10, 9) });
    expect(of('screw')?.percentOfIdeal.mean).toBeCloseTo((36.3 + 25) / 2, 9);
    expect(of('perfect', 'none')?.percent.mean).toBeCloseTo((90 / 1.21 + 80 + 100 + 100) / 4, 9);
  });

  it('says where there is nothing to compare with', () => {
    const { withoutReference, patterns: count } = setStatistics(crystals, patterns);
    expect([withoutReference, count]).toEqual([1, 8]);
    expect(of('edge')?.percent.mean).toBeCloseTo(40, 9);
  });

  it('counts every pattern once in its histogram, the brightest in the last bin', () => {
    for (const { histogram, patterns: count } of setStatistics(crystals, patterns).groups)
      expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(count);
    expect(of('screw', 'CD')?.histogram[12]).toBe(1);
    expect(of('perfect', 'CD')?.histogram.at(-1)).toBe(1);
  });
});

describe('writeStatistics', () => {
  const lines = (entries: readonly object[]): string => entries.map((e) => `${JSON.stringify(e)}\n`).join('');
  const write = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'crystals.jsonl'), lines(crystals));
    writeFileSync(join(folder, 'manifest.jsonl'), lines(patterns.map((p) => ({ ...p, dq: 0.01 }))));
    return folder;
  };

  it('writes what it read as JSON and as a picture of all three classes', () => {
    const folder = write();
    writeStatistics(folder);
    const statistics = readStatistics(folder);
    expect(JSON.parse(readFileSync(join(folder, 'statistics.json'), 'utf8'))).toEqual(statistics);
    const svg = readFileSync(join(folder, 'statistics.svg'), 'utf8');
    for (const text of ['perfect', 'screw', 'edge', '40.0 ± 10.0 %, 2 patterns']) expect(svg).toContain(text);
    expect(svg.match(/<title>/g)).toHaveLength(7);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(describeStatistics(statistics).join('\n')).toMatch(/screw +40.0 \+- 10.0 % {2}\(2 patterns\)/);
  });

  it('refuses lists that do not belong together', () => {
    const folder = write();
    writeFileSync(join(folder, 'crystals.jsonl'), lines(crystals.slice(1)));
    expect(() => readStatistics(folder)).toThrow(expect.objectContaining({ code: 'dataset-invalid' }));
    writeFileSync(join(folder, 'crystals.jsonl'), '{"crystal":\n');
    expect(() => readStatistics(folder)).toThrow(expect.objectContaining({ code: 'dataset-invalid' }));
  });
});
