import { BrowserWindow, dialog } from 'electron';

/** Lets the user choose a folder in the system's own dialog; null where they cancel. */
export async function pickFolder(): Promise<string | null> {
  const window = BrowserWindow.getAllWindows()[0];
  const options = { title: 'Folder the detector writes to', properties: ['openDirectory' as const] };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
