import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Ran {
  readonly file: string;
  readonly name: string;
  readonly skipped: boolean;
}
interface Allowed {
  readonly files: readonly string[];
  readonly names?: RegExp;
  readonly why: string;
  absent(): boolean;
}
const root = join(import.meta.dirname, '../..');
const { allowedSkips, vitestTests, playwrightTests, leftOut, unitFiles, specFiles } = (await import(
  join(root, 'scripts/lib/skips.mjs')
)) as {
  allowedSkips: readonly Allowed[];
  vitestTests(path: string): readonly Ran[] | undefined;
  playwrightTests(path: string): readonly Ran[] | undefined;
  leftOut(
    ran: readonly Ran[],
    files: readonly string[],
    allowed?: readonly Allowed[],
  ): { known: readonly string[]; unexpected: readonly string[] };
  unitFiles(): readonly string[];
  specFiles(): readonly string[];
};

function report(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'braggwatch-report-')), 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const ran = (name: string, skipped = true): Ran => ({ file: 'test/a.test.ts', name, skipped });
const noCat: Allowed = { files: ['test/a.test.ts'], names: /^feeds the cat/, why: 'no cat', absent: () => true };

test('a skip passes where what it needs is absent, and is told by its reason', () => {
  expect(leftOut([ran('feeds the cat'), ran('feeds the cat twice'), ran('else', false)], [], [noCat])).toEqual({
    known: ['2 skipped: no cat'],
    unexpected: [],
  });
});

test('a skip fails where what it needs is there, and one that nobody knows of always', () => {
  const withCat = { ...noCat, absent: () => false };
  expect(leftOut([ran('feeds the cat')], [], [withCat]).unexpected).toHaveLength(1);
  expect(leftOut([ran('feeds the dog')], [], [noCat]).unexpected).toEqual([
    'skipped, for no known reason: test/a.test.ts: feeds the dog',
  ]);
});

test('a file in which no test ran fails', () => {
  const { unexpected } = leftOut([ran('else', false)], ['test/a.test.ts', 'test/empty.test.ts'], []);
  expect(unexpected).toEqual(['no test ran in test/empty.test.ts']);
});

test('skips are found in the reports of both runners, todo among them', () => {
  const unit = report({
    testResults: [
      {
        name: join(root, 'test/a.test.ts'),
        assertionResults: ['passed', 'skipped', 'pending', 'todo', 'failed'].map((status) => ({
          fullName: status,
          status,
        })),
      },
    ],
  });
  expect(vitestTests(unit)!.filter(({ skipped }) => skipped)).toEqual([ran('skipped'), ran('pending'), ran('todo')]);
  const spec = (title: string, status: string): object => ({ file: 'a.spec.ts', title, tests: [{ status }] });
  const e2e = report({
    config: { rootDir: join(root, 'test/e2e/specs') },
    suites: [{ specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'skipped')] }] }],
  });
  expect(playwrightTests(e2e)).toEqual([
    { file: 'test/e2e/specs/a.spec.ts', name: 'one', skipped: false },
    { file: 'test/e2e/specs/a.spec.ts', name: 'two', skipped: true },
  ]);
  expect(vitestTests('/nonexistent')).toBeUndefined();
  expect(playwrightTests('/nonexistent')).toBeUndefined();
});

test('every file of tests is counted with one runner or the other', () => {
  expect(unitFiles()).toContain('test/scripts/skips.test.ts');
  expect(specFiles()).toContain('test/e2e/specs/beamline.spec.ts');
  expect(unitFiles().filter((path) => specFiles().includes(path))).toEqual([]);
});

test('what is allowed names files that there are', () => {
  const files = allowedSkips.flatMap((allowed) => allowed.files);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !unitFiles().includes(file) && !specFiles().includes(file))).toEqual([]);
});
