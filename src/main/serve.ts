import { BraggwatchError } from '@contract/errors';
import type { App } from '@main/app/types';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readOnlyApp } from './rpc/read-only';
import { keysOf, newToken } from './web/access';
import { leaveAddress } from './web/addressFile';
import { answerRequest, type Site } from './web/http';
import { acceptSockets } from './web/socket';

export interface ServeOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Name or address to listen on; loopback unless told otherwise. */
  readonly host?: string;
  /** Folder of the built screen (`out/renderer`). */
  readonly rendererDir: string;
  /** A new one unless given. */
  readonly token?: string;
  /** The read-only one; likewise. */
  readonly viewToken?: string;
  /** Where to leave the address for whoever has no terminal to read it from; written with mode 0600. */
  readonly addressFile?: string;
  /** Told of bugs that reach no screen. */
  readonly report?: (error: unknown) => void;
}

export interface RunningServer {
  /** The address to open, with its token. */
  readonly url: string;
  /** The same without the token. */
  readonly origin: string;
  readonly token: string;
  /** The address for somebody who may look and not touch, with its own token. */
  readonly viewUrl: string;
  readonly viewToken: string;
  close(): Promise<void>;
}

/**
 * A request that comes byte by byte, or an answer that nobody takes, holds a connection no longer than this, ms. Sockets of screens are
 * watched by their heartbeat.
 */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 2_000 };
const IDLE_MS = 60_000;

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** Whoever could be on another machine opens no folders that this app was not started with. */
const farAway: Pick<App['handlers'], 'watch/allow' | 'watch/complete'> = {
  'watch/allow': ({ folder }) => {
    throw new BraggwatchError('path-refused', folder);
  },
  'watch/complete': () => [],
};

/**
 * The web shell: the app over HTTP and one WebSocket per screen, behind a token. The app itself stays the caller's to close.
 * @throws Error EADDRINUSE and the like from the network, or the address file's; nothing is left open then
 */
export async function startServer(app: App, options: ServeOptions): Promise<RunningServer> {
  const { port, host = '127.0.0.1', rendererDir, token = newToken(), viewToken = newToken(), addressFile } = options;
  const report = options.report ?? (() => undefined);
  const server = createServer(PATIENCE).setTimeout(IDLE_MS);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const actualPort = (server.address() as AddressInfo).port;
  const sharedPath = `/?token=${viewToken}`;
  // What a screen shares is the read-only address: the other one is handed on only by who has it from the terminal.
  const sharing: App = {
    handlers: { ...app.handlers, ...(isLoopback(host) ? {} : farAway), 'app/share': () => ({ path: sharedPath }) },
    subscribe: (emit) => app.subscribe(emit),
    close: () => app.close(),
  };
  const site: Site = {
    rendererDir,
    full: keysOf(token),
    view: keysOf(viewToken),
    // Cookies know no ports: the name keeps two apps on one machine apart.
    cookieName: `braggwatch-${actualPort}`,
    viewCookieName: `braggwatch-view-${actualPort}`,
    host,
    app: sharing,
    viewApp: readOnlyApp(app),
  };
  server.on('request', (request, response) => {
    answerRequest(request, response, site).catch((error: unknown) => {
      report(error);
      response.destroy();
    });
  });
  const closeSockets = acceptSockets(server, site, report);

  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
  const url = `${origin}/?token=${token}`;
  let removeAddress: (() => Promise<void>) | undefined;
  const close = async (): Promise<void> => {
    closeSockets();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await removeAddress?.();
  };
  try {
    if (addressFile !== undefined) removeAddress = await leaveAddress(addressFile, url);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, viewUrl: `${origin}${sharedPath}`, origin, token, viewToken, close };
}
