import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fakeApp, summary } from '../rpc/fakeApp';
import { event, fresh } from './double';
import { askForPort, nextMessage, started } from './started';

test('sandbox, scheme and graphics are settled before Electron is ready, the window comes last', async () => {
  vi.stubEnv('BRAGGWATCH_GPU', 'off');
  const { electron, createApp, window } = await started();
  expect(electron.order).toEqual(['lock', 'sandbox', 'no gpu', 'scheme', 'ready', 'app', 'window']);
  expect(createApp).toHaveBeenCalledOnce();
  expect(window.loaded).toEqual(['app://braggwatch/']);
  expect(window.show).not.toHaveBeenCalled();
  window.emit('ready-to-show');
  expect(window.show).toHaveBeenCalledOnce();
});

test('the window isolates and sandboxes its page', async () => {
  const { window } = await started();
  expect(window.options['webPreferences']).toMatchObject({
    preload: '/out/preload/index.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  expect(window.options['webPreferences']).not.toHaveProperty('enableBlinkFeatures');
});

test('a second start opens nothing; it raises the window that is there', async () => {
  const { electron, window } = await started();
  electron.app.emit('second-instance');
  expect(window.restore).toHaveBeenCalledOnce();
  expect(window.focus).toHaveBeenCalledOnce();

  const second = fresh();
  second.app.requestSingleInstanceLock.mockReturnValue(false);
  const createApp = vi.fn();
  const { boot } = await import('@main/electron/boot');
  await boot({ createApp, rendererDir: '/', preload: '/', report: vi.fn() });
  expect(second.app.quit).toHaveBeenCalledOnce();
  expect(createApp).not.toHaveBeenCalled();
  expect(second.windows).toHaveLength(0);
});

test('an app that cannot start is reported and ends, without a blank window', async () => {
  const electron = fresh();
  const report = vi.fn();
  const failure = new Error('no ledger');
  const { boot } = await import('@main/electron/boot');
  await boot({ createApp: () => Promise.reject(failure), rendererDir: '/', preload: '/', report });
  expect(report).toHaveBeenCalledExactlyOnceWith(failure);
  expect(electron.app.exit).toHaveBeenCalledExactlyOnceWith(1);
  expect(electron.windows).toHaveLength(0);
});

test('quitting waits for the app to close, however often it is asked', async () => {
  let closed = (): void => undefined;
  const close = vi.fn((): Promise<void> => new Promise((resolve) => (closed = resolve)));
  const { electron } = await started({ ...fakeApp(), close });
  const asked = [event(), event()];
  for (const each of asked) electron.app.emit('before-quit', each);
  for (const each of asked) expect(each.preventDefault).toHaveBeenCalledOnce();
  expect(electron.app.quit).not.toHaveBeenCalled();
  closed();
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce());
  const last = event();
  electron.app.emit('before-quit', last);
  expect(last.preventDefault).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledOnce();
});

test('a crashed page is loaded again, but not for ever', async () => {
  const { window } = await started();
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(window.webContents.reload).not.toHaveBeenCalled();
  for (let i = 0; i < 10; i++) window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window.webContents.reload).toHaveBeenCalledTimes(3);
});

test('the window comes back where it was, unless that screen is gone or the file is not ours', async () => {
  const { electron, window } = await started();
  const file = join(electron.app.getPath('userData'), 'window.json');
  window.emit('close');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    bounds: { x: 5, y: 6, width: 1000, height: 700 },
    maximized: false,
  });
  const { readWindowState } = await import('@main/electron/windowState');
  expect(readWindowState(file)).toMatchObject({ bounds: { x: 5, width: 1000 } });
  electron.screen.getAllDisplays.mockReturnValue([{ workArea: { x: 4000, y: 0, width: 1920, height: 1080 } }]);
  expect(readWindowState(file)).toBeUndefined();
  for (const text of ['', '{', '{"bounds":{"x":1e99,"y":0,"width":1000,"height":700},"maximized":false}', 'null']) {
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeUndefined();
  }
});

test('the page talks to the app through its port: calls, events, and nothing after a reload', async () => {
  const app = fakeApp({ 'scans/list': () => [summary()] });
  const { window } = await started(app);
  const [port] = askForPort(window.webContents);
  if (!port) throw new Error('no port');
  port.postMessage({ t: 'q', i: '1', m: 'request', a: ['scans/list'] });
  expect(await nextMessage(port)).toMatchObject({ t: 's', i: '1', r: { ok: true, value: [summary()] } });
  const heard = nextMessage(port);
  app.emit('scan-changed', summary({ framesPresent: 9 }));
  expect(await heard).toMatchObject({ m: 'event', a: ['scan-changed', summary({ framesPresent: 9 })] });
  expect(app.screens()).toBe(1);
  window.webContents.emit('did-navigate');
  expect(app.screens()).toBe(0);
  expect(askForPort(window.webContents)).toHaveLength(2);
  expect(app.screens()).toBe(1);
});

test('a page that goes away ends its session', async () => {
  const { app, window } = await started();
  const [port] = askForPort(window.webContents);
  port?.close();
  await vi.waitFor(() => expect(app.screens()).toBe(0));
});

test.each([
  [{ SSH_CONNECTION: '10.0.0.1 22 10.0.0.2 22' }, true],
  [{ DISPLAY: 'localhost:10.0' }, true],
  [{ DISPLAY: 'workstation:0' }, true],
  [{ NXSESSIONID: '1' }, true],
  [{ DISPLAY: ':0' }, false],
  [{ DISPLAY: ':0', SSH_CONNECTION: '' }, false],
  [{ DISPLAY: '/private/tmp/com.apple.launchd/org.xquartz:0' }, false],
  [{}, false],
])('display %j remote: %s', async (env, remote) => {
  const electron = fresh();
  const { chooseGraphics } = await import('@main/electron/graphics');
  const given: NodeJS.ProcessEnv = { ...env };
  chooseGraphics(given);
  expect(electron.app.disableHardwareAcceleration.mock.calls.length > 0).toBe(remote);
  expect(given['QT_X11_NO_MITSHM']).toBe(remote ? '1' : undefined);
  electron.app.disableHardwareAcceleration.mockClear();
  chooseGraphics({ ...env, BRAGGWATCH_GPU: 'on' });
  expect(electron.app.disableHardwareAcceleration).not.toHaveBeenCalled();
});
