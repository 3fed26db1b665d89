import { keyFragment, keyParameter, socketPath, viewPath } from '@contract/connection';
import { exportedFileSchema, exportPath } from '@contract/export';
import type { App } from '@main/app/types';
import { reportPolicy } from '@main/export/report/policy';
import { dispatch } from '@main/rpc/gate';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnHost, readCookie, sameSecret, type RoleKeys } from './access';
import { readPageFile } from './files';
import { securityHeaders } from './headers';
import { lockedPage, notFoundPage, wrongHostPage } from './pages';

export interface Site {
  readonly rendererDir: string;
  readonly full: RoleKeys;
  /** Whoever comes with these may look at everything and change nothing. */
  readonly view: RoleKeys;
  readonly app: App;
  readonly viewApp: App;
  readonly cookieName: string;
  /** A name of its own: a browser that has full control keeps it when it opens the read-only address as well. */
  readonly viewCookieName: string;
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

/** A request's path as the screen's files, export and socket have it, and whether it came by the read-only one. */
export function placeOf(url = '/'): { readonly pathname: string; readonly query: string; readonly viewing: boolean } {
  // Split by hand: URL would resolve `/../` before the check sees it.
  const [asked = '/', query = ''] = url.split('?', 2);
  const viewing = asked.startsWith(`${viewPath}/`);
  return { pathname: viewing ? asked.slice(viewPath.length) : asked, query, viewing };
}

/** What a request's cookies allow: everything, looking, or nothing. */
function allowed(request: IncomingMessage, site: Site): { readonly full: boolean; readonly view: boolean } {
  const cookie = (name: string): string => readCookie(request.headers.cookie, name) ?? '';
  // Both are compared, whichever fits: the time taken tells nothing.
  const full = sameSecret(cookie(site.cookieName), site.full.cookie);
  const view = sameSecret(cookie(site.viewCookieName), site.view.cookie);
  return { full, view };
}

/** Whether a request may have the screen's files: they show nothing by themselves. */
function mayOpen(request: IncomingMessage, site: Site): boolean {
  const { full, view } = allowed(request, site);
  return full || (view && placeOf(request.url).viewing);
}

export type Role = 'full' | 'view';

/**
 * As what a request may have data: by a cookie and by its page's key, which no other origin of this machine has.
 * Below the read-only path to look at, elsewhere wholly, or not at all.
 */
export function roleOf(request: IncomingMessage, site: Site, key: string | null | undefined): Role | undefined {
  if (!mayOpen(request, site)) return undefined;
  const role = placeOf(request.url).viewing ? 'view' : 'full';
  return sameSecret(key ?? '', site[role].page) ? role : undefined;
}

export const appOf = (role: Role, site: Site): App => (role === 'full' ? site.app : site.viewApp);

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

  const { pathname, query, viewing } = placeOf(request.url);
  const offered = pathname === '/' ? new URLSearchParams(query).get('token') : null;
  const [isFull, isView] = [site.full, site.view].map(({ token }) => offered !== null && sameSecret(offered, token));
  if (isFull || isView) {
    const [name, keys, path] = isFull
      ? [site.cookieName, site.full, '/']
      : [site.viewCookieName, site.view, `${viewPath}/`];
    // On to the bare address, so that the token stays out of history, titles and screenshots.
    return answer(response, 303, '', {
      Location: path + keyFragment + keys.page,
      'Set-Cookie': `${name}=${keys.cookie}; Path=/; HttpOnly; SameSite=Strict`,
    });
  }
  // Who may look, and types the address without its path, is taken there.
  if (!mayOpen(request, site) && !viewing && pathname === '/' && allowed(request, site).view)
    return answer(response, 303, '', { Location: `${viewPath}/` });
  if (!mayOpen(request, site)) return answer(response, 401, lockedPage);
  if (pathname === exportPath || pathname === socketPath) {
    const asked = new URLSearchParams(query);
    const role = roleOf(request, site, asked.get(keyParameter));
    if (!role) return answer(response, 401, lockedPage);
    // A page asks in vain for its socket, and here why.
    if (pathname === socketPath) return answer(response, 204, '');
    return answerExport(response, appOf(role, site), asked);
  }

  const file = await readPageFile(site.rendererDir, pathname);
  if (!file) return answer(response, 404, notFoundPage);
  answer(response, 200, file.body, { 'Content-Type': file.type, 'Cache-Control': file.cache });
}
