import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fakeApp, summary } from '../rpc/fakeApp';
import { startShell } from '../web/shell';
import { fresh } from './double';
import { askForPort, nextMessage } from './started';

test('the Playwright specs reach their own double of the app through the real window and port', async () => {
  const app = fakeApp({ 'scans/list': () => [summary()] });
  const shell = await startShell(app);
  const electron = fresh();
  vi.stubEnv('BRAGGWATCH_E2E_USER_DATA', mkdtempSync(join(tmpdir(), 'braggwatch-user-')));
  await import('../../e2e/electron/main');
  await vi.waitFor(() => expect(electron.windows[0]?.loaded).toEqual(['app://braggwatch/']));
  const [port] = electron.windows[0] ? askForPort(electron.windows[0].webContents) : [];
  if (!port) throw new Error('no port');

  port.postMessage({ t: 'q', i: '1', m: 'request', a: ['scans/list'] });
  const answered = nextMessage(port);
  (globalThis as unknown as { braggwatchConnect(url: string): void }).braggwatchConnect(shell.url);
  expect(await answered).toMatchObject({ i: '1', r: { ok: true, value: [summary()] } });

  const heard = nextMessage(port);
  app.emit('scan-changed', summary({ framesPresent: 50 }));
  expect(await heard).toMatchObject({ m: 'event', a: ['scan-changed', summary({ framesPresent: 50 })] });
});
