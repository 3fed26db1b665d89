import { createApp } from '@main/app';
import { defaultHome } from '@main/files/home';
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialog } from 'electron';
import { keepLogIn } from '@main/process/log';
import { keepHeapSmall } from '@main/process/memory';
import { catchStrays, inBackground, report } from '@main/process/report';
import { boot } from './electron/boot';
import { desktop } from './electron/desktop';
import { startDemo } from './electron/demo';
import { pickFolder } from './electron/dialog';
import { electronLauncher } from './electron/launcher';

const out = join(import.meta.dirname, '..');
const isDemo = process.argv.includes('--demo');
const where = 'Electron main process';

keepLogIn(defaultHome());
keepHeapSmall();
// As Electron does by default it says so and goes on: whoever sits before the window decides.
catchStrays(where, (kind, { message }) => kind === 'exception' && dialog.showErrorBox('Braggwatch', message));

const started = boot({
  rendererDir: join(out, 'renderer'),
  preload: join(out, 'preload', 'index.cjs'),
  report: (error) => report(error, where),
  // A demo is an instance of its own, beside the one that watches the beamline.
  ...(isDemo && { userData: mkdtempSync(join(tmpdir(), 'braggwatch-window-')) }),
  createApp: () =>
    isDemo
      ? startDemo()
      : createApp({
          launcher: electronLauncher,
          home: defaultHome(),
          shell: 'electron',
          inside: 'by-itself',
          roots: [homedir()],
          pickFolder,
          desktop,
        }),
});
inBackground(started, where);
