import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 bits, as Jupyter's. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/**
 * What one role (who may do everything, or who may look) is known by. Each is made from the token and tells nothing of it, nor of the other.
 */
export interface RoleKeys {
  /** In the address that is handed out. */
  readonly token: string;
  /** Cookies know no ports: any other server of this machine that the user visits is sent this one, so that it opens nothing by itself. */
  readonly cookie: string;
  /** The page keeps it under its own origin, port included, and shows it with whatever asks for data. */
  readonly page: string;
}

export function keysOf(token: string): RoleKeys {
  const made = (what: string): string => createHmac('sha256', token).update(what).digest('base64url');
  return { token, cookie: made('cookie'), page: made('page') };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes the same time wherever the two differ, and whatever their lengths. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** The value of one cookie of a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

/** Host name of a Host header, without the port and lower case; undefined where it is none. */
export function hostName(header: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return match?.[1]?.toLowerCase();
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request names this server as its users do. A page of another site whose name an attacker points at
 * 127.0.0.1 (DNS rebinding) sends its own name here. The port is not compared: an ssh tunnel may change it.
 * @param own the name the server was told to listen on
 */
export function isOwnHost(header: string | undefined, own: string): boolean {
  const name = hostName(header);
  return name !== undefined && (loopbackNames.includes(name) || name === own.toLowerCase());
}

/** Whether a socket was opened by a page of this very server; browsers always send Origin with a WebSocket. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin !== undefined && host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
