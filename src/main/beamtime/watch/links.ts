import { isWithin, realPath } from '@main/files/roots';
import { statOf } from '@main/files/stat';

/** Where a link leads. */
export type Target =
  | { readonly kind: 'folder' | 'file'; readonly real: string }
  /** Out of the folders that may be looked into. */
  | { readonly kind: 'outside'; readonly folder: boolean }
  /** Nowhere, or to what is no file: a pipe, a socket, a device. */
  | { readonly kind: 'irregular' };

/**
 * Where a link leads, found out without opening anything: to open a pipe would block.
 * @param roots folders that may be looked into, their links resolved
 */
export function targetOf(link: string, roots: readonly string[]): Target {
  const real = realPath(link);
  const stat = real === undefined ? undefined : statOf(real);
  if (real === undefined || !stat || !(stat.isDirectory() || stat.isFile())) return { kind: 'irregular' };
  const folder = stat.isDirectory();
  if (!roots.some((root) => isWithin(root, real))) return { kind: 'outside', folder };
  return { kind: folder ? 'folder' : 'file', real };
}
