import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { takeHome } from '@main/ledger/owner';
import { builtCli, eventually, temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

const refusal = (home: string): BraggwatchError => {
  try {
    takeHome(home, 'a test')();
  } catch (error) {
    if (error instanceof BraggwatchError) return error;
  }
  throw new Error('it was given');
};

it('a home has one owner, who is named to the next, and is free again once that one has let go', () => {
  const home = join(temporaryFolder(), 'home');
  const release = takeHome(home, 'the first');
  const { code, detail } = refusal(home);
  expect(code).toBe('home-in-use');
  expect(detail).toContain(`process ${process.pid} (the first)`);
  release();
  takeHome(home, 'the second')();
});

it('a second command says who has the home, and judges nothing; that one killed, its home is free', async () => {
  const base = temporaryFolder();
  const [home, data] = [join(base, 'home'), join(base, 'data')];
  mkdirSync(data);
  const first = spawn(process.execPath, [builtCli, 'watch', data, '--out', home], { stdio: 'ignore' });
  onTestFinished(() => void first.kill('SIGKILL'));
  await eventually(() => existsSync(join(home, 'owner.json')) && existsSync(join(home, 'ledger.sqlite')), 'it watches');
  const second = runCli(['watch', data, '--out', home, '--until-idle', '1']);
  expect(second.code).toBe(3);
  expect(second.err).toMatch(new RegExp(`home-in-use: .*process ${first.pid} \\(watch\\)`));
  first.kill('SIGKILL');
  await new Promise((resolve) => first.once('exit', resolve));
  takeHome(home, 'a test')();
}, 120_000);

it('a home that may not be written says so', () => {
  const base = temporaryFolder();
  writeFileSync(join(base, 'file'), '');
  expect(refusal(join(base, 'file', 'home')).code).toBe('home-unwritable');
  if (process.getuid?.() === 0) return;
  const home = join(base, 'closed');
  mkdirSync(home);
  chmodSync(home, 0o500);
  expect(refusal(home).code).toBe('home-unwritable');
});
