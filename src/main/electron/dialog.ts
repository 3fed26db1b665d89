import { BrowserWindow, dialog } from 'electron';

const titles = { watch: 'Folder the detector writes to', dataset: 'Folder for the training set' } as const;

/** Lets the user choose a folder in the system's own dialog; null where they cancel. */
export async function pickFolder(purpose: keyof typeof titles = 'watch'): Promise<string | null> {
  const window = BrowserWindow.getAllWindows()[0];
  // A new folder can be made in the dialog where the system's own has no button for it (macOS).
  const properties = ['openDirectory' as const, ...(purpose === 'dataset' ? ['createDirectory' as const] : [])];
  const options = { title: titles[purpose], properties };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
