import { socketPath } from '@contract/connection';
import { events, type EventName } from '@contract/events';
import type { Handlers } from '@contract/procedures';
import type { App } from '@main/app/types';
import { boot } from '@main/electron/boot';
import { keysOf } from '@main/web/access';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createConnection } from '../../../src/renderer/connection/connection';
import { socketTransport } from '../../../src/renderer/connection/socket';
import type { Connection } from '../../../src/renderer/connection/types';

/*
 * The main entry of the Playwright specs on Electron: the real window, scheme, preload script and port, with the spec's
 * double of the app behind them, which lives in the spec's process and is reached over the web shell's own socket.
 */

/** The page's connection expects a browser's socket: one that sends its origin and its cookie. */
function connectTo(address: string): Connection {
  const url = new URL(address);
  const keys = keysOf(url.searchParams.get('token') ?? '');
  const cookie = `braggwatch-${url.port}=${keys.cookie}`;
  const PageSocket = class extends WebSocket {
    constructor(socketUrl: string, protocols: string[]) {
      super(socketUrl, protocols, { origin: url.origin, headers: { Cookie: cookie } });
      // A browser's socket that nobody listens to fails in silence; this one would end the process.
      this.on('error', () => undefined);
    }
  };
  Object.assign(globalThis, { WebSocket: PageSocket });
  return createConnection(socketTransport(`ws://${url.host}${socketPath}`, () => keys.page));
}

// The spec opens its server after the window is there, and then calls this through Playwright.
const connected = new Promise<Connection>((resolve) => {
  Object.assign(globalThis, { braggwatchConnect: (address: string) => resolve(connectTo(address)) });
});

const remoteApp: App = {
  handlers: new Proxy({} as Handlers, {
    get: (_target, name) => async (input: never) => (await connected).call(name as keyof Handlers, input),
  }),
  subscribe(emit) {
    let ends: (() => void)[] = [];
    void connected.then((connection) => {
      ends = (Object.keys(events) as EventName[]).map((name) => connection.on(name, (payload) => emit(name, payload)));
    });
    return () => ends.forEach((end) => end());
  },
  close: () => Promise.resolve(),
};

const out = join(import.meta.dirname, '..');
void boot({
  rendererDir: join(out, 'renderer'),
  preload: join(out, 'preload', 'index.cjs'),
  userData: process.env['BRAGGWATCH_E2E_USER_DATA'] ?? '',
  report: (error) => void process.stderr.write(`${String(error)}\n`),
  createApp: () => remoteApp,
});
