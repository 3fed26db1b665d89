import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
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
