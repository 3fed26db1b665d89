import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
const { vitestCounts, playwrightCounts, closingLine } = (await import(
  join(import.meta.dirname, '../../scripts/lib/counts.mjs')
)) as {
  vitestCounts(path: string): Counts | undefined;
  playwrightCounts(path: string): Counts | undefined;
  closingLine(counts: Counts[]): string;
};

function report(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'braggwatch-report-')), 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const unit = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
const loaded = { status: 'failed', assertionResults: [{ status: 'failed' }] };
const broken = { status: 'failed', assertionResults: [] };

test('the closing line sums both reports', () => {
  const counts = [
    vitestCounts(report({ ...unit, testResults: [loaded] })),
    playwrightCounts(report({ stats: { expected: 10, unexpected: 2, flaky: 1, skipped: 4 }, errors: [] })),
  ];
  expect(closingLine(counts.filter((each) => each !== undefined))).toBe('16 passed, 3 failed, 6 skipped');
});

test('a file that cannot be loaded counts as failed, though it holds no test', () => {
  expect(vitestCounts(report({ ...unit, testResults: [loaded, broken] }))).toEqual({
    passed: 5,
    failed: 2,
    skipped: 2,
  });
  const empty = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  expect(playwrightCounts(report({ stats: empty, errors: [{}] }))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a run that left no report counts nothing', () => {
  expect(vitestCounts('/nonexistent')).toBeUndefined();
  expect(closingLine([])).toBe('0 passed, 0 failed, 0 skipped');
});
