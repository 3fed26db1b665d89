import { BraggwatchError } from '@contract/errors';
import type { Desktop } from '@main/app/desktop';
import { isDiskFull } from '@main/files/writing';
import { BrowserWindow, dialog, Notification } from 'electron';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

async function saveFile(name: string, bytes: Uint8Array): Promise<string | null> {
  const window = BrowserWindow.getAllWindows()[0];
  // The system's dialog asks before a file is replaced, except on Linux, where it has to be told to.
  const options = { defaultPath: name, properties: ['showOverwriteConfirmation' as const, 'createDirectory' as const] };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled || !filePath) return null;
  try {
    await writeFileAtomic(filePath, Buffer.from(bytes));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : filePath;
    throw new BraggwatchError(isDiskFull(cause) ? 'disk-full' : 'file-refused', why, { cause });
  }
  return filePath;
}

/** Prints a page in a window of its own that nobody sees: sandboxed, without script, without the app's preload script. */
async function toPdf(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'braggwatch-report-'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    // A file, because a data address of a report with pictures can be longer than Chromium takes.
    const page = join(folder, 'report.html');
    await writeFile(page, html, { mode: 0o600 });
    await window.loadFile(page);
    // Margins are the report's own (@page).
    return await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
  } finally {
    window.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Native dialogs, PDF and notifications, for the app behind the gate. */
export const desktop: Desktop = {
  saveFile,
  toPdf,
  notify: (title, body) => {
    // The app makes its own sound, if at all.
    if (Notification.isSupported()) new Notification({ title, body, silent: true }).show();
  },
};
