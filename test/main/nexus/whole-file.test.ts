import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorCode } from '../scan/error-code';
import { changeWhole, writeWhole } from '@main/nexus/whole-file';
import { addValue } from '@main/nexus/tree';
import { openHdf5 } from '@main/hdf5';
import { temporaryFolder } from '../../support/build';

it('a file is there whole, and nothing beside it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.nxs');
  writeWhole(path, (file) => addValue(file, 'title', 'first'));
  changeWhole(path, (file) => addValue(file, 'more', 'second'));
  expect(readdirSync(folder)).toEqual(['a.nxs']);
  const file = openHdf5(path);
  expect([file.text('title'), file.text('more')]).toEqual(['first', 'second']);
  file.close();
});

it('one that fails half-way leaves what was there before, and nothing beside it; a mistake of ours is called no full disk', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.nxs');
  writeFileSync(path, 'before');
  const broken = (): never => {
    throw new RangeError('our mistake');
  };
  expect(() => writeWhole(path, broken)).toThrow('our mistake');
  expect(() => changeWhole(path, broken)).toThrow(/does not open|our mistake/);
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['a.nxs']);
});

it.each([
  ['a folder that is none', (folder: string) => join(folder, 'file', 'a.nxs'), 'result-unwritable'],
  ['a folder that is not there', (folder: string) => join(folder, 'nowhere', 'a.nxs'), 'result-unwritable'],
  ['a name that is too long', (folder: string) => join(folder, `${'n'.repeat(300)}.nxs`), 'result-unwritable'],
  ['a folder in its place', (folder: string) => join(folder, 'taken'), 'result-unwritable'],
])('%s is said to be what it is', (_what, at, code) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'taken', 'in it'), { recursive: true });
  expect(errorCode(() => writeWhole(at(folder), (file) => addValue(file, 'title', 'x')))).toBe(code);
  expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
});
