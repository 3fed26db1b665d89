import { decodeMessage, encodeMessage, maxRequestBytes } from '@contract/wire';
import { socketPath, socketProtocol } from '@contract/connection';
import { mostVoxels } from '@contract/volume';
import { openSession, type Channel } from '@main/rpc/session';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { isOwnHost, isOwnOrigin } from './access';
import { appOf, placeOf, roleOf, type Role, type Site } from './http';

/**
 * Screens of one role that may be open at once: whoever may only look takes no place of who may do everything. One more of the latter
 * is let in for the oldest, which may be a tunnel that died.
 */
const maxScreens = 16;
/** A tunnel or a sleeping laptop can die without a word: a screen that misses a whole interval is let go. */
const heartbeatMs = 20_000;
/** A float32 and a mask for each voxel of the largest volume. */
const volumeBytes = 5 * mostVoxels;
/**
 * Answers a screen may leave unread: two volumes that are compared, and what else happens while they are on their way through a slow
 * tunnel. One that asks for volumes and never reads them is let go, before memory is.
 */
const maxUnreadBytes = 2 * volumeBytes + 16 * 1024 * 1024;
const policyViolation = 1008;

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** As what a socket is opened, or the status with which it is not. */
function admission(request: IncomingMessage, site: Site): Role | { readonly refused: string } {
  const { pathname, query } = placeOf(request.url);
  if (pathname !== socketPath || query !== '') return { refused: '404 Not Found' };
  if (!isOwnHost(request.headers.host, site.host)) return { refused: '403 Forbidden' };
  if (!isOwnOrigin(request.headers.origin, request.headers.host)) return { refused: '403 Forbidden' };
  const [protocol, key] = (request.headers['sec-websocket-protocol'] ?? '').split(/ *, */);
  const role = protocol === socketProtocol ? roleOf(request, site, key) : undefined;
  return role ?? { refused: '401 Unauthorized' };
}

function channelOf(socket: WebSocket): Channel {
  const refuse = (): void => socket.close(policyViolation, 'not a message of the contract');
  return {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnreadBytes) return socket.terminate();
      socket.send(encodeMessage(message));
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        let message: unknown;
        try {
          if (!isBinary || !(data instanceof Uint8Array)) throw new TypeError('text');
          message = decodeMessage(data);
        } catch {
          return refuse();
        }
        listener(message);
      });
    },
    refuse,
  };
}

/**
 * Accepts the screens' sockets on `socketPath`: same host, same origin, with the cookie and the page's key, small messages only.
 * @returns ends every session and accepts no more
 */
export function acceptSockets(server: Server, site: Site, report: (error: unknown) => void): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxRequestBytes,
    perMessageDeflate: false,
    // Its key is not said back.
    handleProtocols: () => socketProtocol,
  });
  const alive = new WeakSet<WebSocket>();
  /** In the order in which they came. */
  const screens: Readonly<Record<Role, Set<WebSocket>>> = { full: new Set(), view: new Set() };

  const open = (socket: WebSocket, role: Role): void => {
    alive.add(socket);
    screens[role].add(socket);
    const session = openSession(appOf(role, site), channelOf(socket), report);
    socket.on('pong', () => alive.add(socket));
    // An oversized or malformed frame: ws closes the socket itself, but an unheard `error` would end the process.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      screens[role].delete(socket);
      session.close();
    });
  };
  /** @returns whether there is room for one more */
  const makeRoom = (role: Role): boolean => {
    const [oldest] = screens[role];
    if (!oldest || screens[role].size < maxScreens) return true;
    if (role === 'view') return false;
    screens[role].delete(oldest);
    oldest.terminate();
    return true;
  };

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const role = admission(request, site);
    if (typeof role === 'object') return refuseUpgrade(socket, role.refused);
    if (!makeRoom(role)) return refuseUpgrade(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (accepted) => open(accepted, role));
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMs).unref();

  return () => {
    clearInterval(heartbeat);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}
