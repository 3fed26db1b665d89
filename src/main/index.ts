import { createApp } from '@main/app';
import { defaultHome } from '@main/files/home';
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot } from './electron/boot';
import { desktop } from './electron/desktop';
import { startDemo } from './electron/demo';
import { pickFolder } from './electron/dialog';
import { electronLauncher } from './electron/launcher';

const out = join(import.meta.dirname, '..');
const isDemo = process.argv.includes('--demo');
const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);

void boot({
  rendererDir: join(out, 'renderer'),
  preload: join(out, 'preload', 'index.cjs'),
  report,
  // A demo is an instance of its own, beside the one that watches the beamline.
  ...(isDemo && { userData: mkdtempSync(join(tmpdir(), 'braggwatch-window-')) }),
  createApp: () =>
    isDemo
      ? startDemo(report)
      : createApp({
          launcher: electronLauncher,
          home: defaultHome(),
          shell: 'electron',
          roots: [homedir()],
          pickFolder,
          desktop,
        }),
});
