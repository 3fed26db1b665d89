import { readPageFile } from '@main/web/files';
import { securityHeaders } from '@main/web/headers';
import { protocol } from 'electron';
import { isOwnPage, scheme } from './origin';

/** Must run before the app is ready. The scheme gets what https has, and no more (no fetch from elsewhere, no CSP bypass). */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

const refusal = (status: number): Response => new Response(null, { status, headers: securityHeaders });

/** Answers the app's own addresses from the built screen, with the same headers as the web shell; everything else is 404. */
export async function answerPage(request: Request, rendererDir: string): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  const file = isOwnPage(request.url) ? await readPageFile(rendererDir, new URL(request.url).pathname) : undefined;
  if (!file) return refusal(404);
  return new Response(file.body, {
    headers: { ...securityHeaders, 'Content-Type': file.type, 'Cache-Control': file.cache },
  });
}

/** Serves the built screen on the app's scheme. */
export function serveScreen(rendererDir: string): void {
  protocol.handle(scheme, (request) => answerPage(request, rendererDir));
}
