import type { App } from '@main/app/types';
import { createDemo } from '@main/app/demo-app';
import { keepLogIn } from '@main/process/log';
import { inBackground } from '@main/process/report';
import { desktop } from './desktop';
import { pickFolder } from './dialog';
import { electronLauncher } from './launcher';

/** The demo in a window: scans arrive while one watches, and the app stays when the last one has landed. */
export function startDemo(): App {
  const { app, home } = createDemo({ launcher: electronLauncher, shell: 'electron', pickFolder, desktop });
  keepLogIn(home);
  inBackground(app.playDemo(1), 'demo');
  return app;
}
