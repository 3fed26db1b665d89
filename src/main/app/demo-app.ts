import { createApp, type AppOptions, type RunningApp } from '@main/app';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface DemoOptions extends Pick<AppOptions, 'launcher' | 'shell' | 'pickFolder' | 'desktop' | 'onLine'> {
  /** Folder of an earlier demo to go on with; a new temporary one unless given. */
  readonly base?: string;
}

export interface DemoApp {
  readonly app: RunningApp;
  /** Where the simulated scans arrive. */
  readonly folder: string;
  /** Folder of the demo's own ledger. */
  readonly home: string;
}

/** The app on a simulated beamline of its own, in either shell: nothing of it touches the user's ledger. */
export function createDemo({ base, launcher, ...options }: DemoOptions): DemoApp {
  const root = base === undefined ? mkdtempSync(join(tmpdir(), 'braggwatch-demo-')) : resolve(base);
  const folder = join(root, 'RAW_DATA');
  const home = join(root, 'braggwatch');
  mkdirSync(folder, { recursive: true });
  const app = createApp({ ...options, launcher, home, demo: { folder }, watch: { folder }, roots: [root] });
  return { app, folder, home };
}
