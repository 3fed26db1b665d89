import { decodeMessage, encodeMessage } from '@contract/wire';
import { socketProtocol } from '@contract/connection';
import { keysOf } from '@main/web/access';
import { startServer, type RunningServer, type ServeOptions } from '@main/serve';
import type { App } from '@main/app/types';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';

export interface Shell extends RunningServer {
  readonly port: number;
  /** The cookies that a browser holds after its first visit to each address, and the keys that its pages keep. */
  readonly cookie: string;
  readonly viewCookie: string;
  readonly key: string;
  readonly viewKey: string;
  readonly dir: string;
}

/** Starts the web shell over a small built screen, with a secret outside it and a link that leads there. */
export async function startShell(app: App, options: Partial<ServeOptions> = {}): Promise<Shell> {
  const dir = mkdtempSync(join(tmpdir(), 'braggwatch-web-'));
  const rendererDir = join(dir, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  mkdirSync(join(dir, 'renderer-private'));
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>screen</title>');
  writeFileSync(join(rendererDir, 'assets', 'index.js'), 'export {};');
  writeFileSync(join(rendererDir, '.env.json'), 'SECRET');
  writeFileSync(join(dir, 'secret.json'), 'SECRET');
  writeFileSync(join(dir, 'renderer-private', 'secret.json'), 'SECRET');
  symlinkSync(join(dir, 'secret.json'), join(rendererDir, 'link.json'));
  const server = await startServer(app, { port: 0, rendererDir, ...options });
  onTestFinished(async () => {
    await server.close();
    rmSync(dir, { recursive: true });
  });
  const port = Number(new URL(server.origin).port);
  const [full, view] = [keysOf(server.token), keysOf(server.viewToken)];
  return {
    ...server,
    ...{ port, dir, key: full.page, viewKey: view.page },
    cookie: `braggwatch-${port}=${full.cookie}`,
    viewCookie: `braggwatch-view-${port}=${view.cookie}`,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request with exactly this path and these headers; `fetch` would tidy both. */
export function ask(shell: Shell, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: shell.port, path, headers, method, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject).end();
  });
}

/** Sends raw text, for requests that no client library would make; resolves with all that comes back. */
export function askRaw(shell: Shell, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(shell.port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

export interface Screen {
  readonly socket: WebSocket;
  /** Decoded messages so far. */
  readonly messages: unknown[];
  send(message: unknown): void;
  /** Resolves with the first message, past or future, for which `test` holds. */
  next<T>(test: (message: T) => boolean): Promise<T>;
  /** Close code. */
  readonly closed: Promise<number>;
}

/** Opens the socket as the page does; rejects with the HTTP status where it is refused. */
export function openScreen(
  shell: Shell,
  options: ClientOptions = {},
  path = '/rpc',
  key = path.startsWith('/view/') ? shell.viewKey : shell.key,
): Promise<Screen> {
  const headers = { Cookie: shell.cookie, ...options.headers };
  const address = `ws://127.0.0.1:${shell.port}${path}`;
  const socket = new WebSocket(address, [socketProtocol, key], { origin: shell.origin, ...options, headers });
  const messages: unknown[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    messages.push(decodeMessage(data as Buffer));
    waiting.forEach((look) => look());
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const screen: Screen = {
    socket,
    messages,
    send: (message) => socket.send(encodeMessage(message)),
    next: <T>(test: (message: T) => boolean) =>
      new Promise<T>((resolve) => {
        const look = (): void => {
          const found = (messages as T[]).find(test);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    closed,
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(screen));
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
    socket.on('error', reject);
  });
}
