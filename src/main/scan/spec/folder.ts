import { basename, dirname, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { entries } from './frames';
import { isFolder, statOf } from '@main/files/stat';

/** A folder of frames, `<prefix>_S%04d`. */
export interface FrameFolder {
  readonly path: string;
  readonly number: number;
}

export const folderName = /_S(\d{4,9})$/;

/** The folders of frames below a folder. */
export function frameFolders(folder: string): readonly FrameFolder[] {
  const found = entries(folder).flatMap((name): FrameFolder[] => {
    const number = folderName.exec(name)?.[1];
    const path = join(folder, name);
    return number !== undefined && isFolder(path) ? [{ path, number: Number(number) }] : [];
  });
  return found.sort((a, b) => a.number - b.number);
}

/**
 * The frame folders that a path stands for: itself, those beside a SPEC file, or those in a folder.
 * @throws BraggwatchError path-missing, scan-empty
 */
export function foldersOf(source: string): readonly FrameFolder[] {
  const stat = statOf(source);
  if (!stat) throw new BraggwatchError('path-missing', source);
  const own = folderName.exec(basename(source))?.[1];
  if (stat.isDirectory() && own !== undefined) return [{ path: source, number: Number(own) }];
  const folders = frameFolders(stat.isDirectory() ? source : dirname(source));
  if (folders.length === 0) throw new BraggwatchError('scan-empty', source);
  return folders;
}
