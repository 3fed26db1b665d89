import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fresh } from './double';

async function load() {
  const electron = fresh();
  const { desktop } = await import('@main/electron/desktop');
  return { electron, desktop };
}
const bytes = new TextEncoder().encode('scan\r\n');

it('writes an export where the user says, having the dialog ask before anything is replaced', async () => {
  const { electron, desktop } = await load();
  const filePath = join(mkdtempSync(join(tmpdir(), 'braggwatch-save-')), 'flagged.csv');
  writeFileSync(filePath, 'old');
  electron.dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
  expect(await desktop.saveFile('flagged.csv', bytes)).toBeNull();
  expect(readFileSync(filePath, 'utf8')).toBe('old');
  electron.dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath });
  expect(await desktop.saveFile('flagged.csv', bytes)).toBe(filePath);
  expect(readFileSync(filePath, 'utf8')).toBe('scan\r\n');
  expect(electron.dialog.showSaveDialog.mock.calls[0]).toMatchObject([
    { defaultPath: 'flagged.csv', properties: expect.arrayContaining(['showOverwriteConfirmation']) as unknown },
  ]);
});

it('says why a file could not be written', async () => {
  const { electron, desktop } = await load();
  electron.dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/nonexistent/folder/a.csv' });
  await expect(desktop.saveFile('a.csv', bytes)).rejects.toMatchObject({ code: 'file-refused' });
});

it('prints the report in a hidden window that runs no script, and leaves nothing behind', async () => {
  const { electron, desktop } = await load();
  let page = '';
  const loadFile = vi.spyOn(electron.BrowserWindow.prototype, 'loadFile').mockImplementation((path: string) => {
    page = path;
    expect(readFileSync(path, 'utf8')).toBe('<!doctype html>report');
    return Promise.resolve();
  });
  expect(Buffer.from(await desktop.toPdf('<!doctype html>report')).toString()).toBe('%PDF-double');
  const [window] = electron.windows;
  expect(loadFile).toHaveBeenCalledOnce();
  expect(window?.options).toMatchObject({
    show: false,
    webPreferences: { javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  expect((window?.options['webPreferences'] as { preload?: string }).preload).toBeUndefined();
  expect(window?.destroy).toHaveBeenCalledOnce();
  expect(existsSync(page)).toBe(false);
});

it('shows a notification where the system has them', async () => {
  const { electron, desktop } = await load();
  desktop.notify('Screw dislocation', 'S0037');
  expect(electron.notifications).toEqual([{ title: 'Screw dislocation', body: 'S0037', silent: true }]);
});
