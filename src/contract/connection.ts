import type { Problem } from './errors';

/** How every reply crosses: never a thrown error, whose code Electron and sockets would lose. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

/** The two functions of a connection (birpc): the screen calls `request`, the app calls `event`. */
export interface ServerFunctions {
  request(name: string, input?: unknown): Promise<Reply<unknown>>;
}
export interface ClientFunctions {
  event(name: string, payload: unknown): void;
}

/** Subprotocol and message codec are the transport's business; the path of the web shell's socket is the contract's. */
export const socketPath = '/rpc';

/** Spoken on that socket; the page's key is named beside it, for a browser lets a page send nothing else with a socket. */
export const socketProtocol = 'braggwatch';

/** What the address leads on to ends in this and the page's key: a fragment is sent to no server, and stays with the page's origin. */
export const keyFragment = '#key=';

/** Under which a page shows its key where it asks by an address. */
export const keyParameter = 'key';

/** Under this path the web shell serves the same screen to look at only, whatever else the browser may do. */
export const viewPath = '/view';

/** A path of the web shell as a page reaches it: who came by the read-only path stays below it. @param page the page's own path */
export const pathFrom = (page: string, path: string): string =>
  page.startsWith(`${viewPath}/`) ? viewPath + path : path;
