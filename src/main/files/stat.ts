import { statSync, type Stats } from 'node:fs';

/** Whether the system refused something: rights, a failing disk, a share that is gone. */
export const isRefusal = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'errno' in error;

/** Names that nothing can have: longer than names are, or a ring of links. */
const IMPOSSIBLE = ['ENAMETOOLONG', 'ELOOP'];

/** What is at a path, links resolved; undefined where nothing is, or can be. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isRefusal(error) && IMPOSSIBLE.includes(error.code ?? '')) return undefined;
    throw error;
  }
}

/** Whether a file is there, links resolved. */
export const isFile = (path: string): boolean => statOf(path)?.isFile() ?? false;

/** Whether a folder is. */
export const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;
