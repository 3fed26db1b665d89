import { BraggwatchError } from '@contract/errors';
import type { AppInfo } from '@contract/app';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createConnection } from '../../../src/renderer/connection/connection';
import { portTransport } from '../../../src/renderer/connection/port';
import { backOffMs, socketTransport } from '../../../src/renderer/connection/socket';
import type { TransportEvents, Wire } from '../../../src/renderer/connection/transport';
import type { ConnectionStatus } from '../../../src/renderer/connection/types';
import { fakeApp, summary } from '../../main/rpc/fakeApp';
import { startShell, type Shell } from '../../main/web/shell';

const info: AppInfo = {
  version: '1',
  shell: 'web',
  engine: null,
  model: null,
  canPickFolder: false,
  demo: false,
  readOnly: false,
};

let opened: WebSocket[] = [];

/** Gives the page's code a WebSocket that sends what a browser would: the page's origin and its cookie. */
function asBrowserOf(shell: Shell): void {
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { origin: shell.origin, headers: { Cookie: shell.cookie } });
        // A browser's socket throws no error that nobody listens for; it closes.
        this.on('error', () => undefined);
        opened.push(this);
      }
    },
  );
}

const socketUrl = (shell: Shell): string => `ws://127.0.0.1:${shell.port}/rpc`;

beforeEach(() => {
  opened = [];
});
afterEach(() => {
  for (const socket of opened) {
    socket.onclose = null;
    socket.terminate();
  }
  vi.unstubAllGlobals();
});

test('calls made before the socket is open are answered, errors come back with their code and message', async () => {
  const failure = new BraggwatchError('scan-not-found', '54');
  const shell = await startShell(
    fakeApp({
      'app/info': () => info,
      'scans/detail': () => {
        throw failure;
      },
    }),
  );
  asBrowserOf(shell);
  const connection = createConnection(socketTransport(socketUrl(shell), () => shell.key));
  expect(await connection.call('app/info', undefined)).toEqual(info);
  const error: unknown = await connection.call('scans/detail', { id: '54' }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(BraggwatchError);
  expect(error).toMatchObject({ code: 'scan-not-found', message: failure.message });
});

test('events reach every listener until it leaves, and one listener that fails does not stop the others', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const app = fakeApp({ 'app/info': () => info });
  const shell = await startShell(app);
  asBrowserOf(shell);
  const connection = createConnection(socketTransport(socketUrl(shell), () => shell.key));
  const [broken, heard] = [vi.fn(() => { throw new Error('panel'); }), vi.fn()]; // prettier-ignore
  connection.on('scan-changed', broken);
  const leave = connection.on('scan-changed', heard);
  await connection.call('app/info', undefined);
  app.emit('scan-changed', summary());
  await vi.waitFor(() => expect(heard).toHaveBeenCalledExactlyOnceWith(summary()));
  expect(reported).toHaveBeenCalledOnce();
  leave();
  app.emit('scan-changed', summary({ framesPresent: 4 }));
  await vi.waitFor(() => expect(broken).toHaveBeenCalledTimes(2));
  expect(heard).toHaveBeenCalledOnce();
});

test('events that come at once are applied together, and no reply overtakes one that came before it', async () => {
  const app = fakeApp({
    'app/info': () => {
      for (const framesPresent of [1, 2, 3]) app.emit('scan-changed', summary({ framesPresent }));
      return info;
    },
  });
  const shell = await startShell(app);
  asBrowserOf(shell);
  const connection = createConnection(socketTransport(socketUrl(shell), () => shell.key));
  const told: (number | 'later' | 'reply')[] = [];
  // What waits for its turn comes after all of them: they were told in one.
  connection.on('scan-changed', ({ framesPresent }) => {
    told.push(framesPresent);
    if (framesPresent === 1) queueMicrotask(() => told.push('later'));
  });
  await connection.call('app/info', undefined);
  told.push('reply');
  expect(told).toEqual([1, 2, 3, 'later', 'reply']);
  app.emit('scan-changed', summary({ framesPresent: 4 }));
  await vi.waitFor(() => expect(told.at(-1)).toBe(4));
});

test('a lost socket fails the calls under way, connects again, and works as before', async () => {
  const app = fakeApp({ 'app/info': () => info, 'scans/judge-again': () => new Promise(() => undefined) });
  const shell = await startShell(app);
  asBrowserOf(shell);
  const connection = createConnection(socketTransport(socketUrl(shell), () => shell.key));
  const seen: ConnectionStatus[] = [];
  connection.onStatus((status) => seen.push(status));
  await connection.call('app/info', undefined);
  const heard = vi.fn();
  connection.on('scan-changed', heard);

  const underWay = connection.call('scans/judge-again', { id: 'x' });
  opened[0]?.terminate();
  await expect(underWay).rejects.toMatchObject({ code: 'connection-lost' });
  await expect(connection.call('app/info', undefined)).rejects.toMatchObject({ code: 'connection-lost' });
  await vi.waitFor(() => expect(seen).toEqual(['connecting', 'open', 'lost', 'open']), { timeout: 10_000 });
  expect(await connection.call('app/info', undefined)).toEqual(info);
  app.emit('scan-changed', summary());
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
  expect(opened).toHaveLength(2);
});

test('a page of the app before says that it is refused, and goes on once it has the new key', async () => {
  const shell = await startShell(fakeApp({ 'app/info': () => info }));
  const before = { ...shell, key: `${shell.key}old` };
  asBrowserOf(before);
  const asked = async (): Promise<boolean> => {
    const answer = await fetch(`${shell.origin}/rpc?key=${before.key}`, {
      method: 'HEAD',
      headers: { Cookie: before.cookie },
    });
    return answer.status === 401;
  };
  const connection = createConnection(socketTransport(socketUrl(shell), () => before.key, asked));
  const seen: ConnectionStatus[] = [];
  connection.onStatus((status) => seen.push(status));
  await vi.waitFor(() => expect(opened.length).toBeGreaterThan(2), { timeout: 10_000 });
  expect(seen).toEqual(['connecting', 'refused']);
  before.key = shell.key;
  await vi.waitFor(() => expect(seen.at(-1)).toBe('open'), { timeout: 20_000 });
  expect(await connection.call('app/info', undefined)).toEqual(info);
}, 40_000);

test('delays between tries grow, and stay within bounds', () => {
  const longest = Array.from({ length: 12 }, (_, failures) => backOffMs(failures, () => 1));
  expect(longest.slice(0, 6)).toEqual([250, 500, 1000, 2000, 4000, 8000]);
  expect(longest.at(-1)).toBe(10_000);
  expect(backOffMs(0, () => 0)).toBe(125);
});

/** A window as Electron's page sees it, and what its transport told. */
function electronPage() {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const requestPort = vi.fn();
  const wires: Wire[] = [];
  const events = {
    opened: (wire: Wire) => void wires.push(wire),
    message: vi.fn(),
    lost: vi.fn(),
  } satisfies TransportEvents;
  portTransport({ shell: 'electron', pathOf: () => '', requestPort })(events);
  const post = (source: unknown, data: unknown, ports: MessagePort[]): void => {
    page.dispatchEvent(Object.assign(new Event('message'), { source, data, ports }));
  };
  return { page, post, requestPort, wires, events };
}

test('the page asks for its port once it listens, takes one port only, and only from itself', () => {
  const { page, post, requestPort, wires } = electronPage();
  expect(requestPort).toHaveBeenCalledOnce();
  const ports = (): MessagePort[] => [new MessageChannel().port2];
  post({}, 'braggwatch:port', ports());
  post(page, 'something else', ports());
  post(page, 'braggwatch:port', []);
  expect(wires).toHaveLength(0);
  const channel = new MessageChannel();
  post(page, 'braggwatch:port', [channel.port2]);
  expect(wires).toHaveLength(1);
  post(page, 'braggwatch:port', ports());
  expect(wires).toHaveLength(1);
  channel.port1.close();
});

test('messages pass over the port both ways, and its end is told', async () => {
  const { page, post, wires, events } = electronPage();
  const { port1, port2 } = new MessageChannel();
  post(page, 'braggwatch:port', [port2]);
  port1.postMessage({ from: 'app' });
  await vi.waitFor(() => expect(events.message).toHaveBeenCalledExactlyOnceWith({ from: 'app' }));
  const received = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  wires[0]?.send({ from: 'page' });
  expect(await received).toEqual({ from: 'page' });
  port1.close();
  await vi.waitFor(() => expect(events.lost).toHaveBeenCalledOnce());
});
