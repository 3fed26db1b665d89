import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { sourcesOf } from '@main/cli/batch';
import { temporaryFolder } from '../../support/build';
import { withoutRights } from '../../support/rights';

it('tells all that it passes over, also where no scan is left', () => {
  const root = temporaryFolder();
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'closed'));
  writeFileSync(join(root, 'theirs.cbf'), '');
  chmodSync(join(root, 'closed'), 0o300);
  onTestFinished(() => chmodSync(join(root, 'closed'), 0o700));
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  onTestFinished(() => void vi.restoreAllMocks());
  const look = (): unknown => withoutRights(() => sourcesOf([root]));
  expect(look).toThrowError(expect.objectContaining({ code: 'layout-unknown' }));
  expect(said).toContain('path-unreadable');
  expect(said).toContain(`1 folder in ${root}: closed`);
});

it('takes a place once, by whatever way it is named, and follows links into the folders that are allowed', () => {
  const root = temporaryFolder();
  for (const folder of ['data', 'store', 'store/S_S0005']) mkdirSync(join(root, folder));
  for (const file of ['store/a.h5', 'data/own.h5']) writeFileSync(join(root, file), '');
  symlinkSync('../store', join(root, 'data/linked'));
  const found = (paths: readonly string[], allowed?: readonly string[]): string[] =>
    sourcesOf(
      paths.map((path) => join(root, path)),
      allowed?.map((path) => join(root, path)),
    ).sources.map(({ path }) => path.slice(root.length + 1));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(found(['data'])).toEqual(['data/own.h5']);
  expect(found(['data'], ['store'])).toEqual(['data/own.h5', 'data/linked/a.h5', 'data/linked/S_S0005']);
  expect(found(['data', 'store'], ['store'])).toEqual(found(['data'], ['store']));
});

it('never opens a pipe that is named like a scan', () => {
  const pipe = join(temporaryFolder(), 'pipe.h5');
  execFileSync('mkfifo', [pipe]);
  expect(() => sourcesOf([pipe])).toThrowError(expect.objectContaining({ code: 'not-a-file' }));
});

it('says of results of its own what they are, one that is named and a folder of nothing else', () => {
  const root = temporaryFolder();
  const result = join(root, `${'0a'.repeat(10)}.nxs`);
  writeFileSync(result, '');
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  for (const path of [result, root])
    expect(() => sourcesOf([path])).toThrowError(
      expect.objectContaining({ code: 'not-a-scan', detail: expect.stringContaining('Braggwatch') as string }),
    );
  writeFileSync(join(root, 'scan.h5'), '');
  expect(sourcesOf([root]).sources).toEqual([{ path: join(root, 'scan.h5'), format: 'hdf5' }]);
});
