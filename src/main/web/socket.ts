import { decodeMessage, encodeMessage, maxRequestBytes } from '@contract/wire';
import { socketPath } from '@contract/connection';
import { mostVoxels } from '@contract/volume';
import { openSession, type Channel } from '@main/rpc/session';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { isOwnHost, isOwnOrigin } from './access';
import { appFor, placeOf, type Site } from './http';

/** Screens that may be open at once. */
const maxScreens = 32;
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

const refusal = (request: IncomingMessage, site: Site): string | undefined => {
  const { pathname, query } = placeOf(request.url);
  if (pathname !== socketPath || query !== '') return '404 Not Found';
  if (!isOwnHost(request.headers.host, site.host)) return '403 Forbidden';
  if (!isOwnOrigin(request.headers.origin, request.headers.host)) return '403 Forbidden';
  if (!appFor(request, site)) return '401 Unauthorized';
  return undefined;
};

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
 * Accepts the screens' sockets on `socketPath`: same host, same origin, with the cookie, small messages only.
 * @returns ends every session and accepts no more
 */
export function acceptSockets(server: Server, site: Site, report: (error: unknown) => void): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxRequestBytes, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  sockets.on('connection', (socket, request) => {
    alive.add(socket);
    const app = appFor(request, site);
    if (!app) return socket.terminate();
    const session = openSession(app, channelOf(socket), report);
    socket.on('pong', () => alive.add(socket));
    // An oversized or malformed frame: ws closes the socket itself, but an unheard `error` would end the process.
    socket.on('error', () => undefined);
    socket.on('close', () => session.close());
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const status =
      refusal(request, site) ?? (sockets.clients.size >= maxScreens ? '503 Service Unavailable' : undefined);
    if (status) return refuseUpgrade(socket, status);
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
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
