import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { fresh } from './double';

test('a worker is a utility process: messages pass, its end is told once', async () => {
  const electron = fresh();
  const child = Object.assign(new EventEmitter(), { pid: 1234, postMessage: vi.fn() });
  electron.utilityProcess.fork.mockReturnValue(child);
  const { electronLauncher } = await import('@main/electron/launcher');
  const port = electronLauncher.launch('scan-worker');
  expect(electron.utilityProcess.fork.mock.calls[0]?.[0]).toMatch(/scan-worker\.js$/);
  // What its threads load reads the environment that the process began with.
  expect(electron.utilityProcess.fork.mock.calls[0]?.[2]).toMatchObject({ env: { ORT_DISABLE_TELEMETRY: '1' } });
  const [heard, ended] = [vi.fn(), vi.fn()];
  port.onMessage(heard);
  port.onExit(ended);
  port.post({ n: 1 });
  child.emit('message', { n: 2 });
  child.emit('exit', 1);
  expect(port.pid).toBe(1234);
  expect(child.postMessage).toHaveBeenCalledExactlyOnceWith({ n: 1 });
  expect(heard).toHaveBeenCalledExactlyOnceWith({ n: 2 });
  expect(ended).toHaveBeenCalledExactlyOnceWith();
});

test('kill ends a process that ignores requests to end, and may come too late', async () => {
  const electron = fresh();
  const hung = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
  electron.utilityProcess.fork.mockReturnValue(Object.assign(new EventEmitter(), { pid: hung.pid }));
  const { electronLauncher } = await import('@main/electron/launcher');
  const port = electronLauncher.launch('engine-worker');
  const ended = new Promise((resolve) => hung.once('exit', (_code, signal) => resolve(signal)));
  port.kill();
  expect(await ended).toBe('SIGKILL');
  expect(() => port.kill()).not.toThrow();
});
