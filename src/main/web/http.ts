import { exportedFileSchema, exportPath } from '@contract/export';
import type { App } from '@main/app/types';
import { reportPolicy } from '@main/export/report/policy';
import { dispatch } from '@main/rpc/gate';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnHost, readCookie, sameSecret } from './access';
import { readPageFile } from './files';
import { securityHeaders } from './headers';
import { lockedPage, notFoundPage, wrongHostPage } from './pages';

export interface Site {
  readonly rendererDir: string;
  readonly token: string;
  /** Whoever comes with this one may look at everything and change nothing. */
  readonly viewToken: string;
  readonly app: App;
  readonly viewApp: App;
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

/** The app as the request's cookie lets it be used: wholly, read-only, or not at all. */
export function appFor(request: IncomingMessage, site: Site): App | undefined {
  const shown = readCookie(request.headers.cookie, site.cookieName) ?? '';
  // Both are compared, whichever fits: the time taken tells nothing.
  const [full, view] = [sameSecret(shown, site.token), sameSecret(shown, site.viewToken)];
  return full ? site.app : view ? site.viewApp : undefined;
}

/** An export as a download, or, for the report, as a page of its own to print. Asked through the same gate as any request. */
async function answerExport(response: ServerResponse, app: App, query: URLSearchParams): Promise<void> {
  const request = { format: query.get('format'), only: query.get('only'), from: query.get('from') ?? 'watched' };
  const reply = await dispatch(app.handlers, 'export/make', request);
  if (!reply.ok) return answer(response, 400, notFoundPage);
  const { name, mediaType, text } = exportedFileSchema.parse(reply.value);
  const asPage = request.format === 'report';
  answer(response, 200, text, {
    'Content-Type': mediaType,
    'Content-Disposition': `${asPage ? 'inline' : 'attachment'}; filename="${name}"`,
    ...(asPage && { 'Content-Security-Policy': `${reportPolicy}; frame-ancestors 'none'` }),
  });
}

/** Answers one HTTP request: token to cookie, exports, the files of the screen; nothing else exists. */
export async function answerRequest(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!isOwnHost(request.headers.host, site.host)) return answer(response, 403, wrongHostPage);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, '', { Allow: 'GET, HEAD' });

  // Split by hand: URL would resolve `/../` before the check sees it.
  const [pathname = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const offered = pathname === '/' ? new URLSearchParams(query).get('token') : null;
  const accepted = [site.token, site.viewToken].find((token) => offered !== null && sameSecret(offered, token));
  if (accepted !== undefined) {
    const cookie = `${site.cookieName}=${accepted}; Path=/; HttpOnly; SameSite=Strict`;
    // On to the bare address, so that the token stays out of history, titles and screenshots.
    return answer(response, 303, '', { Location: '/', 'Set-Cookie': cookie });
  }
  const app = appFor(request, site);
  if (!app) return answer(response, 401, lockedPage);
  if (pathname === exportPath) return answerExport(response, app, new URLSearchParams(query));

  const file = await readPageFile(site.rendererDir, pathname);
  if (!file) return answer(response, 404, notFoundPage);
  answer(response, 200, file.body, { 'Content-Type': file.type, 'Cache-Control': file.cache });
}
