import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnHost, readCookie, sameSecret } from './access';
import { readPageFile } from './files';
import { securityHeaders } from './headers';
import { lockedPage, notFoundPage, wrongHostPage } from './pages';

export interface Site {
  readonly rendererDir: string;
  readonly token: string;
  readonly cookieName: string;
  /** The name the server listens on. */
  readonly host: string;
}

const html = 'text/html; charset=utf-8';

function answer(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': html, ...headers });
  // For HEAD, Node leaves the body out by itself.
  response.end(body);
}

/** Whether the request carries the token in its cookie. */
export const isKnown = (request: IncomingMessage, site: Site): boolean =>
  sameSecret(readCookie(request.headers.cookie, site.cookieName) ?? '', site.token);

/** Answers one HTTP request: token to cookie, then the files of the screen; nothing else exists. */
export async function answerRequest(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!isOwnHost(request.headers.host, site.host)) return answer(response, 403, wrongHostPage);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, '', { Allow: 'GET, HEAD' });

  // Split by hand: URL would resolve `/../` before the check sees it.
  const [pathname = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const offered = pathname === '/' ? new URLSearchParams(query).get('token') : null;
  if (offered !== null && sameSecret(offered, site.token)) {
    const cookie = `${site.cookieName}=${site.token}; Path=/; HttpOnly; SameSite=Strict`;
    // On to the bare address, so that the token stays out of history, titles and screenshots.
    return answer(response, 303, '', { Location: '/', 'Set-Cookie': cookie });
  }
  if (!isKnown(request, site)) return answer(response, 401, lockedPage);

  const file = await readPageFile(site.rendererDir, pathname);
  if (!file) return answer(response, 404, notFoundPage);
  answer(response, 200, file.body, { 'Content-Type': file.type, 'Cache-Control': file.cache });
}
