import { existsSync, readlinkSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Checkout } from './checkout';

const plain = { 'node_modules/a': { version: '1.0.0' } };

test('what is there is left alone, without a word and without npm', async () => {
  const checkout = new Checkout();
  checkout.lock({ ...plain, 'node_modules/other-os': { version: '1.0.0', optional: true } });
  checkout.installed(plain);
  expect(await checkout.run('scripts/setup.mjs')).toMatchObject({ code: 0, stdout: '' });
  expect(await checkout.run('scripts/setup.mjs')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(checkout.npmCalls).toEqual([]);
  expect(checkout.builds).toBe(1);
});

test.each([
  ['missing', {}],
  ['of another version', { 'node_modules/a': { version: '0.9.0' } }],
])('a package that is %s is installed, quietly', async (_how, installed) => {
  const checkout = new Checkout();
  checkout.lock(plain);
  checkout.installed(installed);
  const { code, stdout, stderr } = await checkout.run('scripts/setup.mjs');
  expect(code).toBe(0);
  expect(checkout.npmCalls).toEqual(['ci --no-progress']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Installing packages \(npm ci\) \.\.\. done in [\d.]+ s\n/);
  expect(stderr).not.toContain('noise');
});

test('an installation that fails says why, builds nothing, and fails the command', async () => {
  const checkout = new Checkout();
  checkout.lock(plain);
  const { code, stderr } = await checkout.run('scripts/setup.mjs', [], process.execPath, { NPM_EXIT: '7' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/noise[^]*exit 7/);
  expect(checkout.builds).toBe(0);
});

test('changed sources are built again, touched ones are not', async () => {
  const checkout = new Checkout();
  await checkout.run('scripts/setup.mjs');
  checkout.write('src/index.ts', 'export {};');
  await checkout.run('scripts/setup.mjs');
  expect(checkout.builds).toBe(1);
  checkout.write('src/index.ts', 'export const changed = true;');
  await checkout.run('scripts/setup.mjs');
  expect(checkout.builds).toBe(2);
  checkout.write('src/deep/new.ts', '');
  await checkout.run('scripts/setup.mjs');
  expect(checkout.builds).toBe(3);
});

test('our command is linked beside those of the packages, again after npm removed it', async () => {
  const checkout = new Checkout();
  const link = checkout.at('node_modules/.bin/braggwatch');
  const linked = async (): Promise<void> => {
    expect(await checkout.run('scripts/link.mjs')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readlinkSync(link)).toBe('../../bin/braggwatch.mjs');
    expect(existsSync(link)).toBe(true);
  };
  await linked();
  await linked();
  rmSync(link);
  await linked();
});
