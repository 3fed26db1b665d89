import type { App } from '@main/app/types';
import { app, BrowserWindow } from 'electron';
import { join } from 'node:path';
import { chooseGraphics } from './graphics';
import { denyPermissions, lockNavigation } from './lockdown';
import { setMenu } from './menu';
import { handOverPort } from './port';
import { declareScheme, serveScreen } from './protocol';
import { createWindow, loadScreen } from './window';

export interface BootOptions {
  /** Makes the app; called once, when Electron is ready. */
  readonly createApp: () => App | Promise<App>;
  /** Folder of the built screen. */
  readonly rendererDir: string;
  /** Path of the built preload script. */
  readonly preload: string;
  readonly report: (error: unknown) => void;
  /** Electron's own files and the instance lock; where the system keeps them unless given. */
  readonly userData?: string;
}

const raise = (window: BrowserWindow | undefined): void => {
  if (window?.isMinimized()) window.restore();
  window?.focus();
};

async function open({ createApp, rendererDir, preload, report }: BootOptions): Promise<void> {
  denyPermissions();
  serveScreen(rendererDir);
  setMenu();
  const running = await createApp();

  let ending: 'no' | 'closing' | 'closed' = 'no';
  const quit = (): void => {
    ending = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    // Electron waits for nobody: hold it until the ledger is closed, then quit for good.
    if (ending !== 'closed') event.preventDefault();
    if (ending !== 'no') return;
    ending = 'closing';
    running.close().catch(report).finally(quit);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => raise(BrowserWindow.getAllWindows()[0]));

  // The window last, so that everything it can ask for is there.
  const window = createWindow({ preload, stateFile: join(app.getPath('userData'), 'window.json') });
  handOverPort(window.webContents, running, report);
  await loadScreen(window);
}

/**
 * Starts the Electron shell. What must come before `ready` (sandbox, scheme, graphics) comes before the first await.
 * One instance per user: a second start shows the first one's window.
 */
export async function boot(options: BootOptions): Promise<void> {
  // Before the lock, which belongs to that folder.
  if (options.userData !== undefined) app.setPath('userData', options.userData);
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  chooseGraphics(process.env);
  declareScheme();
  lockNavigation();
  await app.whenReady();
  try {
    await open(options);
  } catch (error) {
    // Without the app or its page there is nothing to show; a silent blank window would be worse.
    options.report(error);
    app.exit(1);
  }
}
