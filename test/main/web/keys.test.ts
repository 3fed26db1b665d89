import { spawn } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepKeys, readKeys, revokeKeys } from '@main/web/keys';
import { builtCli, eventually, temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

it('addresses are kept where only their user can read them, until they are revoked', () => {
  const home = temporaryFolder();
  const first = readKeys(home);
  expect(readKeys(home).token).not.toBe(first.token);
  keepKeys(home, { ...first, port: 8400 });
  expect(readKeys(home)).toEqual({ ...first, port: 8400 });
  expect(statSync(join(home, 'addresses.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(home)).toEqual(['addresses.json']);
  revokeKeys(home);
  expect(readKeys(home).token).not.toBe(first.token);
});

it.each(['', '{', '{}', '{"token":"x","viewToken":"y","port":1}', 'null'])(
  '%j is no address: new ones are made',
  (text) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'addresses.json'), text);
    expect(readKeys(home).token).toMatch(/^[\w-]{32}$/);
  },
);

/** `serve` as it is built. @returns its two addresses, and what ends it */
async function serve(
  home: string,
  ...options: string[]
): Promise<{ urls: string[]; end(signal: NodeJS.Signals): Promise<void> }> {
  const child = spawn(process.execPath, [builtCli, 'serve', '--out', home, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += String(text)));
  const urls = await eventually(() => {
    const found = said.match(/http:\S+(?=\s)/g) ?? [];
    return found.length === 2 && found;
  }, 'its addresses');
  return {
    urls,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

it('a port that another program has is wrong usage, and the command ends', async () => {
  const first = await serve(temporaryFolder());
  const { port } = new URL(first.urls[0]!);
  const ran = runCli(['serve', '--port', port, '--out', temporaryFolder()]);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toContain(`port-unavailable: The web shell cannot listen on this port. (${port}:`);
  await first.end('SIGTERM');
});

it('addresses that were handed out open the app after a restart and after a crash, and none of them once they are revoked', async () => {
  const home = temporaryFolder();
  const first = await serve(home);
  await first.end('SIGKILL');
  const second = await serve(home);
  expect(second.urls).toEqual(first.urls);
  await second.end('SIGTERM');
  const third = await serve(home, '--new-addresses');
  expect(third.urls).not.toEqual(first.urls);
  const { port } = new URL(third.urls[0]!);
  for (const url of first.urls) {
    const { status } = await fetch(`http://127.0.0.1:${port}/${new URL(url).search}`, {
      redirect: 'manual',
    });
    expect(status).toBe(401);
  }
  for (const url of third.urls) expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
}, 120_000);
