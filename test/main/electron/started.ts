import type { App } from '@main/app/types';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { fakeApp, type FakeApp } from '../rpc/fakeApp';
import { fresh, type ContentsDouble, type FrameDouble, type WindowDouble } from './double';

/** A built screen with a secret beside it. */
export function builtScreen(): string {
  const dir = mkdtempSync(join(tmpdir(), 'braggwatch-electron-'));
  mkdirSync(join(dir, 'renderer'));
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html><title>screen</title>');
  writeFileSync(join(dir, 'secret.json'), 'SECRET');
  return join(dir, 'renderer');
}

/** Boots the shell on the double, as the entry does. */
export async function started(app: FakeApp = fakeApp()) {
  const electron = fresh();
  electron.app.getPath.mockReturnValue(mkdtempSync(join(tmpdir(), 'braggwatch-user-')));
  const rendererDir = builtScreen();
  const report = vi.fn();
  const createApp = vi.fn((): Promise<App> => {
    electron.order.push('app');
    return Promise.resolve(app);
  });
  const { boot } = await import('@main/electron/boot');
  await boot({ createApp, rendererDir, preload: '/out/preload/index.cjs', report });
  return { electron, app, createApp, report, rendererDir, window: electron.windows[0] as WindowDouble };
}

/** Asks for the port as a preload script in `frame` would; what was posted back to it. */
export function askForPort(contents: ContentsDouble, frame: FrameDouble = contents.mainFrame): MessagePort[] {
  contents.ipc.emit('braggwatch:port', { senderFrame: frame });
  return frame.posted.flatMap(({ ports }) => ports);
}

/** The next message on a port. */
export const nextMessage = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => port.once('message', resolve));
