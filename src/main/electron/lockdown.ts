import { app, session, shell, type WebContents } from 'electron';

/** The only places the app ever sends its user to: the paper's DOI and the project's pages. */
const externalHosts = ['doi.org', 'github.com'];

/** What figures are saved as. */
const pictures = ['image/png', 'image/svg+xml'];

/** Hands an address to the system's browser if it is one the app itself links to; anything else is dropped. */
export function openExternal(url: string): void {
  if (!URL.canParse(url)) return;
  const { protocol, host, username, password } = new URL(url);
  if (protocol !== 'https:' || username || password || !externalHosts.includes(host)) return;
  // A desktop without a browser is no reason to fail.
  shell.openExternal(url).catch(() => undefined);
}

function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
}

/** From now on no page of this process leaves the app, opens a window, or embeds another page. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** The screen needs no camera, no location, no device, no notification: every permission is denied. After `ready`. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler(null);
  // Nothing is downloaded but pictures that the page itself has drawn, and those where the user's dialog says.
  defaultSession.on('will-download', (event, item) => {
    const drawn = item.getURL().startsWith('blob:app://') && pictures.includes(item.getMimeType());
    if (!drawn) event.preventDefault();
  });
}
