import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, type FakeApp } from '../rpc/fakeApp';
import { event, fresh } from './double';
import { askForPort, nextMessage } from './started';

const { argv } = process;
afterEach(() => {
  process.argv = argv;
});

/** Runs the main entry for real; only the app behind it is a fake. */
async function runEntry(...flags: string[]) {
  process.argv = [...argv.slice(0, 2), ...flags];
  const electron = fresh();
  // Scans arrive until the app is closed.
  const playDemo = vi.fn(() => new Promise<void>(() => undefined));
  electron.app.getPath.mockReturnValue(mkdtempSync(join(tmpdir(), 'braggwatch-user-')));
  vi.stubEnv('BRAGGWATCH_HOME', '/data/of/the/user');
  const createApp = vi.fn<(options: Record<string, unknown>) => FakeApp>(() =>
    Object.assign(fakeApp({ 'scans/list': () => [] }), { playDemo }),
  );
  vi.doMock('@main/app', () => ({ createApp }));
  await import('@main/index');
  await vi.waitFor(() => expect(electron.windows[0]?.loaded).toEqual(['app://braggwatch/']));
  const options = createApp.mock.calls[0]?.[0] ?? {};
  return { electron, playDemo, options, window: electron.windows[0] };
}

test('the entry starts the app for this shell and shows it', async () => {
  const { options, window } = await runEntry();
  expect(options).toMatchObject({ shell: 'electron', home: '/data/of/the/user' });
  expect((window?.options['webPreferences'] as { preload: string }).preload).toMatch(/preload\/index\.cjs$/);
  if (!window) throw new Error('no window');
  const [port] = askForPort(window.webContents);
  port?.postMessage({ t: 'q', i: '1', m: 'request', a: ['scans/list'] });
  expect(port && (await nextMessage(port))).toMatchObject({ r: { ok: true, value: [] } });
});

test('the demo has a ledger, a lock and a beamline of its own, and closes while scans still arrive', async () => {
  const { electron, playDemo, options } = await runEntry('--demo');
  const { home, watch } = options as { home: string; watch: { folder: string } };
  expect(options).toMatchObject({ shell: 'electron', demo: { folder: watch.folder } });
  expect(home).not.toContain('/data/of/the/user');
  expect(electron.order.slice(0, 2)).toEqual(['user data', 'lock']);
  expect(playDemo).toHaveBeenCalledExactlyOnceWith(1);
  electron.app.emit('before-quit', event());
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce());
});

test('the folder dialog gives the folder chosen, or nothing', async () => {
  const { electron, options } = await runEntry();
  const pickFolder = options['pickFolder'] as () => Promise<string | null>;
  electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/data/id01'] });
  expect(await pickFolder()).toBe('/data/id01');
  expect(electron.dialog.showOpenDialog.mock.calls[0]).toEqual([
    electron.windows[0],
    expect.objectContaining({ properties: ['openDirectory'] }),
  ]);
  electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
  expect(await pickFolder()).toBeNull();
});

test('the menu of a packaged app has no developer tools, and its link is one the app may open', async () => {
  const { electron } = await runEntry();
  type Item = { role?: string; submenu?: Item[]; click?: () => void };
  const { menuTemplate } = await import('@main/electron/menu');
  const flat = (items: Item[]): Item[] => items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);
  const rolesOf = (packaged: boolean): (string | undefined)[] =>
    flat(menuTemplate(false, packaged) as Item[]).map(({ role }) => role);
  expect(rolesOf(true)).not.toContain('toggleDevTools');
  expect(rolesOf(false)).toContain('toggleDevTools');
  for (const { click } of flat(menuTemplate(false, true) as Item[])) click?.();
  expect(electron.shell.openExternal.mock.calls).toEqual([[expect.stringMatching(/^https:\/\/doi\.org\//)]]);
});
