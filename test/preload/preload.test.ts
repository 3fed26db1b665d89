import type { Bridge } from '@contract/bridge';
import { afterEach, expect, test, vi } from 'vitest';
import { fresh } from '../main/electron/double';

/** Runs the preload script for real, in a window that records what is posted to it. */
async function preloaded() {
  const electron = fresh();
  const page = { postMessage: vi.fn() };
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', { origin: 'app://braggwatch' });
  await import('../../src/preload/index');
  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [string, Bridge];
  return { electron, page, name, bridge };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the page gets one small bridge: a name, a way to ask for the port, and where a dropped file lies', async () => {
  const { electron, name, bridge } = await preloaded();
  expect(electron.contextBridge.exposeInMainWorld).toHaveBeenCalledOnce();
  expect(name).toBe('braggwatch');
  expect(Object.keys(bridge).sort()).toEqual(['pathOf', 'requestPort', 'shell']);
  // Nothing is asked for before the page listens.
  expect(electron.ipcRenderer.send).not.toHaveBeenCalled();
});

test('the port goes to the page once, and to its own origin only', async () => {
  const { electron, page, bridge } = await preloaded();
  bridge.requestPort();
  expect(electron.ipcRenderer.send).toHaveBeenCalledExactlyOnceWith('braggwatch:port');
  const ports = [{}];
  electron.ipcRenderer.emit('braggwatch:port', { ports });
  electron.ipcRenderer.emit('braggwatch:port', { ports: [{}] });
  expect(page.postMessage).toHaveBeenCalledExactlyOnceWith('braggwatch:port', 'app://braggwatch', ports);
});

/*
 * A script that got into the page asks again and again, to have a connection that the app's own code does not see.
 */
test('asking again does nothing', async () => {
  const { electron, bridge } = await preloaded();
  for (let i = 0; i < 5; i++) bridge.requestPort();
  expect(electron.ipcRenderer.send).toHaveBeenCalledOnce();
  expect(electron.ipcRenderer.listenerCount('braggwatch:port')).toBe(1);
});

test('the page learns where a dropped file lies, and gets no other way to files', async () => {
  const { electron, bridge } = await preloaded();
  const file = new File(['x'], 'scan.h5');
  expect(bridge.pathOf(file)).toBe('/data/dropped.h5');
  expect(electron.webUtils.getPathForFile).toHaveBeenCalledExactlyOnceWith(file);
});
