import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EXIT } from '@main/cli/output';
import { builtCli, temporaryFolder } from '../../support/build';

it.skipIf(!existsSync(builtCli))('`serve` tells a taken port as wrong usage, and ends', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const home = temporaryFolder();
  const child = spawn(process.execPath, [builtCli, 'serve', '--port', String(port), '--out', home]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [told, printed] = ['', ''];
  child.stderr.on('data', (text: Buffer) => (told += String(text)));
  child.stdout.on('data', (text: Buffer) => (printed += String(text)));
  const [status] = await once(child, 'close');
  expect(status).toBe(EXIT.usage);
  expect(told).toContain(String(port));
  expect(told).toMatch(/port/i);
  expect(printed).not.toContain('http://');
  // Its keys are not those of a server that never was.
  expect(existsSync(join(home, 'addresses.json'))).toBe(false);
});
