import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
};

export interface PageFile {
  readonly type: string;
  /** Cache-Control: the build names its assets by their content, so those never change; the page itself is always asked for. */
  readonly cache: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * A file of the built screen, or undefined where the address names none. Both shells serve their pages through this.
 * @param root folder of the built screen
 * @param pathname path of the address, still percent-encoded; `/` means index.html
 */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | undefined> {
  try {
    const name = decodeURIComponent(pathname);
    // Backslashes, NULs and dot segments (also hidden files) have no business in our file names.
    if (/[\\\0]|(^|\/)\./.test(name)) return undefined;
    const base = await realpath(root);
    const file = await realpath(join(base, name.endsWith('/') ? `${name}index.html` : name));
    const type = types[extname(file)];
    // The real path, so that a symbolic link cannot lead out either.
    if (!file.startsWith(base + sep) || !type) return undefined;
    const cache = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
    return { type, cache, body: await readFile(file) };
  } catch {
    // Malformed escapes, missing files and folders are all just "not here".
    return undefined;
  }
}
