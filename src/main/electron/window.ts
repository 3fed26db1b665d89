import { BrowserWindow } from 'electron';
import { pageUrl } from './origin';
import { keepWindowState, readWindowState } from './windowState';

/** A page that crashes again and again is left alone, so that its last state can be reported. */
const maxRecoveries = 3;

export interface WindowOptions {
  /** Path of the built preload script. */
  readonly preload: string;
  /** File that remembers the window's place. */
  readonly stateFile: string;
}

/** The app's one window, not yet loaded, so that listeners can be put on its contents first. */
export function createWindow({ preload, stateFile }: WindowOptions): BrowserWindow {
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...state?.bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Braggwatch',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepWindowState(window, stateFile);

  let recoveries = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || recoveries >= maxRecoveries) return;
    recoveries += 1;
    window.webContents.reload();
  });
  return window;
}

/** Shows the app's page. */
export const loadScreen = (window: BrowserWindow): Promise<void> => window.loadURL(pageUrl);
