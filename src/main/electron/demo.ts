import type { App } from '@main/app/types';
import { createDemo } from '@main/app/demo-app';
import { desktop } from './desktop';
import { pickFolder } from './dialog';
import { electronLauncher } from './launcher';

/** The demo in a window: scans arrive while one watches, and the app stays when the last one has landed. */
export function startDemo(report: (error: unknown) => void): App {
  const { app } = createDemo({ launcher: electronLauncher, shell: 'electron', pickFolder, desktop });
  app.playDemo(1).catch(report);
  return app;
}
