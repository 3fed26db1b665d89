import { closeSync, openSync, readSync } from 'node:fs';
import { isFile } from './stat';

const PEEK_BYTES = 512;

/** The first 512 bytes of a file as Latin-1; nothing where it cannot be read. */
export function beginning(path: string): string {
  let file: number | undefined;
  try {
    // To open a pipe would wait for whoever writes into it.
    if (!isFile(path)) return '';
    file = openSync(path, 'r');
    const bytes = Buffer.alloc(PEEK_BYTES);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, PEEK_BYTES, 0));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
